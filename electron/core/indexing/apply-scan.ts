import {
  addFiles,
  changeFiles,
  dropOthers,
  putSidecars,
  rejectFiles,
  setPresence,
} from '../library/files/files.ts'
import { readAgain } from '../library/files/sidecars.ts'
import { yieldToEventLoop, type Library } from '../library/library.ts'
import { ensureFolder, knownFolders } from '../library/roots/folders.ts'
import { markAway, markBack } from '../library/roots/offline.ts'
import type { FolderDifference } from '../scan/diff.ts'
import type { ScanStep } from '../scan/scan-root.ts'

/** Files per transaction: short enough that nobody waits. */
const atOnce = 200

const inTheCloud = {
  kind: 'not-downloaded',
  reason: 'The photo is in the cloud and not on this computer; looking at it would download it.',
} as const

/** Takes in one thing that a scan found. @throws KartotekaError as `write`. */
export type ApplyStep = (step: ScanStep) => Promise<void>

/** Brings the library in line with what the scan of a root finds, folder by folder. */
export function createScanApplier(library: Library, rootId: number): ApplyStep {
  const offline = new Map(knownFolders(library, rootId).map((folder) => [folder.path, folder.offline]))

  async function applyFolder(path: string, difference: FolderDifference): Promise<void> {
    // What is missing waits for the end of the scan: its disk may be away.
    const { added, changed, returned, sidecars, retold, rejected, dropped } = difference
    const wasOffline = offline.get(path) === true
    const news = [added, changed, returned, sidecars, retold, rejected, dropped]
    if (news.every(({ length }) => length === 0) && !wasOffline) return
    const folderId = ensureFolder(library, path)
    // Its disk is here. What lies below is told when it was looked for.
    if (wasOffline) await markBack(library, folderId)
    // In this order nothing is lost, whatever ends it: a photo that waits is read with what stands beside it then.
    await inChunks(retold, (chunk) => readAgain(library, chunk))
    await inChunks(sidecars, (chunk) => putSidecars(library, folderId, chunk))
    const toAdd = added.map((file) => (file.elsewhere ? { ...file, problem: inTheCloud } : file))
    await inChunks(toAdd, (chunk) => addFiles(library, folderId, chunk))
    await inChunks(changed, (chunk) => changeFiles(library, chunk))
    await inChunks(returned, (chunk) => setPresence(library, chunk, 'here'))
    await inChunks(rejected, (chunk) => rejectFiles(library, folderId, chunk))
    await inChunks(dropped, (chunk) => dropOthers(library, chunk))
  }

  return async (step) => {
    if (step.kind === 'folder') await applyFolder(step.path, step.difference)
    if (step.kind !== 'gone') return
    const away = step.offlineFolders.map((path) => ensureFolder(library, path))
    await markAway(library, away)
    await inChunks(step.missing, (chunk) => setPresence(library, chunk, 'missing'))
    await inChunks(step.retold, (chunk) => readAgain(library, chunk))
    await inChunks(step.lostSidecars, (chunk) => dropOthers(library, chunk))
  }
}

async function inChunks<Item>(
  items: readonly Item[],
  work: (chunk: readonly Item[]) => unknown,
): Promise<void> {
  for (let from = 0; from < items.length; from += atOnce) {
    work(items.slice(from, from + atOnce))
    await yieldToEventLoop()
  }
}
