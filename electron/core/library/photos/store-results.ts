import type { ModelIdentity, Tag } from '../../classify/classification.ts'
import type { ProblemKind } from '../../contract/problem-kinds.ts'
import type { PhotoProblem, PhotoReading } from '../../imaging/photo-reading.ts'
import { fold } from '../../labels/fold.ts'
import { refreshFindings } from './index-entries.ts'
import { write, type Library } from '../library.ts'
import type { CategoryMass } from '../../labels/masses.ts'
import { packMasses } from './masses.ts'
import { explained } from '../sqlite-errors.ts'
import { prepare } from '../statements.ts'
import { hashBytes } from './thumbnails.ts'
import { offsetMinutes, secondsOf } from '../times.ts'
import { refreshWords } from './words.ts'

/** What came of looking at one photo. */
export type PhotoResult =
  | {
      readonly kind: 'read'
      readonly photoId: number
      readonly reading: Omit<PhotoReading, 'modelInput'>
      /** `null`: read without a model; to be tagged later (`queueAgain` with `untagged`). */
      readonly tagging: Tagging | null
    }
  | { readonly kind: 'problem'; readonly photoId: number; readonly problem: PhotoProblem }

export interface Tagging {
  /** The five best, best first. */
  readonly tags: readonly Tag[]
  readonly masses: readonly CategoryMass[]
}

/** The file is no usable photo, whatever it was before; the other kinds say nothing about its content. */
const contentProblems: ReadonlySet<ProblemKind> = new Set([
  'empty',
  'unsupported',
  'damaged',
  'too-large',
  'not-an-image',
])

/**
 * Keeps the results of a batch of photos (some 200 at most) and makes them findable, in one transaction. Results for
 * photos that the library no longer has are dropped.
 * @param model that made the tags; `null` only if no result has tags
 * @throws KartotekaError `disk-full` and others as `write`: nothing of the batch is kept then, and it may be given again
 */
export function storeResults(
  library: Library,
  results: readonly PhotoResult[],
  model: ModelIdentity | null,
): void {
  keepThumbnails(library, results)
  write(library, () => {
    const modelId = model === null ? null : idOfModel(library, model)
    const exists = prepare<[number], { id: number }>(library, 'SELECT id FROM photo WHERE id = ?')
    const changed: number[] = []
    const read: number[] = []
    for (const result of results) {
      if (exists.get(result.photoId) === undefined) continue
      changed.push(result.photoId)
      if (result.kind === 'problem') {
        storeProblem(library, result.photoId, result.problem)
        continue
      }
      read.push(result.photoId)
      storeReading(library, result.photoId, result.reading)
      if (result.tagging !== null) storeTagging(library, result.photoId, result.tagging, modelId)
    }
    refreshWords(library, read)
    refreshFindings(library, changed)
  })
}

/** Before the rows, so that no photo is done without its picture; a picture nobody asks for is no harm. */
function keepThumbnails(library: Library, results: readonly PhotoResult[]): void {
  try {
    library.thumbnails.put(
      results.flatMap((result) =>
        result.kind === 'read'
          ? { contentHash: result.reading.contentHash, jpeg: result.reading.thumbnail }
          : [],
      ),
    )
  } catch (error) {
    throw explained(error, library)
  }
}

function storeReading(library: Library, photoId: number, reading: Omit<PhotoReading, 'modelInput'>): void {
  const hash = hashBytes(reading.contentHash)
  // Tags of another content are worse than none; they are gone even if there is no model to make new ones.
  dropTags(library, photoId, hash)
  const { metadata } = reading
  prepare<[Record<string, unknown>]>(library, readingSql).run({
    id: photoId,
    hash,
    format: reading.format,
    width: reading.width,
    height: reading.height,
    orientation: reading.orientation,
    takenAt: metadata.takenAt === null ? null : secondsOf(metadata.takenAt),
    takenOffset: metadata.takenOffset === null ? null : offsetMinutes(metadata.takenOffset),
    takenFrom: metadata.takenFrom,
    latitude: metadata.position?.latitude ?? null,
    longitude: metadata.position?.longitude ?? null,
    camera: metadata.camera === null ? null : idOfCamera(library, metadata.camera),
    lens: metadata.lens === null ? null : idOfLens(library, metadata.lens),
    exposureTime: metadata.exposure.time,
    fNumber: metadata.exposure.fNumber,
    iso: metadata.exposure.iso,
    focalLength: metadata.exposure.focalLength,
    keywords: metadata.keywords.length === 0 ? null : JSON.stringify(metadata.keywords),
    rating: metadata.rating,
    damaged: reading.damaged,
  })
}

