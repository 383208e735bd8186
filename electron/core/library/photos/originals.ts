import type { FileState } from '../files/files.ts'
import { sidecarKeys } from '../../paths/sidecars.ts'
import { childOf } from '../../paths/os-path.ts'
import { prepare, type Reader } from '../statements.ts'
import { bestFirst, type PhotoFile } from './best-file.ts'

/** A file of a photo, with what tells whether it still is what was read. */
export interface OriginalFile extends PhotoFile {
  readonly folder: string
  readonly name: string
  readonly state: FileState
}

export const originalsSql = `
  SELECT fi.id, f.path AS folder, fi.name, fi.size, fi.mtime, fi.state,
    iif(fi.presence = 'here' AND f.offline = 1, 'offline', fi.presence) AS presence
  FROM file fi CROSS JOIN folder f ON f.id = fi.folder_id WHERE fi.photo_id = ? ORDER BY ${bestFirst}`

/** All files of a photo, the one that speaks for it first. */
export function originalsOf(reader: Reader, photoId: number): OriginalFile[] {
  return prepare<[number], Omit<OriginalFile, 'path'>>(reader, originalsSql)
    .all(photoId)
    .map((row) => ({ ...row, path: childOf(row.folder, row.name) }))
}

export const sidecarsOfFileSql = `
  SELECT s.name FROM file fi CROSS JOIN file s ON s.folder_id = fi.folder_id AND s.sidecar_of = ?
  WHERE fi.id = ? AND s.presence = 'here'`

/** A sidecar, and whether it is called like its photo with the ending (`a.jpg.xmp`) or without (`a.xmp`). */
export interface OriginalSidecar {
  readonly path: string
  readonly name: string
  readonly follows: 'name' | 'base'
}

/** The sidecars beside a file. */
export function sidecarsOfFile(reader: Reader, { id, folder, name }: OriginalFile): OriginalSidecar[] {
  const [ofFile, ofShot] = sidecarKeys(name)
  const select = prepare<[string, number], { name: string }>(reader, sidecarsOfFileSql)
  const found = (key: string, follows: OriginalSidecar['follows']): OriginalSidecar[] =>
    select.all(key, id).map((row) => ({ path: childOf(folder, row.name), name: row.name, follows }))
  return [...found(ofFile, 'name'), ...(ofShot === ofFile ? [] : found(ofShot, 'base'))]
}
