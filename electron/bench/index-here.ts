import type { ChosenModel } from '../core/classify/choice.ts'
import { createIndexer } from '../core/indexing/indexer.ts'
import type { IndexingOptions } from '../core/indexing/indexing-options.ts'
import { scanTargetsFor } from '../core/indexing/scan-targets.ts'
import type { RunSummary } from '../core/indexing/summary.ts'
import { loadLexicon } from '../core/labels/lexicon.ts'
import type { Library } from '../core/library/library.ts'
import { threadEntries } from '../worker/entries.ts'

/**
 * One run of the real indexing in this process.
 * @param folder to look through first; `null`: only go on with the queue
 */
export async function indexHere(
  library: Library,
  folder: string | null,
  model: ChosenModel,
  workers: number,
  listeners: Partial<Pick<IndexingOptions, 'onReady' | 'onState'>> = {},
): Promise<RunSummary> {
  const targets = folder === null ? [] : await scanTargetsFor(library, [folder])
  const indexer = createIndexer(
    {
      library,
      categories: loadLexicon().categories,
      entries: threadEntries,
      chooseModel: () => Promise.resolve({ ok: true, value: model }),
      workers: () => workers,
      onFullDisk: 'end',
      onState: () => {},
      onStored: () => {},
      onNotice: () => {},
      log: () => {},
      ...listeners,
    },
    () => null,
  )
  return indexer.start({ targets, again: false })
}
