import type { PhotoReading } from '../../imaging/photo-reading.ts'
import { fold } from '../../labels/fold.ts'
import type { Library } from '../library.ts'
import { prepare } from '../statements.ts'
import { placeIdAt, UnreadableGazetteer } from './places.ts'
import { offsetMinutes, secondsOf } from '../times.ts'

/** What reading a file told of it; the pixels for the model are of no more use. */
export type StoredReading = Omit<PhotoReading, 'modelInput'>

const columns = {
  format: 'format',
  width: 'width',
  height: 'height',
  orientation: 'orientation',
  takenAt: 'taken_at',
  takenOffset: 'taken_offset',
  takenFrom: 'taken_from',
  latitude: 'latitude',
  longitude: 'longitude',
  place: 'place_id',
  placed: 'placed',
  camera: 'camera_id',
  lens: 'lens_id',
  exposureTime: 'exposure_time',
  fNumber: 'f_number',
  iso: 'iso',
  focalLength: 'focal_length',
  keywords: 'keywords',
  rating: 'rating',
  damaged: 'damaged',
}
const names = Object.keys(columns)
const insertSql = `INSERT INTO photo (content_hash, ${Object.values(columns).join(', ')})
  VALUES (:hash, ${names.map((name) => `:${name}`).join(', ')})`
const updateSql = `UPDATE photo SET ${Object.entries(columns)
  .map(([name, column]) => `${column} = :${name}`)
  .join(', ')} WHERE id = :id`

/** A new photo, which no file holds yet; its id. Part of the caller's transaction. */
export function insertPhoto(library: Library, hash: Buffer, reading: StoredReading): number {
  const insert = prepare<[Record<string, unknown>]>(library, insertSql)
  return Number(insert.run({ hash, ...valuesOf(library, reading) }).lastInsertRowid)
}

/** Part of the caller's transaction. */
export function updateFacts(library: Library, photoId: number, reading: StoredReading): void {
  const update = prepare<[Record<string, unknown>]>(library, updateSql)
  update.run({ id: photoId, ...valuesOf(library, reading) })
}

function valuesOf(library: Library, reading: StoredReading): Record<keyof typeof columns, unknown> {
  const { metadata } = reading
  return {
    format: reading.format,
    width: reading.width,
    height: reading.height,
    orientation: reading.orientation,
    takenAt: metadata.takenAt === null ? null : secondsOf(metadata.takenAt),
    takenOffset: metadata.takenOffset === null ? null : offsetMinutes(metadata.takenOffset),
    takenFrom: metadata.takenFrom,
    latitude: metadata.position?.latitude ?? null,
    longitude: metadata.position?.longitude ?? null,
    ...placeOf(library, metadata.position),
    camera: metadata.camera === null ? null : idOfCamera(library, metadata.camera),
    lens: metadata.lens === null ? null : idOfLens(library, metadata.lens),
    exposureTime: metadata.exposure.time,
    fNumber: metadata.exposure.fNumber,
    iso: metadata.exposure.iso,
    focalLength: metadata.exposure.focalLength,
    keywords: metadata.keywords.length === 0 ? null : JSON.stringify(metadata.keywords),
    rating: metadata.rating,
    damaged: reading.damaged,
  }
}

/** Without a gazetteer the place is looked up later (`placePhotos`, whose caller tells of one that is damaged). */
function placeOf(
  library: Library,
  position: StoredReading['metadata']['position'],
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
