import { groupPictures, type ComparedPhoto, type PictureGroup } from '../alike/groups.ts'
import { leftToCompare } from '../alike/compare-photos.ts'
import { featuresOf } from '../alike/similar.ts'
import type { DuplicateGroup } from '../contract/duplicates.ts'
import type { Language } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import { distinctPairs } from '../library/decisions/distinct-pairs.ts'
import { allPairs, type LikePair } from '../library/photos/like-pairs.ts'
import { prepare, reading, type Reader } from '../library/statements.ts'
import { sessionOf } from './session.ts'
import { wallPhotos } from './wall-photos.ts'

export interface Duplicates {
  /** Of all groups, not only those given. */
  readonly total: number
  readonly groups: DuplicateGroup[]
  /** Photos that were not compared with all others yet. */
  readonly left: number
}

/** Groups of photos on the wall that are one picture, and bursts, the newest first, as far as photos were compared. */
export function findDuplicates(
  reader: Reader,
  lexicon: Lexicon,
  language: Language,
  limit: number,
): Duplicates {
  const features = featuresOf(reader)
  const left = leftToCompare(features)
  return { ...groupsOf(reader, lexicon, language, limit, features.read(allPairs, [])), left }
}

/** Groups of what is one picture in these pairs. */
export function groupsOf(
  reader: Reader,
  lexicon: Lexicon,
  language: Language,
  limit: number,
  pairs: readonly LikePair[],
): Omit<Duplicates, 'left'> {
  return reading(reader, () => {
    const distinct = new Set(distinctPairs(reader).map(({ photoId, otherId }) => `${photoId} ${otherId}`))
    const compared = comparedPhotos(reader, [...new Set(pairs.flatMap(({ one, other }) => [one, other]))])
    const groups = groupPictures(
      compared,
      pairs.filter(
        ({ one, other }) => compared.has(one) && compared.has(other) && !distinct.has(`${one} ${other}`),
      ),
    )
    const newest = groups.toSorted((one, other) => newestOf(other, compared) - newestOf(one, compared))
    return {
      total: newest.length,
      groups: shownGroups(newest.slice(0, limit), compared, reader, lexicon, language),
    }
  })
}

export const comparedPhotosSql = `SELECT p.id, p.width, p.height, p.format,
    coalesce((SELECT max(size) FROM file WHERE photo_id = p.id), 0) AS bytes,
    iif(p.taken_precision = 'second' AND p.taken_from IN ('exif', 'xmp'), p.taken_at, NULL) AS takenAt,
    max(0, coalesce(p.rating, 0)) + p.favourite AS liked
  FROM json_each(?) some CROSS JOIN photo p ON p.id = some.value WHERE p.visible = 1 AND p.hidden = 0`

/** Of these photos those on the wall. */
function comparedPhotos(reader: Reader, ids: readonly number[]): Map<number, ComparedPhoto> {
  const rows = prepare<[string], ComparedPhoto>(reader, comparedPhotosSql).all(JSON.stringify(ids))
  return new Map(rows.map((photo) => [photo.id, photo]))
}

/** When the latest of its photos was taken, seconds; 0 where that is not known. */
const newestOf = ({ photos }: PictureGroup, compared: ReadonlyMap<number, ComparedPhoto>): number =>
  Math.max(...photos.map(({ id }) => compared.get(id)?.takenAt ?? 0))

function shownGroups(
  groups: readonly PictureGroup[],
  compared: ReadonlyMap<number, ComparedPhoto>,
  reader: Reader,
  lexicon: Lexicon,
  language: Language,
): DuplicateGroup[] {
  const ids = groups.flatMap(({ photos }) => photos.map(({ id }) => id))
  const shown = new Map(
    wallPhotos(sessionOf(reader, lexicon), [], ids, language).map((photo) => [photo.id, photo]),
  )
  return groups.map(({ kind, reason, photos }) => ({
    kind,
    reason,
    photos: photos.flatMap(({ id, changes }) => {
      const [photo, facts] = [shown.get(id), compared.get(id)]
      if (photo === undefined || facts === undefined) return []
      return [{ photo, format: facts.format, bytes: facts.bytes, changes: [...changes] }]
    }),
  }))
}
