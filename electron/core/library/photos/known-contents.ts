import type { Look } from '../../contract/looks.ts'
import type { NetworkId } from '../../contract/networks.ts'
import type { Turn } from '../../imaging/turn.ts'
import { openDatabase } from '../upkeep/database.ts'
import { libraryFile } from '../upkeep/library-files.ts'
import { hashBytes } from './thumbnails.ts'

export interface KnownContent {
  /** It was classified, by this network. */
  readonly tagged: boolean
  /** EXIF orientation 1–8 by which it was turned upright then. */
  readonly orientation: number
  /** Degrees clockwise by which the person turned it, and by which it was turned when it was classified. */
  readonly turn: Turn
  readonly taggedTurn: Turn
  /** How carefully it was looked at then; `null` where it was not classified. */
  readonly taggedLook: Look | null
}

/** Asks a library that another thread writes which contents it knows. */
export interface KnownContents {
  /** What is known of a content; `null`: nothing. @param contentHash 32 hex digits */
  readonly find: (contentHash: string) => KnownContent | null
  readonly close: () => void
}

export const knownContentSql = `
  SELECT EXISTS (SELECT 1 FROM classification JOIN model ON model.id = model_id
      WHERE photo_id = photo.id AND network = ?) AS tagged, orientation, turn,
    coalesce((SELECT turn FROM classification WHERE photo_id = photo.id), turn) AS taggedTurn,
    (SELECT look FROM model WHERE id = (SELECT model_id FROM classification WHERE photo_id = photo.id)) AS taggedLook
  FROM photo WHERE content_hash = ?`

/**
 * @param folder of the library, which is open for writing meanwhile
 * @param network that photos are classified by
 */
export function openKnownContents(folder: string, network: NetworkId): KnownContents {
  const db = openDatabase(libraryFile(folder), { readonly: true, fileMustExist: true, timeout: 5000 })
  // KiB: the inner pages of one index.
  db.pragma('cache_size = -2048')
  const select = db.prepare<
    [NetworkId, Buffer],
    Omit<KnownContent, 'tagged' | 'orientation'> & { tagged: number; orientation: number | null }
  >(knownContentSql)
  return {
    find: (contentHash) => {
      const known = select.get(network, hashBytes(contentHash))
      if (known === undefined) return null
      return { ...known, tagged: known.tagged === 1, orientation: known.orientation ?? 1 }
    },
    close: () => {
      db.close()
    },
  }
}
