import type { KnownFile } from '../library/photos.ts'
import type { Stranger } from '../library/strangers.ts'
import { diffFolder, type FolderDifference } from './diff.ts'
import { childOf, isWithin } from './os-path.ts'
import { walk } from './walk.ts'

/** What a scan asks of the library. Folders are absolute paths in text form. */
export interface KnownFolders {
  readonly filesIn: (folder: string) => readonly KnownFile[]
  /** Files that were looked into and are no photos. */
  readonly strangersIn: (folder: string) => readonly Stranger[]
  /** The folder itself and every folder below it that the library has. */
  readonly foldersFrom: (folder: string) => readonly string[]
}

export type ScanStep =
  | { readonly kind: 'folder'; readonly path: string; readonly difference: FolderDifference }
  | { readonly kind: 'unreadable'; readonly path: string; readonly code: string }
  /** Last. What was not found again, once everything was seen. */
  | {
      readonly kind: 'gone'
      /** The folder that was scanned is not there, cannot be read, or lost so much at once that its disk must be away. */
      readonly offline: boolean
      /** Folders whose disk is away: their photos stay as they are. */
      readonly offlineFolders: readonly string[]
      /** Photos whose file is gone from a folder that is there. */
      readonly missing: readonly number[]
    }

/** Photos that must be known before a sudden loss can mean anything but that someone tidied up. */
const telling = 20
/** Share of them that must be gone at once for the disk to be taken as away rather than the photos as deleted. */
const tooMany = 0.5

interface Loss {
  readonly folder: string
  readonly photos: readonly KnownFile[]
  /** Nothing that the library knows is left in it. */
  readonly whole: boolean
  /** The folder is there and has no entry at all: a mount point with nothing mounted. */
  readonly empty: boolean
}

/**
 * Compares a folder and everything below it with the library.
 * A folder that cannot be read, an empty one that was full, or the loss of most photos at once is a disk that is away,
 * not a deletion: nobody must lose a library by pulling a plug. Files that turn up elsewhere in the same scan
 * count as moved.
 * @param roots everything that is scanned anyway, see `walk`
 */
export function* scanRoot(
  root: string,
  library: KnownFolders,
  beginsLikePhoto: (path: string) => boolean,
  roots: readonly string[] = [root],
): Generator<ScanStep, void> {
  const unvisited = new Set(library.foldersFrom(root))
  const unreadable: string[] = []
  const losses: Loss[] = []
  const addedSizes = new Set<number>()
  let knownHere = 0
  let rootIsEmpty = false

  for (const visit of walk(root, roots)) {
    if (visit.state === 'unreadable') {
      unreadable.push(visit.path)
      yield { kind: 'unreadable', path: visit.path, code: visit.code }
      continue
    }
    const isKnown = unvisited.delete(visit.path)
    const known = isKnown ? library.filesIn(visit.path) : []
    const difference = diffFolder(
      visit.files,
      known,
      (name) => beginsLikePhoto(childOf(visit.path, name)),
      isKnown ? library.strangersIn(visit.path) : [],
    )
    const here = known.filter((photo) => photo.here).length
    knownHere += here
    if (visit.path === root) rootIsEmpty = visit.empty
    for (const file of difference.added) addedSizes.add(file.size)
    if (difference.missing.length > 0) {
      losses.push({
        folder: visit.path,
        photos: difference.missing,
        whole: difference.missing.length === here,
        empty: visit.empty,
      })
    }
    yield { kind: 'folder', path: visit.path, difference }
  }

  const offlineFolders: string[] = []
  for (const folder of unvisited) {
    if (unreadable.some((shut) => isWithin(folder, shut))) {
      offlineFolders.push(folder)
      continue
    }
    const photos = library.filesIn(folder).filter((photo) => photo.here)
    knownHere += photos.length
    const empty = losses.some((loss) => loss.empty && isWithin(folder, loss.folder))
    if (photos.length > 0) losses.push({ folder, photos, whole: true, empty })
  }

  const lost = new Map(
    losses.map((loss) => [loss, loss.photos.filter((photo) => !addedSizes.has(photo.size))]),
  )
  const lostCount = sum([...lost.values()].map((photos) => photos.length))
  const allAtOnce = rootIsEmpty || (knownHere >= telling && lostCount > knownHere * tooMany)
  const missing: number[] = []
  for (const loss of losses) {
    const nowhere = lost.get(loss)?.length ?? 0
    const unmounted = loss.empty && nowhere >= telling && nowhere === loss.photos.length
    if (loss.whole && nowhere > 0 && (allAtOnce || unmounted)) offlineFolders.push(loss.folder)
    else for (const photo of loss.photos) missing.push(photo.id)
  }
  yield {
    kind: 'gone',
    offline: unreadable.includes(root) || (allAtOnce && lostCount > 0),
    offlineFolders,
    missing,
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
