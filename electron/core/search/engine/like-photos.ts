import { nameOfShown, shownPicture } from '../../alike/shown-pictures.ts'
import {
  broughtFeatures,
  featuresOf,
  likenessOf,
  similarPhotos,
  wantedPhoto,
  type SimilarPhotos,
} from '../../alike/similar.ts'
import { distinctFrom } from '../../library/decisions/distinct-pairs.ts'
import { stackOf } from '../../library/photos/stacked.ts'
import { sameAs } from '../../library/photos/like-pairs.ts'
import type { Reader } from '../../library/statements.ts'
import type { Fact } from './facts.ts'

const nothing: SimilarPhotos = { ids: [], scores: [] }

type Asked = Extract<Fact, { kind: 'similar' }>

/** Another one once a picture is there that was not, or once other photos are known to be the same picture. */
export function likenessKey(reader: Reader, { how, photo }: Asked): string {
  if (typeof photo === 'string')
    return `${how} ${photo}${nameOfShown(reader, photo) === null ? ' unknown' : ''}`
  return how === 'same' ? `same ${photo} ${sameAsOf(reader, photo).join()}` : `${how} ${photo}`
}

const sameAsOf = (reader: Reader, photo: number): number[] =>
  featuresOf(reader).read((db) => sameAs(db, photo), [])

/** The photos that a likeness asks for, with how much they are alike. */
export function likePhotos(reader: Reader, { how, photo }: Asked): SimilarPhotos {
  if (how === 'stack' && typeof photo === 'number') return certain(stackOf(reader, photo))
  const { table } = broughtFeatures(reader)
  const wanted = typeof photo === 'number' ? wantedPhoto(table, photo) : shownPicture(reader, photo, table)
  if (wanted === null) return nothing
  if (how === 'similar' || typeof photo !== 'number') return similarPhotos(reader, wanted)
  const distinct = distinctFrom(reader, photo)
  const same = sameAsOf(reader, photo).filter((id) => !distinct.has(id))
  return likenessOf(reader, wanted, same)
}

const certain = (ids: number[]): SimilarPhotos => ({ ids, scores: ids.map(() => 10_000) })
