import { statfsSync, statSync } from 'node:fs'
import { featuresFile, libraryFile, thumbnailsFile } from './library-files.ts'
import { prepare, type Connection } from '../statements.ts'

/** Bytes a photo takes when the library has too few to measure: thumbnail, tags and their indexes. */
const usual = 50_000
/** Bytes that SQLite needs to work at all. */
const headroom = 32 * 1024 * 1024
/** Bytes that the database's log may grow to before it is moved into the database. */
export const logBytes = 64 * 1024 * 1024

/** Bytes that must be free for the rest of the queue to be indexed, by what photos took so far; the log comes on top. */
export function spaceNeeded(library: Connection): number {
  const done = prepare<[], { count: number }>(
    library,
    'SELECT coalesce(sum(count), 0) AS count FROM day_count',
  ).get()
  const waiting = prepare<[], { count: number }>(
    library,
    "SELECT count(*) AS count FROM file WHERE state = 'pending' AND presence = 'here'",
  ).get()
  const photos = done?.count ?? 0
  const each = photos < 1000 ? usual : bytesOnDisk(library.folder) / photos
  const bytes = Math.ceil((waiting?.count ?? 0) * each)
  return bytes + Math.min(bytes, logBytes) + headroom
}

/** Whether the disk has room for the rest of the queue. */
export function hasSpace(library: Connection): boolean {
  const { bavail, bsize } = statfsSync(library.folder)
  return bavail * bsize >= spaceNeeded(library)
}

function bytesOnDisk(folder: string): number {
  let bytes = 0
  for (const file of [libraryFile(folder), thumbnailsFile(folder), featuresFile(folder)]) {
    bytes += statSync(file, { throwIfNoEntry: false })?.size ?? 0
  }
  return bytes
}
