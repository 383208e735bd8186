import type { ModelIdentity, Tag } from '../../classify/classification.ts'
import type { Look } from '../../contract/looks.ts'
import type { ProblemKind } from '../../contract/problem-kinds.ts'
import type { PhotoMetadata } from '../../imaging/photo-reading.ts'
import type { CategoryProbability } from '../../labels/category-probabilities.ts'
import { childOf } from '../../paths/os-path.ts'
import { decisionsOf, type Decision } from '../decisions/decisions.ts'
import type { FileState } from '../files/files.ts'
import { prepare, type Reader } from '../statements.ts'
import { photoFiles, type PhotoFile } from './best-file.ts'
import { factsInFiles } from './facts.ts'
import { unpackProbabilities } from './packed-probabilities.ts'
import { readPlace, type PhotoPlace } from './places.ts'
import { saidFacts, type SaidFacts } from './said-facts.ts'
import { metadataOf, metadataSql, type MetadataRow } from './shown-facts.ts'

/** What looked at a photo: a model, and which views of it that saw. */
interface LookedAt extends ModelIdentity {
  readonly look: Look
}

/** Everything the library knows of one photo, and of the file that speaks for it. */
export interface PhotoRecord extends FileRecord, PhotoMetadata {
  /** `null` at sea, without a position, or while it was not looked up. */
  readonly place: PhotoPlace | null
  readonly id: number
  readonly contentHash: string
  readonly format: string
  readonly width: number
  readonly height: number
  readonly orientation: number | null
  readonly damaged: string | null
  readonly tags: readonly Tag[]
  readonly categoryProbabilities: readonly CategoryProbability[]
  /** The model that made the tags. */
  readonly model: LookedAt | null
  readonly decisions: readonly Decision[]
  /** What a person said beside labels; it outranks the files' word. */
  readonly said: SaidFacts
  /** What the files say without that; `null` where nothing of it stands above them. */
  readonly inFiles: PhotoMetadata | null
  /** All of them, the one that speaks for the photo first. */
  readonly files: readonly PhotoFile[]
  /** Further files that hold the photo and are there, or were when their disk went away. */
  readonly copies: number
}

/** What the library knows of a file, whether or not it holds a photo. */
export interface FileRecord {
  /** Absolute path, of the folder and of the file, in text form. */
  readonly folder: string
  readonly path: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly state: FileState
  readonly problem: ProblemKind | null
  readonly reason: string | null
  readonly presence: PhotoFile['presence']
}

interface Row
  extends MetadataRow, Pick<PhotoRecord, 'format' | 'width' | 'height' | 'orientation' | 'damaged'> {
  readonly hash: Buffer
  readonly placeId: number | null
  readonly copies: number
}

export const photoRecordSql = `
  SELECT p.content_hash AS hash, p.format, p.width, p.height, p.orientation, p.place_id AS placeId, p.damaged,
    max(0, p.files - 1) AS copies, ${metadataSql}
  FROM photo p LEFT JOIN camera c ON c.id = p.camera_id LEFT JOIN lens l ON l.id = p.lens_id
  WHERE p.id = ?`

/** `null` when there is no such photo, or no folder with it any more. */
export function readPhoto(reader: Reader, id: number): PhotoRecord | null {
  const row = prepare<[number], Row>(reader, photoRecordSql).get(id)
  const files = photoFiles(reader, id)
  const [best] = files
  const file = best === undefined ? null : readFile(reader, best.id)
  if (row === undefined || file === null) return null
  const metadata = metadataOf(row)
  const { format, width, height, orientation, damaged, copies } = row
  const said = saidFacts(reader, id)
  const differs = said.rating !== undefined || said.taken !== undefined || said.position !== undefined
  return {
    ...file,
    ...metadata,
    id,
    contentHash: row.hash.toString('hex'),
    format,
    width,
    height,
    orientation,
    damaged,
    copies,
    place: row.placeId === null ? null : readPlace(reader, row.placeId, metadata.position),
    tags: tagsOf(reader, id),
    ...classificationOf(reader, id),
    decisions: decisionsOf(reader, id),
    said,
    inFiles: differs ? factsInFiles(reader, id) : null,
    files,
  }
}

export const fileRecordSql = `
  SELECT f.path AS folder, fi.name, fi.size, fi.state, fi.problem, fi.reason,
    iif(fi.presence = 'here' AND f.offline = 1, 'offline', fi.presence) AS presence
  FROM file fi CROSS JOIN folder f ON f.id = fi.folder_id WHERE fi.id = ?`

/** `null` when there is no such file. */
export function readFile(reader: Reader, id: number): FileRecord | null {
  const row = prepare<[number], Omit<FileRecord, 'path'>>(reader, fileRecordSql).get(id)
  return row === undefined ? null : { ...row, path: childOf(row.folder, row.name) }
}

/** The five best classes of a photo, best first; none while it is untagged. */
function tagsOf(reader: Reader, photoId: number): Tag[] {
  return prepare<[number], Tag>(
    reader,
    'SELECT rank, class_index AS classIndex, probability FROM tag WHERE photo_id = ? ORDER BY rank',
  ).all(photoId)
}

function classificationOf(
  reader: Reader,
  photoId: number,
): Pick<PhotoRecord, 'categoryProbabilities' | 'model'> {
  const row = prepare<[number], LookedAt & { categories: Buffer }>(
    reader,
    `SELECT c.categories, m.name, m.precision, m.sha256, m.look FROM classification c JOIN model m ON m.id = c.model_id
     WHERE c.photo_id = ?`,
  ).get(photoId)
  if (row === undefined) return { categoryProbabilities: [], model: null }
  const { categories, ...model } = row
  return { categoryProbabilities: unpackProbabilities(categories), model }
}
