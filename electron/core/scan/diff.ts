import { passingProblems } from '../contract/problem-kinds.ts'
import type { FileFacts, KnownFile } from '../library/files/files.ts'
import { clipsAmong } from '../paths/shots.ts'
import { sidecarKeys, sidecarOf } from '../paths/sidecars.ts'
import type { FoundFile } from './walk.ts'

export interface AddedFile extends FileFacts {
  /** Its content is in the cloud; reading it would download it. */
  readonly elsewhere: boolean
}

/** How one folder differs from what the library knows. */
export interface FolderDifference {
  readonly added: readonly AddedFile[]
  /** Size or times are others, or reading failed for a reason that may have passed: to be read. */
  readonly changed: readonly { readonly id: number; readonly file: FileFacts }[]
  /** Was missing and is here again as it was. */
  readonly returned: readonly number[]
  readonly missing: readonly KnownFile[]
  /** Photo files that are as they were, and have been read, and so is what stands beside them. */
  readonly unchanged: number
  /** Photo files in the folder. */
  readonly photos: number
  /** Videos, without those that are the moving part of a photo. */
  readonly videos: number
  /** Sidecars that are new or changed. */
  readonly sidecars: readonly FileFacts[]
  readonly lostSidecars: readonly KnownFile[]
  /** Photo files beside sidecars that are new or changed: to be read again. */
  readonly retold: readonly number[]
  /** Files whose name says nothing that were looked into and are no photos. */
  readonly rejected: readonly FileFacts[]
  /** Rejected files that are gone. */
  readonly dropped: readonly number[]
}

/**
 * Compares a folder on the disk with the library. Reads no file but those whose name says nothing, and those only
 * while the library does not know them.
 * @param beginsLikePhoto looks into a file of unknown ending
 */
export function diffFolder(
  files: readonly FoundFile[],
  known: readonly KnownFile[],
  beginsLikePhoto: (name: string) => boolean,
): FolderDifference {
  const unseen = new Map(known.map((file) => [file.name, file]))
  const clips = clipsAmong(files.map((file) => file.name))
  const { sidecars, lostSidecars } = diffSidecars(files, known)
  const toldAnew = standingBeside([...sidecars, ...lostSidecars])
  const added: AddedFile[] = []
  const changed: { id: number; file: FileFacts }[] = []
  const returned: number[] = []
  const rejected: FileFacts[] = []
  let unchanged = 0
  let photos = 0
  let videos = 0

  for (const file of files) {
    const before = unseen.get(file.name)
    unseen.delete(file.name)
    const { name, elsewhere } = file
    const facts = factsOf(file)
    const sameContent = before?.size === file.size && before.mtime === file.mtime
    if (before?.kind !== 'photo') {
      if (file.kind === 'sidecar') continue
      if (file.kind === 'video') {
        if (!clips.has(name)) videos += 1
        continue
      }
      if (file.kind === 'unknown') {
        if (elsewhere || sameContent) continue
        if (!beginsLikePhoto(name)) {
          rejected.push(facts)
          continue
        }
      }
      photos += 1
      added.push({ ...facts, elsewhere })
      continue
    }
    photos += 1
    const mayBeOver = before.state === 'failed' && passingProblems.has(before.problem) && !elsewhere
    if (!sameContent || before.ctime !== file.ctime) changed.push({ id: before.id, file: facts })
    else if (!before.here) returned.push(before.id)
    else if (mayBeOver) changed.push({ id: before.id, file: facts })
    else if (before.state === 'failed' || (before.state === 'done' && !toldAnew(before))) unchanged += 1
  }
  const left = [...unseen.values()]
  return {
    added,
    changed,
    returned,
    missing: left.filter(({ kind, here }) => kind === 'photo' && here),
    unchanged,
    photos,
    videos,
    sidecars,
    lostSidecars,
    retold: photosBeside(sidecars, known),
    rejected,
    dropped: left.filter(({ kind }) => kind === 'rejected').map(({ id }) => id),
  }
}

function diffSidecars(
  files: readonly FoundFile[],
  known: readonly KnownFile[],
): Pick<FolderDifference, 'sidecars' | 'lostSidecars'> {
  const lost = new Map(known.flatMap((file) => (file.kind === 'sidecar' ? [[file.name, file]] : [])))
  const sidecars: FileFacts[] = []
  for (const file of files) {
    if (file.kind !== 'sidecar') continue
    const before = lost.get(file.name)
    lost.delete(file.name)
    const isSame =
      before?.here === true &&
      before.size === file.size &&
      before.mtime === file.mtime &&
      before.ctime === file.ctime
    // In the cloud: what was read of it before it went there stands.
    if (!isSame && !file.elsewhere) sidecars.push(factsOf(file))
  }
  return { sidecars, lostSidecars: [...lost.values()] }
}

/** Ids of the photo files among these that stand beside one of the sidecars. */
export function photosBeside(
  sidecars: readonly { readonly name: string }[],
  known: readonly KnownFile[],
): number[] {
  if (sidecars.length === 0) return []
  const isBeside = standingBeside(sidecars)
  return known.filter((file) => file.kind === 'photo' && isBeside(file)).map(({ id }) => id)
}

function standingBeside(
  sidecars: readonly { readonly name: string }[],
): (photo: { readonly name: string }) => boolean {
  if (sidecars.length === 0) return () => false
  const keys = new Set(sidecars.map(({ name }) => sidecarOf(name)))
  return ({ name }) => sidecarKeys(name).some((key) => keys.has(key))
}

function factsOf({ name, size, mtime, ctime }: FoundFile): FileFacts {
  return { name, size, mtime, ctime }
}
