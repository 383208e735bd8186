import { yieldToEventLoop, type Library } from '../library.ts'
import { prepare } from '../statements.ts'
import { hashBytes } from './thumbnails.ts'

/** Thumbnails looked at between two breaths; some milliseconds even if all of them go. */
const atOnce = 100

export const hasPhotoSql = 'SELECT 1 FROM photo WHERE content_hash = ? LIMIT 1'

/**
 * Removes the thumbnails of contents that no photo of the library has any more: of folders that were forgotten, of
 * photos as they were before they were edited. Photos that are away or hidden keep theirs. In short steps, each of them
 * true to the library as it is then; safe to be given up and begun again at any time.
 * @param goesOn asked before each step; `false` gives up
 * @returns whether all were looked at
 * @throws SqliteError as any write
 */
export async function removeUnusedThumbnails(
  library: Library,
  goesOn: () => boolean,
  betweenBatches: () => Promise<void> = yieldToEventLoop,
): Promise<boolean> {
  const { thumbnails } = library
  for (let after: string | undefined = ''; after !== undefined; await betweenBatches()) {
    if (!library.db.open || !goesOn()) return false
    const hashes: string[] = thumbnails.hashesAfter(after, atOnce)
    const hasPhoto = prepare<[Buffer], unknown>(library, hasPhotoSql)
    const unused = hashes.filter((hash) => hasPhoto.get(hashBytes(hash)) === undefined)
    if (unused.length > 0) thumbnails.remove(unused)
    after = hashes.at(-1)
  }
  return true
}
