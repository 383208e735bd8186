import type { Language } from '../contract/values.ts'
import { shownOrientation } from '../imaging/turn.ts'
import { ancestorsIn } from '../labels/ancestors.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import { firstOwnId, type TermId } from '../labels/term.ts'
import { albums, albumTerm } from '../library/decisions/albums.ts'
import { ownLabels } from '../library/decisions/own-labels.ts'
import { readPhoto, type PhotoRecord } from '../library/photos/details.ts'
import { cutOffsInUse } from '../library/photos/cut-offs.ts'
import { decidedScore, scoresOf } from '../library/photos/index-entries.ts'
import { scoreOf } from '../library/photos/packed-probabilities.ts'
import { placeNameIn, type NamedPlace } from '../library/photos/places.ts'
import { prepare, type Reader } from '../library/statements.ts'
import type { DecidedField, ExportedLabel, ExportedPhoto } from './exported-photo.ts'

export const photoIdsSql = 'SELECT id FROM photo WHERE files > 0 ORDER BY id'

/** Ids of all photos that a file holds, also hidden ones and those behind others. */
export function allPhotoIds(reader: Reader): number[] {
  return prepare<[], { id: number }>(reader, photoIdsSql)
    .all()
    .map(({ id }) => id)
}

/**
 * What the library says of photos, in words of a language. Own labels and albums are looked up once: for one export.
 * @returns a function that gives `null` for a photo that is not there, or that no file holds now
 */
export function photosIn(
  reader: Reader,
  lexicon: Lexicon,
  language: Language,
): (id: number) => ExportedPhoto | null {
  const naming = namingIn(reader, lexicon, language)
  const ancestorsOf = ancestorsIn(lexicon)
  const albumNames = new Map(albums(reader).map(({ id, name }) => [albumTerm(id), name]))
  return (id) => {
    const photo = readPhoto(reader, id)
    const paths = (photo?.files ?? [])
      .filter(({ presence }) => presence === 'here' || presence === 'offline')
      .map(({ path }) => path)
    if (photo === null || paths.length === 0) return null
    const inAlbums = photo.decisions.flatMap(({ term, verdict }) =>
      verdict === 'removed' ? [] : (albumNames.get(term) ?? []),
    )
    return {
      ...exported(photo, paths, labelsOf(photo, naming, ancestorsOf), language),
      albums: inAlbums.toSorted(),
    }
  }
}

function exported(
  photo: PhotoRecord,
  paths: readonly string[],
  labels: readonly ExportedLabel[],
  language: Language,
): Omit<ExportedPhoto, 'albums'> {
  const { id, contentHash, rating, said, position, place, takenAt, takenPrecision } = photo
  const nameOf = (named: NamedPlace | null): string | null =>
    named === null ? null : placeNameIn(language, named)
  return {
    id,
    paths,
    contentHash,
    labels,
    rating,
    favourite: said.favourite ?? false,
    hidden: said.hidden ?? false,
    title: said.title ?? null,
    note: said.note ?? null,
    taken:
      takenAt === null
        ? null
        : {
            at: takenAt,
            precision: takenPrecision ?? 'second',
            offset: photo.takenOffset,
            from: photo.takenFrom,
          },
    position,
    place: place && {
      town: nameOf(place.town),
      region: nameOf(place.region),
      country: nameOf(place.country),
    },
    orientation: shownOrientation(photo.orientation, said.turn ?? 0),
    decided: new Set(decidedFields.filter((field) => said[field] !== undefined)),
  }
}

const decidedFields: readonly DecidedField[] = ['rating', 'title', 'note', 'taken', 'position', 'turn']

interface Naming {
  /** `null` for a label that has no name any more. */
  readonly nameOf: (term: TermId) => string | null
  /** From the root to the term; of several ways the first. */
  readonly pathOf: (term: TermId) => readonly string[]
  /** In 1/10,000: what is below it is no more than possible. */
  readonly thresholdOf: (term: TermId) => number
}

function namingIn(reader: Reader, lexicon: Lexicon, language: Language): Naming {
  const own = new Map(ownLabels(reader).map(({ term, name }) => [term, name]))
  const parents = new Map<TermId, readonly TermId[]>([
    ...lexicon.classes.map((each) => [each.index, each.parents] as const),
    ...lexicon.categories.map((each) => [each.id, each.parents] as const),
  ])
  const pathOf = (term: TermId): readonly string[] => {
    if (term >= firstOwnId) return [own.get(term) ?? '']
    const [parent] = parents.get(term) ?? []
    return [...(parent === undefined ? [] : pathOf(parent)), lexicon.label(term, language)]
  }
  const cutOffInUse = cutOffsInUse(reader)
  return {
    nameOf: (term) => (term < firstOwnId ? lexicon.label(term, language) : (own.get(term) ?? null)),
    pathOf,
    thresholdOf: (term) => cutOffInUse(term, Math.max(1, scoreOf(lexicon.threshold(term)))),
  }
}

/** Sure, confirmed and added ones, the surest first. */
function labelsOf(
  photo: PhotoRecord,
  { nameOf, pathOf, thresholdOf }: Naming,
  ancestorsOf: (term: TermId) => readonly TermId[],
): ExportedLabel[] {
  return [...scoresOf(photo, ancestorsOf)]
    .filter(([term, score]) => score >= thresholdOf(term))
    .toSorted(([one, first], [other, second]) => second - first || one - other)
    .flatMap(([term, score]) => {
      const name = nameOf(term)
      if (name === null) return []
      const from = score === decidedScore ? 'person' : 'network'
      return { name, path: pathOf(term), isOwn: term >= firstOwnId, from }
    })
}
