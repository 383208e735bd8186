import { isDeepStrictEqual } from 'node:util'
import type { PhotoMetadata } from '../../imaging/photo-reading.ts'
import { fold } from '../../labels/fold.ts'
import type { Library } from '../library.ts'
import { prepare } from '../statements.ts'
import { offsetMinutes, secondsOf } from '../times.ts'
import { placeIdAt, UnreadableGazetteer } from './places.ts'

/** Where the facts of a photo are kept in the table `photo`. */

const dateColumns = {
  takenAt: 'taken_at',
  takenPrecision: 'taken_precision',
  takenOffset: 'taken_offset',
  takenFrom: 'taken_from',
} as const
const positionColumns = {
  latitude: 'latitude',
  longitude: 'longitude',
  place: 'place_id',
  placed: 'placed',
} as const
const ratingColumns = { rating: 'rating' } as const
const otherColumns = {
  camera: 'camera_id',
  lens: 'lens_id',
  exposureTime: 'exposure_time',
  fNumber: 'f_number',
  iso: 'iso',
  focalLength: 'focal_length',
  keywords: 'keywords',
  keywordPaths: 'keyword_paths',
} as const

type Values<Columns> = Readonly<Record<keyof Columns, unknown>>
type FactValues = Values<
  typeof dateColumns & typeof positionColumns & typeof ratingColumns & typeof otherColumns
>

/** Names of values and of their columns. */
export const factColumns: readonly (readonly [name: string, column: string])[] = [
  dateColumns,
  positionColumns,
  ratingColumns,
  otherColumns,
].flatMap((columns) => Object.entries(columns))

/** `column = :name, …` */
export const assigned = (pairs: readonly (readonly [name: string, column: string])[]): string =>
  pairs.map(([name, column]) => `${column} = :${name}`).join(', ')

/** What is written together: every index on a column that a statement names is written, whether or not it changes. */
interface Part {
  /** What of the facts is kept there. */
  readonly of: (facts: PhotoMetadata) => unknown
  readonly values: (library: Library, facts: PhotoMetadata) => Values<object>
  readonly sql: string
}

const part = <Columns extends object>(
  columns: Columns,
  of: Part['of'],
  values: (library: Library, facts: PhotoMetadata) => Values<Columns>,
): Part => ({
  of,
  values,
  sql: `UPDATE photo SET ${assigned(Object.entries(columns))} WHERE id = :id`,
})

const parts: readonly Part[] = [
  part(
    dateColumns,
    ({ takenAt, takenPrecision, takenOffset, takenFrom }) => [
      takenAt,
      takenPrecision,
      takenOffset,
      takenFrom,
    ],
    (_, facts) => dateValues(facts),
  ),
  part(positionColumns, ({ position }) => position, positionValues),
  part(
    ratingColumns,
    ({ rating }) => rating,
    (_, { rating }) => ({ rating }),
  ),
  part(
    otherColumns,
    ({ camera, lens, exposure, keywords, keywordPaths }) => [camera, lens, exposure, keywords, keywordPaths],
    otherValues,
  ),
]

/** Facts as they are kept; cameras, lenses and places that were not known are made known. Part of the caller's transaction. */
export function factValues(library: Library, facts: PhotoMetadata): FactValues {
  return {
    ...dateValues(facts),
    ...positionValues(library, facts),
    rating: facts.rating,
    ...otherValues(library, facts),
  }
}

/** Part of the caller's transaction. @returns whether anything changes */
export function updateFacts(
  library: Library,
  photoId: number,
  before: PhotoMetadata,
  after: PhotoMetadata,
): boolean {
  const changed = parts.filter(({ of }) => !isDeepStrictEqual(of(before), of(after)))
  for (const { sql, values } of changed)
    prepare<[Record<string, unknown>]>(library, sql).run({ id: photoId, ...values(library, after) })
  return changed.length > 0
}

function dateValues(facts: PhotoMetadata): Values<typeof dateColumns> {
  return {
    takenAt: facts.takenAt === null ? null : secondsOf(facts.takenAt),
    takenPrecision: facts.takenPrecision,
    takenOffset: facts.takenOffset === null ? null : offsetMinutes(facts.takenOffset),
    takenFrom: facts.takenFrom,
  }
}

function positionValues(library: Library, { position }: PhotoMetadata): Values<typeof positionColumns> {
  return {
    latitude: position?.latitude ?? null,
    longitude: position?.longitude ?? null,
    ...placeOf(library, position),
  }
}

function otherValues(library: Library, facts: PhotoMetadata): Values<typeof otherColumns> {
  return {
    camera: facts.camera === null ? null : idOfCamera(library, facts.camera),
    lens: facts.lens === null ? null : idOfLens(library, facts.lens),
    exposureTime: facts.exposure.time,
    fNumber: facts.exposure.fNumber,
    iso: facts.exposure.iso,
    focalLength: facts.exposure.focalLength,
    keywords: facts.keywords.length === 0 ? null : JSON.stringify(facts.keywords),
    keywordPaths: facts.keywordPaths.length === 0 ? null : JSON.stringify(facts.keywordPaths),
  }
}

/** Without a gazetteer the place is looked up later (`placePhotos`, whose caller tells of one that is damaged). */
function placeOf(
  library: Library,
  position: PhotoMetadata['position'],
): { place: number | null; placed: 0 | 1 } {
  const gazetteer = position === null ? null : library.gazetteer()
  if (position === null || gazetteer === null) return { place: null, placed: 0 }
  try {
    return { place: placeIdAt(library, gazetteer, position), placed: 1 }
  } catch (error) {
    if (error instanceof UnreadableGazetteer) return { place: null, placed: 0 }
    throw error
  }
}

function idOfCamera(library: Library, name: string): number {
  const known = prepare<[string], { id: number }>(library, 'SELECT id FROM camera WHERE name = ?').get(name)
  if (known !== undefined) return known.id
  const insert = prepare<[string, string]>(library, 'INSERT INTO camera (name, folded) VALUES (?, ?)')
  return Number(insert.run(name, fold(name)).lastInsertRowid)
}

function idOfLens(library: Library, name: string): number {
  const known = prepare<[string], { id: number }>(library, 'SELECT id FROM lens WHERE name = ?').get(name)
  if (known !== undefined) return known.id
  return Number(prepare<[string]>(library, 'INSERT INTO lens (name) VALUES (?)').run(name).lastInsertRowid)
}
