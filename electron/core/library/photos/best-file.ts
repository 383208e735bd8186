import { join } from 'node:path'
import { prepare } from '../statements.ts'
import type { Library } from '../library.ts'

/** Where a photo's file is and what it was when it was read. */
export interface PhotoFile {
  readonly id: number
  /** Absolute, in text form. */
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** Unix time, whole milliseconds. */
  readonly mtime: number
  /** 32 hex digits; `null` while it was never read. */
  readonly contentHash: string | null
  /** The file should be there: its disk is connected and it was in its folder when last looked. */
  readonly here: boolean
}

interface Row {
  readonly id: number
  readonly folder: string
  readonly name: string
  readonly size: number
  readonly mtime: number
  readonly hash: Buffer | null
  readonly here: number
}

const photoFileSql = `
  SELECT p.id, f.path AS folder, p.name, p.size, p.mtime, iif(p.width IS NULL, NULL, p.content_hash) AS hash,
    p.presence = 'here' AND f.offline = 0 AS here
  FROM photo p JOIN folder f ON f.id = p.folder_id WHERE p.id = ? AND p.presence <> 'removed'`

/** By primary key, for every picture of the wall; `null` when there is no such photo or its folder was removed. */
export function photoFile(library: Library, id: number): PhotoFile | null {
  const row = prepare<[number], Row>(library, photoFileSql).get(id)
  if (row === undefined) return null
  const { folder, name, hash, here, ...same } = row
  return { ...same, path: join(folder, name), contentHash: hash?.toString('hex') ?? null, here: here === 1 }
}
