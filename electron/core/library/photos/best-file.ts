import type { Turn } from '../../imaging/turn.ts'
import { childOf } from '../../paths/os-path.ts'
import { prepare, type Reader } from '../statements.ts'

/** One file of a photo. */
export interface PhotoFile {
  readonly id: number
  /** Absolute, in text form. */
  readonly path: string
  /** Bytes, when last scanned. */
  readonly size: number
  /** Unix time, whole milliseconds, when last scanned. */
  readonly mtime: number
  /** `offline`: its disk is away; `missing`: its folder is there and it is not; `removed`: its folder was taken out. */
  readonly presence: 'here' | 'offline' | 'missing' | 'removed'
}

/**
 * Which file speaks for a photo: one that is there, before one whose disk is away, before missing ones and those of
 * folders that were taken out; of several the one in the folder that was added first, then by path. For a query with
 * `file AS fi` and `folder AS f`.
 */
export const bestFirst = 'fi.presence, f.offline, f.root_id, f.path, fi.name'

export const photoFilesSql = `
  SELECT fi.id, f.path AS folder, fi.name, fi.size, fi.mtime,
    iif(fi.presence = 'here' AND f.offline = 1, 'offline', fi.presence) AS presence
  FROM file fi CROSS JOIN folder f ON f.id = fi.folder_id WHERE fi.photo_id = ? ORDER BY ${bestFirst}`

type Row = Omit<PhotoFile, 'path'> & { readonly folder: string; readonly name: string }

/** All files of a photo, the one that speaks for it first; none for a photo that is only known from before. */
export function photoFiles(reader: Reader, photoId: number): PhotoFile[] {
  return prepare<[number], Row>(reader, photoFilesSql)
    .all(photoId)
    .map(({ folder, name, ...same }) => ({ ...same, path: childOf(folder, name) }))
}

/** The file that speaks for a photo, the photo's content, and how it is shown. */
export interface PhotoSource extends PhotoFile {
  /** 32 hex digits. */
  readonly contentHash: string
  /** EXIF 1–8 by which it is upright, as its files say. */
  readonly orientation: number | null
  /** Degrees clockwise by which the person turned it from there. */
  readonly turn: Turn
}

/** By keys alone, for every picture of the wall; `null` when there is no such photo, or no folder with it any more. */
export function photoSource(reader: Reader, photoId: number): PhotoSource | null {
  const [file] = photoFiles(reader, photoId)
  if (file === undefined || file.presence === 'removed') return null
  const photo = prepare<[number], Pick<PhotoSource, 'contentHash' | 'orientation' | 'turn'>>(
    reader,
    'SELECT lower(hex(content_hash)) AS contentHash, orientation, turn FROM photo WHERE id = ?',
  ).get(photoId)
  return photo === undefined ? null : { ...file, ...photo }
}
