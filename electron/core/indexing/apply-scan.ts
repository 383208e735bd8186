import { exchangePlaces } from '../library/exchanges.ts'
import { ensureFolder, knownFolders, markAway, markBack } from '../library/roots/folders.ts'
import { pause, write, type Library } from '../library/library.ts'
import { reunite } from '../library/moves.ts'
import {
  addFiles,
  changeFiles,
  keepAsIs,
  knownFiles,
  markPresence,
  photoIdAt,
  setCompanions,
} from '../library/files/files.ts'
import { forgetStrangers, keepStrangers } from '../library/strangers.ts'
import type { FolderDifference } from '../scan/diff.ts'
import type { ScanStep } from '../scan/scan-root.ts'

/** Photos per transaction: short enough that nobody waits. */
const atOnce = 200

const inTheCloud = {
  kind: 'not-downloaded',
  reason: 'The photo is in the cloud and not on this computer; looking at it would download it.',
} as const

/** Takes in one thing that a scan found. @throws KartotekaError as `write`. */
export type KeepStep = (step: ScanStep) => Promise<void>

/**
 * Brings the library in line with what the scan of a root finds, folder by folder.
 * @param onMissed photos that were found missing, or whose name is another's now; some may be reunited with their files
 *   only when those were read
 */
export function createScanKeeper(
  library: Library,
  rootId: number,
  onMissed: (photoIds: readonly number[]) => void,
): KeepStep {
  const offline = new Map(knownFolders(library, rootId).map((folder) => [folder.path, folder.offline]))

  async function keepFolder(path: string, difference: FolderDifference): Promise<void> {
    // What is missing waits for the end of the scan: it may turn up elsewhere, or its disk be away.
    const { added, changed, exchanged, displaced, touched, returned, paired, strangers, noStrangers } =
      difference
    const wasOffline = offline.get(path) === true
    const news = [added, changed, exchanged, touched, returned, paired, strangers, noStrangers]
    if (news.every(({ length }) => length === 0) && !wasOffline) return
    const folderId = ensureFolder(library, path)
    // Its disk is here. What lies below is told when it was looked for.
    if (wasOffline) await markBack(library, folderId)

    // First, as new files may have the names they leave; and as a whole: until all have their new names, some have none.
    if (exchanged.length > 0) exchangePlaces(library, exchanged, displaced)
    onMissed(displaced)
    const ids = new Map<string, number>()
    for (const chunk of chunks(added)) {
      const chunkIds = addFiles(
        library,
        folderId,
        chunk.map((file) => (file.elsewhere ? { ...file, problem: inTheCloud } : file)),
      )
      for (const [position, file] of chunk.entries()) ids.set(file.name, chunkIds[position] ?? 0)
      await pause()
    }
    for (const chunk of chunks([...changed, ...touched])) {
      changeFiles(library, chunk)
      await pause()
    }
    for (const chunk of chunks(returned)) {
      markPresence(library, chunk, 'here')
      await pause()
    }
    const pairs = [
      ...added.flatMap(({ name, cover }) => (cover === null ? [] : { id: ids.get(name) ?? 0, cover })),
      ...paired,
    ]
    if (pairs.length > 0) keepPairs(path, folderId, pairs)
    for (const chunk of chunks(strangers)) {
      keepStrangers(library, folderId, chunk)
      await pause()
    }
    if (noStrangers.length > 0) forgetStrangers(library, folderId, noStrangers)
  }

  /** A companion is not read: whoever sees it sees its cover. Alone again, it is a photo like any other. */
  function keepPairs(
    path: string,
    folderId: number,
    pairs: readonly { readonly id: number; readonly cover: string | null }[],
  ): void {
    write(library, () => {
      const placed = pairs.map(({ id, cover }) => ({
        id,
        companionOf: cover === null ? null : photoIdAt(library, path, cover),
      }))
      setCompanions(library, placed)
      keepAsIs(
        library,
        placed.filter(({ companionOf }) => companionOf !== null).map(({ id }) => id),
      )
      const alone = new Set(placed.filter(({ companionOf }) => companionOf === null).map(({ id }) => id))
      changeFiles(
        library,
        knownFiles(library, folderId)
          .filter(({ id }) => alone.has(id))
          .map((file) => ({ id: file.id, file })),
      )
    })
  }

  async function keepGone({ offlineFolders, missing }: Extract<ScanStep, { kind: 'gone' }>): Promise<void> {
    await markAway(
      library,
      offlineFolders.map((path) => ensureFolder(library, path)),
    )
    for (const chunk of chunks(missing)) {
      markPresence(library, chunk, 'missing')
      reunite(library, chunk)
      onMissed(chunk)
      await pause()
    }
  }

  return async (step) => {
    if (step.kind === 'folder') await keepFolder(step.path, step.difference)
    else if (step.kind === 'gone') await keepGone(step)
  }
}

function chunks<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / atOnce)
  return Array.from({ length: count }, (_, index) => items.slice(index * atOnce, (index + 1) * atOnce))
}
