import { resolve } from 'node:path'
import type { Look } from '../core/contract/looks.ts'
import { KartotekaError } from '../core/contract/failure.ts'
import { describeMoved, type MovedFolder } from '../core/indexing/moved-folder.ts'
import { realFolder } from '../core/paths/real-folder.ts'
import type { RunSummary } from '../core/indexing/summary.ts'
import { isTrustedFolder } from '../core/library/roots/trust.ts'
import { whyUnusual } from '../core/scan/unusual-folder.ts'
import { StoppedEarly } from './exit.ts'
import { interruptible } from './interruptible.ts'
import { libraryFolder, type CommonOptions } from './library-option.ts'
import { counted, print, printable, printJson, sayLine } from './output.ts'
import { indexingBar } from './progress-bar.ts'
import { runIndex, type IndexRequest } from './run-index.ts'
import { shellWord } from './shell-word.ts'
import { confirm, hasPersonAtTerminal } from './terminal.ts'

export interface IndexOptions extends CommonOptions {
  readonly again?: boolean
  /** Kept for the library. */
  readonly look?: Look
  /** The person knows that a folder is an unusual one. */
  readonly yes?: boolean
  /** A folder of the library whose photos are in the named one now. */
  readonly movedFrom?: string
}

/** `kartoteka index FOLDER… [--again] [--look HOW] [--yes] [--moved-from FOLDER]` */
export async function indexCommand(folders: readonly string[], options: IndexOptions): Promise<void> {
  for (const folder of folders) askAbout(folder, options.yes === true)
  await reportedIndex(
    {
      library: libraryFolder(options),
      folders,
      again: options.again ?? false,
      look: options.look ?? null,
      movedFrom: options.movedFrom === undefined ? null : resolve(options.movedFrom),
    },
    options,
  )
}

type Wanted = Pick<IndexRequest, 'library' | 'folders'> &
  Partial<Pick<IndexRequest, 'again' | 'look' | 'resume' | 'movedFrom'>>

/** Runs the indexing with a progress bar, until it is done or interrupted, and prints what came of it. */
export async function reportedIndex(wanted: Wanted, options: CommonOptions): Promise<void> {
  const bar = await indexingBar()
  const start = performance.now()
  const { summary, mayHaveMoved } = await interruptible(
    'Finishing the current photos; the rest stays in the queue.',
    (signal) =>
      runIndex({
        again: false,
        look: null,
        movedFrom: null,
        ...wanted,
        askMoved: (moved) => askMoved(moved, signal),
        onProgress: bar.show,
        onNotice: sayLine,
        signal,
      }).finally(bar.end),
  )
  const seconds = (performance.now() - start) / 1000
  await (options.json === true
    ? printJson({ ...documentOf(summary, seconds), mayHaveMoved })
    : print(sentences(summary, seconds)))
  if (summary.stopped) throw new StoppedEarly('Stopped before all was done: run the command again to go on.')
}

/** Asks where a person is there to answer; else says how to answer. */
async function askMoved(moved: MovedFolder, signal: AbortSignal): Promise<boolean> {
  const { folder, from } = moved
  const told = describeMoved(moved)
  const { stdin, stderr } = process
  // Nobody answers a question that went to a file.
  if (hasPersonAtTerminal() && stderr.isTTY) {
    return confirm(printable(`${told} Have they moved there? [y/N] `), stdin, stderr, signal)
  }
  const words = [shellWord(folder), shellWord(from)]
  const [now, before] = words.includes(null) ? ['NEW', 'OLD'] : words
  sayLine(
    `${told} It is added beside ${from}, as copies. If they have moved: \`kartoteka index ${now} --moved-from ${before}\`.`,
  )
  return false
}

/**
 * Asks once about a folder that holds more than photos.
 * @throws KartotekaError `folder-unusual` with the reason, unless the person is sure; `unsupported` even then
 */
function askAbout(folder: string, isSure: boolean): void {
  let path: string
  try {
    path = realFolder(folder)
  } catch {
    // Told with what can be done in the others.
    return
  }
  const why = whyUnusual(path)
  if (why === null || isSure || isTrustedFolder(path)) return
  throw new KartotekaError('folder-unusual', `${why} Add --yes to look for photos there all the same.`)
}

function documentOf(summary: RunSummary, seconds: number): Record<string, unknown> {
  const { found, indexed, unchanged, moved, missing, failed, inferences, workers, queued, videos } = summary
  return {
    found,
    indexed,
    unchanged,
    moved,
    missing,
    failed,
    seconds: Number(seconds.toFixed(3)),
    photosPerSecond: Number(rate(summary, seconds).toFixed(1)),
    inferences,
    provider: summary.provider,
    model: summary.model && `${summary.model.name} ${summary.model.precision}`,
    workers,
    queued,
    stopped: summary.stopped,
    videos,
    unreadableFolders: summary.unreadableFolders,
  }
}

/** Photos looked at per second; 0 for a run that found nothing to do. */
function rate({ indexed, failed }: RunSummary, seconds: number): number {
  return seconds > 0 ? (indexed + failed) / seconds : 0
}

function sentences(summary: RunSummary, seconds: number): string {
  const { found, indexed, unchanged, moved, missing, failed, queued, videos, unreadableFolders } = summary
  const lines = [
    `${counted(found, 'photo')} found: ${indexed} indexed, ${unchanged} unchanged, ${moved} moved, ${failed} with problems.`,
  ]
  if (indexed > 0) {
    const model = summary.model === null ? 'no model' : `${summary.model.name} ${summary.model.precision}`
    lines.push(
      `${seconds.toFixed(1)} s, ${rate(summary, seconds).toFixed(1)} photos/s with ${model} on ${summary.provider ?? 'nothing'}, ${counted(summary.workers, 'worker')}.`,
    )
  }
  if (missing > 0) lines.push(`${counted(missing, 'photo')} no longer there; their tags are kept.`)
  if (videos > 0) lines.push(`${counted(videos, 'video')} left out: only photos are indexed.`)
  if (unreadableFolders > 0) lines.push(`${counted(unreadableFolders, 'folder')} could not be read.`)
  if (queued > 0) lines.push(`${counted(queued, 'photo')} still in the queue.`)
  if (failed > 0) lines.push('`kartoteka problems` names the files with problems and says why.')
  return lines.join('\n')
}
