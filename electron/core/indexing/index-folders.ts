import { resolve } from 'node:path'
import type { Notice } from '../contract/states.ts'
import type { Library } from '../library/library.ts'
import { listRoots } from '../library/roots/roots.ts'
import type { Indexer } from './indexer.ts'
import { describeUntrusted, leaveUntrusted, scanTargetsFor, untrustedRoots } from './scan-targets.ts'
import { nothingDone, shutAmong } from './shut-folders.ts'
import { nothingYet, type RunSummary } from './summary.ts'

export interface FoldersRequest {
  /** Absolute, or from where the process was started. */
  readonly folders: readonly string[]
  readonly again: boolean
  /** Only go on with the queue: all folders were looked through before. */
  readonly resume: boolean
}

export interface FoldersListener {
  readonly onNotice: (notice: Notice) => void
  /** Aborted: nothing is begun any more. */
  readonly signal: AbortSignal
}

/**
 * One run for folders that a person named, who is told of those that cannot be opened.
 * @throws KartotekaError `folder-missing` when nothing could be done in any of the folders; as `Indexer.start`
 */
export async function indexFolders(
  library: Library,
  indexer: Indexer,
  { folders: named, again, resume }: FoldersRequest,
  { onNotice, signal }: FoldersListener,
): Promise<RunSummary> {
  const tell = (message: string): void => {
    onNotice({ code: 'folder-offline', message })
  }
  const shut = shutAmong(named)
  const allShut = shut.size === new Set(named).size
  const known = new Set(listRoots(library).map(({ path }) => path))
  const folders = named.filter((folder) => !shut.has(folder) || known.has(resolve(folder)))
  if (folders.length === 0) throw nothingDone(shut.values())
  if (!allShut) for (const reason of shut.values()) tell(reason)
  const targets = resume ? [] : await scanTargetsFor(library, folders)
  const untrusted = untrustedRoots(library)
  if (untrusted.length > 0 && !resume) {
    const message = `${describeUntrusted(untrusted)} Name those that you know: \`kartoteka index FOLDER\`.`
    onNotice({ code: 'folders-untrusted', message })
  }
  await leaveUntrusted(library)
  if (signal.aborted) return { ...nothingYet, stopped: true }
  const summary = await indexer.start({ targets, again })
  const { found, indexed, moved, failed } = summary
  const away = new Set(listRoots(library).flatMap(({ path, offline }) => (offline ? [path] : [])))
  if (targets.length > 0 && targets.every(({ path }) => away.has(path))) {
    const reasons = [...shut.values(), ...folders.filter((folder) => !shut.has(folder)).map(whyAway)]
    if (found + indexed + moved + failed === 0) throw nothingDone(reasons)
    if (allShut) reasons.forEach(tell)
  }
  return summary
}

/** For a folder that is there and was found to be offline: an empty mount point. */
const whyAway = (folder: string): string =>
  `The folder ${resolve(folder)} is empty, and the library knows photos in it. Connect their disk, or remove the folder in the window.`
