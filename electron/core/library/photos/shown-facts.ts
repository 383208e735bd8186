import type { PhotoMetadata } from '../../imaging/photo-reading.ts'
import { prepare, type Reader } from '../statements.ts'
import { localTimeOf, offsetText } from '../times.ts'
import { keptKeywordPaths, keptKeywords } from './kept-facts.ts'

/** The columns of `photo AS p` that hold what is shown of a photo, with `camera AS c` and `lens AS l` joined. */
export const metadataSql = `p.taken_at AS takenAt, p.taken_precision AS takenPrecision, p.taken_offset AS takenOffset,
    p.taken_from AS takenFrom, p.latitude, p.longitude, c.name AS camera, l.name AS lens,
    p.exposure_time AS exposureTime, p.f_number AS fNumber, p.iso, p.focal_length AS focalLength,
    p.keywords, p.keyword_paths AS keywordPaths, p.rating`

export interface MetadataRow extends Pick<
  PhotoMetadata,
  'takenPrecision' | 'takenFrom' | 'camera' | 'lens' | 'rating'
> {
  readonly takenAt: number | null
  readonly takenOffset: number | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly exposureTime: number | null
  readonly fNumber: number | null
  readonly iso: number | null
  readonly focalLength: number | null
  readonly keywords: string | null
  readonly keywordPaths: string | null
}

/** The same as it is used everywhere else. */
export function metadataOf(row: MetadataRow): PhotoMetadata {
  const { latitude, longitude, takenOffset } = row
  return {
    takenAt: localTimeOf(row.takenAt),
    takenPrecision: row.takenPrecision,
    takenOffset: takenOffset === null ? null : offsetText(takenOffset),
    takenFrom: row.takenFrom,
    position: latitude === null || longitude === null ? null : { latitude, longitude },
    camera: row.camera,
    lens: row.lens,
    exposure: {
      time: row.exposureTime,
      fNumber: row.fNumber,
      iso: row.iso,
      focalLength: row.focalLength,
    },
    keywords: keptKeywords(row.keywords),
    keywordPaths: keptKeywordPaths(row.keywordPaths),
    rating: row.rating,
  }
}

export const shownFactsSql = `
  SELECT p.id, ${metadataSql} FROM json_each(?) some CROSS JOIN photo p ON p.id = some.value
  LEFT JOIN camera c ON c.id = p.camera_id LEFT JOIN lens l ON l.id = p.lens_id`

/** What is shown of photos now; of those that are gone nothing. One statement for many: one for each takes ten times as long. */
export function shownFactsOf(
  reader: Reader,
  photoIds: readonly number[],
): ReadonlyMap<number, PhotoMetadata> {
  const select = prepare<[string], MetadataRow & { readonly id: number }>(reader, shownFactsSql)
  return new Map(select.all(JSON.stringify(photoIds)).map((row) => [row.id, metadataOf(row)]))
}

/** The same of one; `null` when there is no such photo. */
export function shownFacts(reader: Reader, photoId: number): PhotoMetadata | null {
  return shownFactsOf(reader, [photoId]).get(photoId) ?? null
}