const readingSql = `
  UPDATE photo SET state = 'done', attempts = 0, kind = NULL, reason = NULL,
    content_hash = :hash, format = :format, width = :width, height = :height, orientation = :orientation,
    taken_at = :takenAt, taken_offset = :takenOffset, taken_from = :takenFrom,
    latitude = :latitude, longitude = :longitude, camera_id = :camera, lens_id = :lens,
    exposure_time = :exposureTime, f_number = :fNumber, iso = :iso, focal_length = :focalLength,
    keywords = :keywords, rating = :rating, damaged = :damaged
  WHERE id = :id`

/** Forgets the machine's tags of a photo whose content is no longer `hash`. */
function dropTags(library: Library, photoId: number, hash: Buffer | null): void {
  const before = prepare<[number], { hash: Buffer | null }>(
    library,
    'SELECT content_hash AS hash FROM photo WHERE id = ?',
  ).get(photoId)?.hash
  if (before === null || before === undefined || (hash !== null && before.equals(hash))) return
  prepare<[number]>(library, 'DELETE FROM tag WHERE photo_id = ?').run(photoId)
  prepare<[number]>(library, 'DELETE FROM classification WHERE photo_id = ?').run(photoId)
}

function storeTagging(
  library: Library,
  photoId: number,
  { tags, masses }: Tagging,
  modelId: number | null,
): void {
  if (modelId === null) throw new Error('Tags without the model that made them')
  const keepTag = prepare<[number, number, number, number]>(
    library,
    `INSERT INTO tag (photo_id, rank, class_index, probability) VALUES (?, ?, ?, ?)
     ON CONFLICT (photo_id, rank) DO UPDATE SET class_index = excluded.class_index, probability = excluded.probability`,
  )
  for (const { rank, classIndex, probability } of tags) keepTag.run(photoId, rank, classIndex, probability)
  prepare<[number, number, Buffer]>(
    library,
    `INSERT INTO classification (photo_id, model_id, masses) VALUES (?, ?, ?)
     ON CONFLICT (photo_id) DO UPDATE SET model_id = excluded.model_id, masses = excluded.masses`,
  ).run(photoId, modelId, packMasses(masses))
}

function storeProblem(library: Library, photoId: number, { kind, reason }: PhotoProblem): void {
  prepare<[string, string, number]>(
    library,
    "UPDATE photo SET state = 'failed', kind = ?, reason = ? WHERE id = ?",
  ).run(kind, reason, photoId)
  if (!contentProblems.has(kind)) return
  dropTags(library, photoId, null)
  // The hash stays: decisions are about that content, which may turn up again, here or elsewhere.
  prepare<[number]>(library, 'UPDATE photo SET width = NULL, height = NULL, damaged = NULL WHERE id = ?').run(
    photoId,
  )
}

function idOfModel(library: Library, { name, precision, sha256 }: ModelIdentity): number {
  return idOf(
    prepare<[string, string, string], { id: number }>(
      library,
      `INSERT INTO model (name, precision, sha256) VALUES (?, ?, ?)
       ON CONFLICT (sha256) DO UPDATE SET name = excluded.name RETURNING id`,
    ).get(name, precision, sha256),
  )
}

function idOfCamera(library: Library, name: string): number {
  const known = prepare<[string], { id: number }>(library, 'SELECT id FROM camera WHERE name = ?').get(name)
  if (known !== undefined) return known.id
  return idOf(
    prepare<[string, string], { id: number }>(
      library,
      'INSERT INTO camera (name, folded) VALUES (?, ?) RETURNING id',
    ).get(name, fold(name)),
  )
}

function idOfLens(library: Library, name: string): number {
  const known = prepare<[string], { id: number }>(library, 'SELECT id FROM lens WHERE name = ?').get(name)
  if (known !== undefined) return known.id
  return idOf(
    prepare<[string], { id: number }>(library, 'INSERT INTO lens (name) VALUES (?) RETURNING id').get(name),
  )
}

function idOf(row: { readonly id: number } | undefined): number {
  if (row === undefined) throw new Error('SQLite gave no id back')
  return row.id
}

/** Drops all the machine ever said; decisions stay, and stay findable. The photos have to be queued to be tagged anew. */
export function dropMachineTags(library: Library, photoIds: readonly number[]): void {
  write(library, () => {
    for (const id of photoIds) {
      prepare<[number]>(library, 'DELETE FROM tag WHERE photo_id = ?').run(id)
      prepare<[number]>(library, 'DELETE FROM classification WHERE photo_id = ?').run(id)
    }
    refreshFindings(library, photoIds)
  })
}
