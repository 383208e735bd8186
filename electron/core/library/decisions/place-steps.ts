import type { Library } from '../library.ts'
import { prepare } from '../statements.ts'
import type { PlaceStep } from './history.ts'

/** Writes what `steps` lead to. Part of the caller's transaction. */
export function applyPlaceSteps(library: Library, steps: readonly PlaceStep[]): void {
  const put = prepare<[number, number, number]>(
    library,
    `INSERT INTO album_place (photo_id, own_id, place) VALUES (?, ?, ?)
     ON CONFLICT (photo_id, own_id) DO UPDATE SET place = excluded.place`,
  )
  const drop = prepare<[number, number]>(library, 'DELETE FROM album_place WHERE photo_id = ? AND own_id = ?')
  for (const { albumId, photoId, after } of steps) {
    if (after === null) drop.run(photoId, albumId)
    else put.run(photoId, albumId, after)
  }
}

/**
 * Photos stand where others stood, in albums where they have no place yet. Part of the caller's transaction.
 * @returns what it changed, for the history
 */
export function joinPlaces(
  library: Library,
  pairs: readonly { readonly from: number; readonly to: number }[],
): PlaceStep[] {
  const select = prepare<[number], { albumId: number; place: number }>(
    library,
    'SELECT own_id AS albumId, place FROM album_place WHERE photo_id = ?',
  )
  const steps = new Map<string, PlaceStep>()
  for (const { from, to } of pairs) {
    const standing = new Set(select.all(to).map(({ albumId }) => albumId))
    for (const { albumId, place } of select.all(from))
      if (!standing.has(albumId))
        steps.set(`${to} ${albumId}`, { photoId: to, albumId, before: null, after: place })
  }
  applyPlaceSteps(library, [...steps.values()])
  return [...steps.values()]
}
