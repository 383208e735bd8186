import { featuresOf } from '../alike/similar.ts'
import type { WallPhoto } from '../contract/values.ts'
import { distinctPairs } from '../library/decisions/distinct-pairs.ts'
import { pairsAmong } from '../library/photos/like-pairs.ts'
import type { Reader } from '../library/statements.ts'
import { undividedList, type PhotoList } from './engine/engine.ts'
import { ask, askLists } from './engine/statements.ts'

/** Photos that a person put together, the one in front first, also those that are not on the wall. A photo in no stack is alone. */
export function listOfStack(reader: Reader, photoId: number): PhotoList {
  const { ids } = askLists(reader, 'stack', photoId)
  const alone = ids.length > 0 ? [] : ask<{ id: number }>(reader, 'orderOfSome', JSON.stringify([photoId]))
  return undividedList('confidence', Int32Array.from([...ids, ...alone.map(({ id }) => id)]), (shown) =>
    new Float64Array(shown.length).fill(1),
  )
}

/**
 * Of photos in order those that are the same picture as one before them, by that one, which is shown for all of them. Likeness is not
 * handed on from photo to photo.
 */
function sameAsBefore(reader: Reader, photoIds: readonly number[]): Map<number, readonly number[]> {
  const pairs = featuresOf(reader).read((db) => pairsAmong(db, photoIds), [])
  const distinct = new Set(
    pairs.length === 0 ? [] : distinctPairs(reader).map(({ photoId, otherId }) => `${photoId} ${otherId}`),
  )
  const same = new Map<number, Set<number>>()
  for (const { one, other } of pairs) {
    if (distinct.has(`${one} ${other}`)) continue
    same.set(one, (same.get(one) ?? new Set()).add(other))
    same.set(other, (same.get(other) ?? new Set()).add(one))
  }
  const folded = new Map<number, readonly number[]>()
  const gone = new Set<number>()
  const before = new Set<number>()
  for (const id of photoIds) {
    before.add(id)
    const others = gone.has(id)
      ? []
      : [...(same.get(id) ?? [])].filter((other) => !gone.has(other) && !before.has(other))
    if (others.length === 0) continue
    folded.set(id, others)
    for (const other of others) gone.add(other)
  }
  return folded
}

/** The same list with photos that are the same picture shown as one: the one of them that comes first. */
export function foldedList(reader: Reader, whole: PhotoList): PhotoList {
  const { ids, confidences } = whole.slice(0, whole.total)
  const folded = sameAsBefore(reader, [...ids])
  if (folded.size === 0) return whole
  const gone = new Set([...folded.values()].flat())
  const all = confidences()
  const isShown = [...ids].map((id) => !gone.has(id))
  const kept = all.filter((_, at) => isShown[at])
  const list = undividedList(
    'confidence',
    ids.filter((_, at) => isShown[at]),
    (some, offset) => kept.slice(offset, offset + some.length),
  )
  return {
    ...list,
    bytes: list.bytes + kept.byteLength,
    folded: {
      others: new Map([...folded].map(([id, others]) => [id, others.length])),
      unfolded: whole,
    },
  }
}

/** Photos of a list, each with how many others it is shown for. */
export function withFolded({ folded }: PhotoList, photos: WallPhoto[]): WallPhoto[] {
  if (folded === undefined) return photos
  return photos.map((photo) => {
    const sameAs = folded.others.get(photo.id)
    return sameAs === undefined ? photo : { ...photo, sameAs }
  })
}
