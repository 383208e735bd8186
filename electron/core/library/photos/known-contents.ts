import { openDatabase } from '../upkeep/database.ts'
import { libraryFile } from '../upkeep/library-files.ts'
import { hashBytes } from './thumbnails.ts'

/** Asks a library that another thread writes which contents it knows. */
export interface KnownContents {
  /**
   * Whether nothing new could be told of a content.
   * @param contentHash 32 hex digits
   * @param tagged whether it must have been classified, too
   */
  readonly has: (contentHash: string, tagged: boolean) => boolean
  readonly close: () => void
}

export const knownContentSql = `
  SELECT EXISTS (SELECT 1 FROM classification WHERE photo_id = photo.id) AS tagged FROM photo WHERE content_hash = ?`

/** @param folder of the library, which is open for writing meanwhile */
export function openKnownContents(folder: string): KnownContents {
  const db = openDatabase(libraryFile(folder), { readonly: true, fileMustExist: true, timeout: 5000 })
  // KiB: the inner pages of one index.
  db.pragma('cache_size = -2048')
  const select = db.prepare<[Buffer], { tagged: number }>(knownContentSql)
  return {
    has: (contentHash, tagged) => {
      const known = select.get(hashBytes(contentHash))
      return known !== undefined && (!tagged || known.tagged === 1)
    },
    close: () => {
      db.close()
    },
  }
}
