import { join } from 'node:path'
import type { ModelIdentity, Tag } from '../../classify/classification.ts'
import type { ProblemKind } from '../../contract/problem-kinds.ts'
import type { ExposureFacts } from '../../imaging/photo-reading.ts'
import { decisionsOf, type Decision } from '../decisions/decisions.ts'
import type { Library } from '../library.ts'
import type { CategoryMass } from '../../labels/masses.ts'
import { unpackMasses } from './masses.ts'
import type { PhotoState } from '../files/files.ts'
import { prepare } from '../statements.ts'
import { localTimeOf, offsetText } from '../times.ts'
import { keywordsOf } from './words.ts'

/** Everything the library knows of one photo. */
export interface PhotoRecord {
  readonly id: number
  /** Absolute path, of the folder and of the file, in text form. */
  readonly folder: string
  readonly path: string
  readonly name: string
  readonly size: number
  readonly state: PhotoState
  readonly kind: ProblemKind | null
  readonly reason: string | null
  readonly presence: 'here' | 'missing' | 'removed'
  /** Its disk is away. */
  readonly offline: boolean
  readonly contentHash: string | null
  readonly format: string | null
  readonly width: number | null
  readonly height: number | null
  readonly orientation: number | null
  readonly takenAt: string | null
  readonly takenOffset: string | null
  readonly takenFrom: 'exif' | 'xmp' | 'file-name' | 'file-time' | null
  readonly position: { readonly latitude: number; readonly longitude: number } | null
  readonly camera: string | null
  readonly lens: string | null
  readonly exposure: ExposureFacts
  readonly keywords: readonly string[]
  readonly rating: number | null
  readonly damaged: string | null
  readonly tags: readonly Tag[]
  readonly masses: readonly CategoryMass[]
  /** The model that made the tags. */
  readonly model: ModelIdentity | null
  readonly decisions: readonly Decision[]
  /** Paths of other files with the same content. */
  readonly copies: readonly string[]
}

interface Row extends Omit<
  PhotoRecord,
  'path' | 'offline' | 'contentHash' | 'takenAt' | 'takenOffset' | 'position' | 'exposure' | 'keywords'
> {
  readonly offline: number
  readonly hash: Buffer | null
  readonly takenAt: number | null
  readonly takenOffset: number | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly exposureTime: number | null
  readonly fNumber: number | null
  readonly iso: number | null
  readonly focalLength: number | null
  readonly keywords: string | null
}

export const photoRecordSql = `
  SELECT p.id, f.path AS folder, p.name, p.size, p.state, p.kind, p.reason, p.presence, f.offline,
    iif(p.width IS NULL, NULL, p.content_hash) AS hash, p.format, p.width, p.height, p.orientation, p.taken_at AS takenAt,
    p.taken_offset AS takenOffset, p.taken_from AS takenFrom, p.latitude, p.longitude, c.name AS camera,
    l.name AS lens, p.exposure_time AS exposureTime, p.f_number AS fNumber, p.iso, p.focal_length AS focalLength,
    p.keywords, p.rating, p.damaged
  FROM photo p JOIN folder f ON f.id = p.folder_id
  LEFT JOIN camera c ON c.id = p.camera_id LEFT JOIN lens l ON l.id = p.lens_id
  WHERE p.id = ?`

/** `null` when there is no such photo. */
export function readPhoto(library: Library, id: number): PhotoRecord | null {
  const row = prepare<[number], Row>(library, photoRecordSql).get(id)
  if (row === undefined) return null
  const { hash, latitude, longitude, exposureTime, fNumber, iso, focalLength, takenOffset, ...same } = row
  return {
    ...same,
    path: join(row.folder, row.name),
    offline: row.offline === 1,
    contentHash: hash?.toString('hex') ?? null,
    takenAt: localTimeOf(row.takenAt),
    takenOffset: takenOffset === null ? null : offsetText(takenOffset),
    position: latitude === null || longitude === null ? null : { latitude, longitude },
    exposure: { time: exposureTime, fNumber, iso, focalLength },
    keywords: keywordsOf(row.keywords),
    tags: tagsOf(library, id),
    ...classificationOf(library, id),
    decisions: decisionsOf(library, id),
    copies: hash === null ? [] : copiesOf(library, id, hash),
  }
}

/** The five best classes of a photo, best first; none while it is untagged. */
function tagsOf(library: Library, photoId: number): Tag[] {
  return prepare<[number], Tag>(
    library,
    'SELECT rank, class_index AS classIndex, probability FROM tag WHERE photo_id = ? ORDER BY rank',
  ).all(photoId)
}

function classificationOf(library: Library, photoId: number): Pick<PhotoRecord, 'masses' | 'model'> {
  const row = prepare<[number], ModelIdentity & { masses: Buffer }>(
    library,
    `SELECT c.masses, m.name, m.precision, m.sha256 FROM classification c JOIN model m ON m.id = c.model_id
     WHERE c.photo_id = ?`,
  ).get(photoId)
  if (row === undefined) return { masses: [], model: null }
  const { masses, ...model } = row
  return { masses: unpackMasses(masses), model }
}

export const sameContentSql = 'SELECT id FROM photo WHERE content_hash = ? AND id <> ? AND visible = 1'

function copiesOf(library: Library, photoId: number, hash: Buffer): string[] {
  const place = prepare<[number], { folder: string; name: string }>(
    library,
    'SELECT f.path AS folder, p.name FROM photo p JOIN folder f ON f.id = p.folder_id WHERE p.id = ?',
  )
  return prepare<[Buffer, number], { id: number }>(library, sameContentSql)
    .all(hash, photoId)
    .flatMap(({ id }) => place.get(id) ?? [])
    .map(({ folder, name }) => join(folder, name))
}
