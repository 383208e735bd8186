import type { Turn } from '../imaging/turn.ts'
import { yieldToEventLoop, type Library } from '../library/library.ts'
import { markOf } from '../library/photos/features.ts'
import { prepare } from '../library/statements.ts'

/** A photo that is to get its descriptor. */
export interface UndescribedPhoto {
  readonly photoId: number
  readonly contentHash: string
  /** By which the person turned it. */
  readonly turn: Turn
}

interface Row {
  readonly id: number
  readonly contentHash: Buffer
  readonly turn: Turn
}

/** Photos looked at between two turns of the event loop. */
const atOnce = 2000

/** Photos that wait for their tags get their descriptors with them. */
export const taggedPhotosSql = `SELECT photo.id, content_hash AS contentHash, photo.turn FROM photo
  JOIN classification ON classification.photo_id = photo.id WHERE photo.id > ? ORDER BY photo.id LIMIT ?`

/**
 * Photos that were tagged and have no descriptor of this version: indexed by an older Kartoteka, with another network, or
 * whose descriptors were lost. In steps, each of them true to the library as it is then; what is kept for photos that the
 * library has forgotten goes at the end.
 * @param goesOn asked before each step; `false` gives up
 */
export async function* undescribedPhotos(
  library: Library,
  version: string,
  goesOn: () => boolean,
): AsyncGenerator<readonly UndescribedPhoto[]> {
  const kept = library.features.marks(version)
  const isPhoto = new Uint8Array(kept.length)
  for (let after = 0; ;) {
    await yieldToEventLoop()
    if (!library.db.open || !goesOn()) return
    const rows = prepare<[number, number], Row>(library, taggedPhotosSql).all(after, atOnce)
    const last = rows.at(-1)
    if (last === undefined) break
    after = last.id
    const missing: UndescribedPhoto[] = []
    for (const { id, contentHash, turn } of rows) {
      const hash = contentHash.toString('hex')
      if (kept[id] === markOf(hash)) isPhoto[id] = 1
      else missing.push({ photoId: id, contentHash: hash, turn })
    }
    if (missing.length > 0) yield missing
  }
  library.features.tidy((photoId) => photoId >= isPhoto.length || isPhoto[photoId] === 1, goesOn)
}
