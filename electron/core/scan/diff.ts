import { passingProblems } from '../contract/problem-kinds.ts'
import type { FileFacts, KnownFile } from '../library/files/files.ts'
import type { Stranger } from '../library/strangers.ts'
import { followRenamings } from './exchanged.ts'
import { pairFiles } from '../paths/shots.ts'
import type { FoundFile } from './walk.ts'

export interface AddedFile extends FileFacts {
  /** Name of the JPEG or HEIC in the same folder that this RAW file is shown with. */
  readonly cover: string | null
  /** Its content is in the cloud; reading it would download it. */
  readonly elsewhere: boolean
}

/** How one folder differs from what the library knows. */
export interface FolderDifference {
  readonly added: readonly AddedFile[]
  /** Size or modification time is another: to be looked at anew. */
  readonly changed: readonly KnownAs[]
  /** Have a name that was another photo's, or gave theirs to one: where each is now. To be looked at if its content is as well. */
  readonly exchanged: readonly KnownAs[]
  /** Their name is another photo's now, and no file of the folder is theirs. To be done with `exchanged`, before `added`. */
  readonly displaced: readonly number[]
  /** Only the entry's change time is another (renamed, copied back, permissions): to be looked at if its content is. */
  readonly touched: readonly KnownAs[]
  /** Was missing or offline and is here again as it was. */
  readonly returned: readonly number[]
  readonly missing: readonly KnownFile[]
  /** Shown with another file than before, or alone again (`null`). */
  readonly paired: readonly { readonly id: number; readonly cover: string | null }[]
  /** Photos that are as they were, and have been looked at. */
  readonly unchanged: number
  /** Photos in the folder; a RAW file with its JPEG counts once. */
  readonly photos: number
  /** Videos, without those that are the moving part of a photo. */
  readonly videos: number
  /** Files whose name says nothing that were looked into and are no photos. */
  readonly strangers: readonly Stranger[]
  /** Names of known strangers that are gone, or photos now. */
  readonly noStrangers: readonly string[]
}

export interface KnownAs {
  readonly id: number
  readonly file: FileFacts
}

/**
 * Compares a folder on the disk with the library. Reads no file but those whose name says nothing, and those only
 * while the library does not know them.
 * @param beginsLikePhoto looks into a file of unknown ending
 * @param strangers files that were looked into before and are no photos
 */
export function diffFolder(
  files: readonly FoundFile[],
  known: readonly KnownFile[],
  beginsLikePhoto: (name: string) => boolean,
  strangers: readonly Stranger[] = [],
): FolderDifference {
  const knownByName = new Map(known.map((photo) => [photo.name, photo]))
  const byName = new Map(knownByName)
  const fileByName = new Map(files.map((file) => [file.name, file]))
  const { companions, clips } = pairFiles(files.map((file) => file.name))
  const strangerByName = new Map(strangers.map((stranger) => [stranger.name, stranger]))
  const newStrangers: Stranger[] = []
  const added: AddedFile[] = []
  const changes: { before: KnownFile; file: AddedFile }[] = []
  const touched: KnownAs[] = []
  const returned: number[] = []
  const paired: { id: number; cover: string | null }[] = []
  let unchanged = 0
  let videos = 0
  let photos = 0
  const usableCover = (name: string | undefined): string | null =>
    name !== undefined && canCover(fileByName.get(name), knownByName.get(name)) ? name : null

  for (const file of files) {
    const before = byName.get(file.name)
    if (before === undefined) {
      if (file.kind === 'video') {
        if (!clips.has(file.name)) videos += 1
        continue
      }
      if (file.kind === 'unknown') {
        if (file.elsewhere) continue
        const stranger = strangerByName.get(file.name)
        if (stranger?.size === file.size && stranger.mtime === file.mtime) {
          strangerByName.delete(file.name)
          continue
        }
        if (!beginsLikePhoto(file.name)) {
          strangerByName.delete(file.name)
          newStrangers.push({ name: file.name, size: file.size, mtime: file.mtime })
          continue
        }
      }
    }
    const cover = usableCover(companions.get(file.name))
    if (cover === null) photos += 1
    const facts = factsOf(file)
    const asNew = { ...facts, cover, elsewhere: file.elsewhere }
    if (before === undefined) {
      added.push(asNew)
      continue
    }
    byName.delete(file.name)
    if (cover === null ? before.companionOf !== null : byCover(known, before) !== cover) {
      paired.push({ id: before.id, cover })
    }
    if (before.size !== file.size || before.mtime !== file.mtime) changes.push({ before, file: asNew })
    else if (before.ctime !== file.ctime) touched.push({ id: before.id, file: facts })
    else if (!before.here) returned.push(before.id)
    else if (before.state === 'failed' && passingProblems.has(before.kind) && !file.elsewhere) {
      changes.push({ before, file: asNew })
    } else if (cover === null && isSettled(before)) unchanged += 1
  }
  const missing = [...byName.values()].filter((photo) => photo.here)
  const { moved, displaced, vacated } = followRenamings(changes, missing, added)
  const elsewhere = new Set([...moved.map(({ id }) => id), ...displaced])
  const entered = new Set(moved.map(({ file }) => file))
  return {
    added: [...added.filter((file) => !entered.has(file)), ...vacated],
    changed: changes.flatMap(({ before, file }) =>
      elsewhere.has(before.id) ? [] : { id: before.id, file: factsOf(file) },
    ),
    exchanged: moved.map(({ id, file }) => ({ id, file: factsOf(file) })),
    displaced,
    touched,
    returned,
    missing: missing.filter(({ id }) => !elsewhere.has(id)),
    // What was found out about a name is not about the photo that had it; the next look pairs those.
    paired: paired.filter(({ id }) => !elsewhere.has(id)),
    unchanged,
    photos,
    videos,
    strangers: newStrangers,
    noStrangers: [...strangerByName.keys()],
  }
}

/** A picture that could not be read shows nobody what its RAW file shows; while it stays as it is, that one is a photo. */
function canCover(cover: FoundFile | undefined, before: KnownFile | undefined): boolean {
  if (before?.state !== 'failed' || passingProblems.has(before.kind)) return true
  return before.size !== cover?.size || before.mtime !== cover.mtime
}

function isSettled({ state }: KnownFile): boolean {
  return state === 'done' || state === 'failed'
}

function factsOf(file: FileFacts): FileFacts {
  return { name: file.name, size: file.size, mtime: file.mtime, ctime: file.ctime }
}

function byCover(known: readonly KnownFile[], photo: KnownFile): string | null {
  if (photo.companionOf === null) return null
  return known.find((other) => other.id === photo.companionOf)?.name ?? null
}
