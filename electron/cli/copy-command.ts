import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { CopyOptions as HowToCopy, CopyReport } from '../core/contract/copies.ts'
import { errorOf, KartotekaError } from '../core/contract/failure.ts'
import { openCopyFolder } from '../core/give-away/copy-folder.ts'
import { copiesAtOnce, type CopyingCalls } from '../core/give-away/copying-protocol.ts'
import { saveCopies } from '../core/give-away/save-copies.ts'
import { copySource } from '../core/give-away/sources.ts'
import { listRoots } from '../core/library/roots/roots.ts'
import { idsOf } from '../core/search/search.ts'
import { createCallingThread } from '../service/calling-thread.ts'
import { threadEntries } from '../worker/entries.ts'
import { StoppedEarly } from './exit.ts'
import { interruptible } from './interruptible.ts'
import type { CommonOptions } from './library-option.ts'
import { withLibrary } from './open.ts'
import { print, printable, printJson } from './output.ts'
import { photosBar } from './progress-bar.ts'

export interface CopyOptions extends CommonOptions {
  /** Pixels of the longer side; `null`: all there are. Without it the originals are copied. */
  readonly jpeg?: number | null
  readonly quality: number
  /** Nothing about the place is taken along. */
  readonly withoutPlace?: boolean
  readonly sidecars?: boolean
  readonly names?: string
  /** The person knows that the folder is one of the library's. */
  readonly yes?: boolean
}

/** What `kartoteka copy --json` prints. */
interface CopyDocument extends Omit<CopyReport, 'ended'> {
  readonly query: string
  /** Absolute. */
  readonly folder: string
  /** Photos that were found. */
  readonly total: number
  readonly ended: CopyReport['ended']['how']
}

/** `kartoteka copy QUERY FOLDER`: oldest photos first. */
export function copyCommand(query: string, folder: string, options: CopyOptions): Promise<void> {
  return interruptible('Finishing the present copies.', (signal) => copy(query, folder, options, signal))
}

async function copy(query: string, folder: string, options: CopyOptions, signal: AbortSignal): Promise<void> {
  const thread = createCallingThread<CopyingCalls>({
    entry: threadEntries.copy,
    died: 'Reading this file ended the thread that makes copies.',
  })
  const bar = await photosBar()
  try {
    const { document, ended } = await withLibrary(options, async (library, lexicon) => {
      const search = { text: query, sort: 'date', minConfidence: null, language: 'en' } as const
      const photoIds = [...idsOf(library, lexicon, search, 0, Number.MAX_SAFE_INTEGER)].toReversed()
      if (photoIds.length === 0) {
        throw new KartotekaError('not-found', `No photo is found by ${JSON.stringify(printable(query))}.`)
      }
      const roots = listRoots(library).map(({ path }) => path)
      const target = await openTarget(folder, roots, options.yes === true)
      const { report } = await saveCopies(photoIds, target, howTo(options), {
        source: (id, sidecars) => copySource(library, id, sidecars),
        copy: (task) => thread.ask('copy', task),
        onProgress: bar.show,
        signal,
        atOnce: copiesAtOnce(availableParallelism()),
      })
      const { ended, ...counts } = report
      return {
        document: { query, folder: target.path, total: photoIds.length, ...counts, ended: ended.how },
        ended,
      }
    })
    bar.end()
    await (options.json === true ? printJson(document) : print(sentences(document)))
    if (ended.how === 'failed') throw errorOf(ended.failure)
    if (ended.how === 'stopped') throw new StoppedEarly('Stopped before all were copied.')
  } finally {
    bar.end()
    await thread.stop()
  }
}

async function openTarget(
  folder: string,
  roots: readonly string[],
  sure: boolean,
): ReturnType<typeof openCopyFolder> {
  try {
    return await openCopyFolder(resolve(folder), roots, sure)
  } catch (error) {
    if (!(error instanceof KartotekaError) || error.code !== 'folder-in-library') throw error
    throw new KartotekaError(error.code, `${error.message} Add --yes to copy there.`)
  }
}

function howTo({ jpeg, quality, withoutPlace = false, sidecars = false, names }: CopyOptions): HowToCopy {
  return {
    names: names ?? null,
    as:
      jpeg === undefined
        ? { kind: 'original', sidecars }
        : { kind: 'jpeg', side: jpeg, quality, metadata: withoutPlace ? 'without-place' : 'all' },
  }
}

function sentences({ folder, total, copied, reasons }: CopyDocument): string {
  return [`${copied} of ${total} photos copied to ${folder}.`, ...reasons].map(printable).join('\n')
}
