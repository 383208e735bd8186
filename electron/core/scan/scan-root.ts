import type { KnownFile } from '../library/files/files.ts'
import { diffFolder, photosBeside, type FolderDifference } from './diff.ts'
import { countOtherFiles, type OtherFiles } from './other-files.ts'
import { childOf, isWithin } from '../paths/os-path.ts'
import { walk } from './walk.ts'

/** What a scan asks of the library. Folders are absolute paths in text form. */
export interface KnownFolders {
  readonly filesIn: (folder: string) => readonly KnownFile[]
  /** The folder itself and every folder below it that the library has. */
  readonly foldersFrom: (folder: string) => readonly string[]
  /** Ids of files with the same content that came to be known later, and are there. */
  readonly laterCopies: (fileId: number) => readonly number[]
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
      /** Sidecars that are gone likewise. */
      readonly lostSidecars: readonly number[]
      /** Photos beside them: to be read again. */
      readonly retold: readonly number[]
      /** What there is beside photos. */
      readonly otherFiles: OtherFiles
    }

/** Photos that must be known before a sudden loss can mean anything but that someone tidied up. */
const telling = 20
/** Share of them that must be gone at once for the disk to be taken as away rather than the photos as deleted. */
const tooMany = 0.5

interface Loss {
  readonly folder: string
  readonly photos: readonly KnownFile[]
  readonly sidecars: readonly KnownFile[]
  /** Photos beside these sidecars. */
  readonly retold: readonly number[]
  /** No photo that the library knows is left in it. */
  readonly whole: boolean
  /** The folder is there and has no entry at all: a mount point with nothing mounted. */
  readonly empty: boolean
}

/** What was seen of one of the folders to scan. */
interface Sight {
  readonly root: string
  readonly losses: readonly Loss[]
  readonly unreadable: readonly string[]
  readonly offlineFolders: readonly string[]
  /** Photos in folders that ask to be left alone. */
  readonly keptOut: readonly KnownFile[]
  /** Photos that should be there. */
  readonly known: number
  readonly isEmpty: boolean
  readonly otherFiles: OtherFiles
}

/** A step of a scan, and which of the scanned folders it is about. */
export interface PlacedStep {
  readonly root: string
  readonly step: ScanStep
}

/**
 * Compares folders and everything below them with the library.
 * A folder that cannot be read, an empty one that was full, or the loss of most photos at once is a disk that is away,
 * not a deletion: nobody must lose a library by pulling a plug. Files that turn up elsewhere in the same scan, in
 * whichever of the folders, count as moved; so the losses of all are told at its end.
 * @param all everything that is scanned anyway, see `walk`
 */
export function* scanRoots(
  roots: readonly string[],
  library: KnownFolders,
  beginsLikePhoto: (path: string) => boolean,
  all: readonly string[] = roots,
): Generator<PlacedStep, void> {
  const addedSizes = new Set<number>()
  const sights: Sight[] = []
  for (const root of roots) {
    const sight = yield* scanOne(root, library, beginsLikePhoto, all, addedSizes)
    sights.push(sight)
  }
  const lost = new Set(
    sights.flatMap(({ losses, keptOut }) =>
      [...losses.flatMap(({ photos }) => photos), ...keptOut].map(({ id }) => id),
    ),
  )
  const isElsewhere = ({ id, size }: KnownFile): boolean =>
    addedSizes.has(size) || library.laterCopies(id).some((copy) => !lost.has(copy))
  for (const sight of sights) yield { root: sight.root, step: goneOf(sight, addedSizes, isElsewhere) }
}

