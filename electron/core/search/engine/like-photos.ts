import { samePictures } from '../../alike/same-pictures.ts'
import { nameOfShown, shownPicture } from '../../alike/shown-pictures.ts'
import { broughtFeatures, similarPhotos, wantedPhoto, type SimilarPhotos } from '../../alike/similar.ts'
import { distinctFrom } from '../../library/decisions/distinct-pairs.ts'
import { stackOf } from '../../library/photos/stacked.ts'
import type { Reader } from '../../library/statements.ts'
import type { Fact } from './facts.ts'

const nothing: SimilarPhotos = { ids: [], scores: [] }

type Asked = Extract<Fact, { kind: 'similar' }>

/** Another one once a picture is there that was not. */
export const likenessKey = (reader: Reader, { how, photo }: Asked): string =>
  `${how} ${photo}${typeof photo === 'string' && nameOfShown(reader, photo) === null ? ' unknown' : ''}`

/** The photos that a likeness asks for, with how much they are alike. */
export function likePhotos(reader: Reader, { how, photo }: Asked): SimilarPhotos {
  if (how === 'stack' && typeof photo === 'number') return certain(stackOf(reader, photo))
  const { table } = broughtFeatures(reader)
  const wanted = typeof photo === 'number' ? wantedPhoto(table, photo) : shownPicture(reader, photo, table)
  if (wanted === null) return nothing
  const like = similarPhotos(reader, wanted)
  if (how === 'similar' || typeof photo !== 'number') return like
  const distinct = distinctFrom(reader, photo)
  const same = samePictures(table, photo, like.ids)
  const isMeant = like.ids.map((id) => id === photo || (same.has(id) && !distinct.has(id)))
  return {
    ids: like.ids.filter((_, at) => isMeant[at]),
    scores: like.scores.filter((_, at) => isMeant[at]),
  }
}

const certain = (ids: number[]): SimilarPhotos => ({ ids, scores: ids.map(() => 10_000) })
