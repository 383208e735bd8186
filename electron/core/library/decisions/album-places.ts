import { KartotekaError } from '../../contract/failure.ts'
import { decidedScore } from '../photos/index-entries.ts'
import { write, type Library } from '../library.ts'
import { prepare } from '../statements.ts'
import { albumTerm, existing, isIn } from './albums.ts'
import { pushChange, type PlaceStep } from './history.ts'
import { applyPlaceSteps } from './place-steps.ts'

/** A photo of an album; without a place it stands behind all that have one. */
interface Placed {
  readonly id: number
  readonly place: number | null
}

/**
 * Puts photos of an album in the order given, before another of its photos or (`null`) at its end. Writes a row for each
 * photo that is moved, and for those in front of them that had no place yet. One step of the history.
 * @throws KartotekaError `not-found` when there is no such album, or `before` is not in it
 */
export function moveInAlbum(
  library: Library,
  albumId: number,
  photoIds: readonly number[],
  before: number | null,
): void {
  write(library, () => {
    existing(library, albumId)
    if (before !== null && !isIn(library, albumId, before))
      throw new KartotekaError('not-found', 'The photo that others were to stand before is not in the album.')
    const all = inOrder(library, albumId)
    const members = new Map(all.map((photo) => [photo.id, photo]))
    const moved = [...new Set(photoIds)].flatMap((id) => members.get(id) ?? [])
    const isMoved = new Set(moved.map(({ id }) => id))
    // What they were to stand before may be one of them: then the next that stays.
    const from = before === null ? all.length : all.findIndex(({ id }) => id === before)
    const target = all.slice(from).find(({ id }) => !isMoved.has(id)) ?? null
    const others = all.filter(({ id }) => !isMoved.has(id))
    const at = target === null ? others.length : others.indexOf(target)
    const steps = placedBetween(others.slice(0, at), moved, others.slice(at)).flatMap(
      ({ id, place }): PlaceStep[] => {
        const had = members.get(id)?.place ?? null
        return place === had ? [] : [{ albumId, photoId: id, before: had, after: place }]
      },
    )
    if (steps.length === 0) return
    applyPlaceSteps(library, steps)
    pushChange(library, { places: steps })
  })
}

/** Photos that are on the wall, or hidden, in the order by hand. */
function inOrder(library: Library, albumId: number): Placed[] {
  return prepare<[number, number, number], Placed>(
    library,
    `SELECT e.photo_id AS id, p.place FROM index_entry e INDEXED BY index_entry_by_score
     LEFT JOIN album_place p ON p.photo_id = e.photo_id AND p.own_id = ?
     WHERE e.term = ? AND e.score = ? ORDER BY p.place IS NULL, p.place, e.shown_at DESC, e.photo_id DESC`,
  ).all(albumId, albumTerm(albumId), decidedScore)
}

/** New places for what is moved, and for whatever needs one then. */
function placedBetween(
  front: readonly Placed[],
  moved: readonly Placed[],
  behind: readonly Placed[],
): { readonly id: number; readonly place: number }[] {
  let last = 0
  const placed = front.map(({ id, place }) => ({ id, place: (last = place ?? last + 1) }))
  const next = behind[0]?.place ?? null
  const step = next === null ? 1 : (next - last) / (moved.length + 1)
  const between = moved.map(({ id }, at) => ({ id, place: last + step * (at + 1) }))
  const places = [last, ...between.map(({ place }) => place), ...(next === null ? [] : [next])]
  if (places.every((place, index) => index === 0 || place > (places[index - 1] ?? place)))
    return [...placed, ...between]
  // Halved so often that no number lies between any more: all are given anew.
  return [...front, ...moved, ...behind.filter(({ place }) => place !== null)].map(({ id }, index) => ({
    id,
    place: index + 1,
  }))
}