function* scanOne(
  root: string,
  library: KnownFolders,
  beginsLikePhoto: (path: string) => boolean,
  all: readonly string[],
  addedSizes: Set<number>,
): Generator<PlacedStep, Sight> {
  const unvisited = new Set(library.foldersFrom(root))
  const unreadable: string[] = []
  const shunned: string[] = []
  const losses: Loss[] = []
  let knownHere = 0
  let isEmpty = false
  const otherFiles = countOtherFiles()

  for (const visit of walk(root, all)) {
    if (visit.state === 'unreadable') {
      unreadable.push(visit.path)
      yield { root, step: { kind: 'unreadable', path: visit.path, code: visit.code } }
      continue
    }
    if (visit.state === 'kept-out') {
      shunned.push(visit.path)
      continue
    }
    const isKnown = unvisited.delete(visit.path)
    const unsure = new Set(visit.unsure)
    const known = (isKnown ? library.filesIn(visit.path) : []).filter(({ name }) => !unsure.has(name))
    const difference = diffFolder(visit.files, known, (name) => beginsLikePhoto(childOf(visit.path, name)))
    const here = known.filter(isHere).length
    knownHere += here
    if (visit.path === root) isEmpty = visit.empty
    for (const file of difference.added) addedSizes.add(file.size)
    for (const { file } of difference.changed) addedSizes.add(file.size)
    otherFiles.add(visit, known, difference)
    const { missing, lostSidecars } = difference
    if (missing.length > 0 || lostSidecars.length > 0) {
      losses.push({
        folder: visit.path,
        photos: missing,
        sidecars: lostSidecars,
        retold: photosBeside(lostSidecars, known),
        whole: missing.length === here,
        empty: visit.empty,
      })
    }
    yield { root, step: { kind: 'folder', path: visit.path, difference } }
  }

  const offlineFolders: string[] = []
  const keptOut: KnownFile[] = []
  for (const folder of unvisited) {
    if (unreadable.some((shut) => isWithin(folder, shut))) {
      offlineFolders.push(folder)
      continue
    }
    const known = library.filesIn(folder)
    const photos = known.filter(isHere)
    const sidecars = known.filter(({ kind }) => kind === 'sidecar')
    if (shunned.some((path) => isWithin(folder, path))) {
      for (const photo of photos) keptOut.push(photo)
      continue
    }
    if (photos.length === 0 && sidecars.length === 0) continue
    knownHere += photos.length
    const empty = losses.some((loss) => loss.empty && isWithin(folder, loss.folder))
    losses.push({ folder, photos, sidecars, retold: photosBeside(sidecars, known), whole: true, empty })
  }
  return {
    root,
    losses,
    unreadable,
    offlineFolders,
    keptOut,
    known: knownHere,
    isEmpty,
    otherFiles: otherFiles.counted(),
  }
}

/** Tells photos that are gone from those whose disk is away. Contents are asked for only when much is lost at once. */
function goneOf(
  { root, losses, unreadable, offlineFolders, keptOut, known, isEmpty, otherFiles }: Sight,
  addedSizes: ReadonlySet<number>,
  isElsewhere: (photo: KnownFile) => boolean,
): Extract<ScanStep, { kind: 'gone' }> {
  const nowhere = new Map(
    losses.map((loss) => [loss, loss.photos.filter((photo) => !addedSizes.has(photo.size))]),
  )
  const countLost = (): number => sum([...nowhere.values()].map((photos) => photos.length))
  const tooManyLost = (): boolean => known >= telling && countLost() > known * tooMany
  // An empty folder is a mount point, whatever copies there are of what was in it.
  if (!isEmpty && tooManyLost()) {
    for (const [loss, photos] of nowhere) {
      if (!loss.empty)
        nowhere.set(
          loss,
          photos.filter((photo) => !isElsewhere(photo)),
        )
    }
  }
  const allAtOnce = isEmpty || tooManyLost()
  const away = new Set(offlineFolders)
  const missing = keptOut.map(({ id }) => id)
  const lostSidecars: number[] = []
  const retold: number[] = []
  for (const loss of losses) {
    const count = nowhere.get(loss)?.length ?? 0
    const unmounted = loss.empty && count >= telling && count === loss.photos.length
    if (loss.whole && count > 0 && (allAtOnce || unmounted)) {
      away.add(loss.folder)
      continue
    }
    for (const { id } of loss.photos) missing.push(id)
    for (const { id } of loss.sidecars) lostSidecars.push(id)
    for (const id of loss.retold) retold.push(id)
  }
  return {
    kind: 'gone',
    offline: unreadable.includes(root) || (allAtOnce && countLost() > 0),
    offlineFolders: [...away],
    missing,
    lostSidecars,
    retold,
    otherFiles,
  }
}

function isHere({ kind, here }: KnownFile): boolean {
  return kind === 'photo' && here
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
