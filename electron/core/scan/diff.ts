import { passingProblems } from '../contract/problem-kinds.ts'
import type { FileFacts, KnownFile } from '../library/files/files.ts'
import { clipsAmong } from '../paths/shots.ts'
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
  /** Photo files that are as they were, and have been read. */
  readonly unchanged: number
  /** Photo files in the folder. */
  readonly photos: number
  /** Videos, without those that are the moving part of a photo. */
  readonly videos: number
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
    const { name, size, mtime, ctime, elsewhere } = file
    const facts = { name, size, mtime, ctime }
    const sameContent = before?.size === size && before.mtime === mtime
    if (before?.kind !== 'photo') {
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
    if (!sameContent || before.ctime !== ctime) changed.push({ id: before.id, file: facts })
    else if (!before.here) returned.push(before.id)
    else if (mayBeOver) changed.push({ id: before.id, file: facts })
    else if (before.state === 'done' || before.state === 'failed') unchanged += 1
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
    rejected,
    dropped: left.filter(({ kind }) => kind === 'rejected').map(({ id }) => id),
  }
}
