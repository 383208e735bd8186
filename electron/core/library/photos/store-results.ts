import type { ModelIdentity, Tag } from '../../classify/classification.ts'
import type { Look } from '../../contract/looks.ts'
import type { NetworkId } from '../../contract/networks.ts'
import type { ProblemKind } from '../../contract/problem-kinds.ts'
import type { PhotoFacts, PhotoMetadata, PhotoProblem } from '../../imaging/photo-reading.ts'
import type { CategoryProbability } from '../../labels/category-probabilities.ts'
import { leaveStale, putBack, queueTurned } from '../files/queue.ts'
import { write, type Library } from '../library.ts'
import { explained } from '../sqlite-errors.ts'
import { prepare } from '../statements.ts'
import type { Turn } from '../../imaging/turn.ts'
import type { Descriptor, PhotoDescriptor } from './features.ts'
import {
  insertPhoto,
  storeAnimated,
  storeFacts,
  storeSidecar,
  updatePicture,
  type StoredReading,
} from './facts.ts'
import {
  attach,
  copyDecisions,
  detach,
  fileRow,
  newContentOf,
  photoOfContent,
  replaceContent,
  type FileRow,
} from './identity.ts'
import { dropKeptResults, keepFormerResult } from './kept-results.ts'
import { networkOf } from './network-choice.ts'
import { packProbabilities } from './packed-probabilities.ts'
import { refreshPhotos } from './refresh.ts'
import { hashBytes } from './thumbnails.ts'

/** What came of reading one file. */
export type FileResult =
  | {
      readonly kind: 'read'
      readonly fileId: number
      readonly reading: StoredReading
      /** `null`: read without a model; to be tagged later (`queueAgain` with `untagged`). */
      readonly tagging: Tagging | null
    }
  /** Its content is that of a photo in the library, so it was not looked at. */
  | {
      readonly kind: 'known'
      readonly fileId: number
      readonly contentHash: string
      /** `null`: not even the facts could be read. */
      readonly facts: PhotoFacts | null
      /** Whether it moves; left out: as is known. */
      readonly animated?: boolean
    }
  | { readonly kind: 'problem'; readonly fileId: number; readonly problem: PhotoProblem }
  /** It is gone, or another than the scan found, and waits for the next scan. */
  | { readonly kind: 'stale'; readonly fileId: number }

export interface Tagging {
  /** The five best, best first. */
  readonly tags: readonly Tag[]
  readonly categoryProbabilities: readonly CategoryProbability[]
  /** Degrees clockwise by which the photo was turned for it. */
  readonly turn: Turn
  /** Which views of it the network saw. Default: the photo as it is. */
  readonly look?: Look
  /** What the photo looks like, when that was asked for. */
  readonly descriptor?: Descriptor
}

/** What was stored, in files. */
export interface Stored {
  /** New photos, edited ones, copies, and those classified anew. */
  readonly indexed: number
  readonly failed: number
  /** Known photos under another name or in another folder. */
  readonly moved: number
  readonly unchanged: number
  /** Left for another scan. */
  readonly stale: number
  /** Of the indexed ones: without tags, as there was no model. */
  readonly untagged: number
  /** Missing files that were found again at another place. */
  readonly foundAgain: number
}

/** The file holds no usable photo, whatever it held before; the other kinds say nothing about its content. */
const contentProblems: ReadonlySet<ProblemKind> = new Set([
  'empty',
  'unsupported',
  'damaged',
  'too-large',
  'not-an-image',
])

/**
 * Keeps the results of a batch of files (some 200 at most) and makes their photos findable, in one transaction. Results
 * for files that the library no longer has are dropped; a file with a known content that was forgotten meanwhile is
 * back in the queue.
 * @param model that made the tags; `null` only if no result has tags
 * @throws KartotekaError `disk-full` and others as `write`: nothing of the batch is kept then, and it may be given again
 */
export function storeResults(
  library: Library,
  results: readonly FileResult[],
  model: ModelIdentity | null,
): Stored {
  keepThumbnails(library, results)
  return write(library, () => {
    const makerOf = model && makers(library, model)
    const stored = { indexed: 0, failed: 0, moved: 0, unchanged: 0, stale: 0, untagged: 0, foundAgain: 0 }
    const changed = new Set<number>()
    const told: Told = new Map()
    const descriptors: PhotoDescriptor[] = []
    const tagged: number[] = []
    for (const result of results) {
      const file = fileRow(library, result.fileId)
      if (file === null) continue
      switch (result.kind) {
        case 'problem':
          storeProblem(library, file, result.problem, changed)
          stored.failed += 1
          break
        case 'stale':
          leaveStale(library, file.id)
          stored.stale += 1
          break
        case 'known':
          storeKnown(library, file, result, { changed, told, stored })
          break
        case 'read': {
          const photoId = storeReading(library, file, result.reading, { changed, told, stored })
          const { contentHash } = result.reading
          const descriptor = result.tagging?.descriptor
          if (result.tagging === null) stored.untagged += 1
          else {
            storeTagging(library, photoId, result.tagging, makerOf)
            tagged.push(photoId)
          }
          if (descriptor !== undefined) descriptors.push({ photoId, contentHash, descriptor })
          stored.indexed += 1
        }
      }
    }
    // Not with each file: a photo may have thousands of copies, and all of them are asked.
    for (const photoId of storeFacts(library, told)) changed.add(photoId)
    // They were edited or turned meanwhile.
    queueTurned(library, tagged)
    refreshPhotos(library, changed)
    // Kept before the rows are, so that no photo is done without it; what nobody asks for is no harm.
    library.features.put(descriptors)
    return stored
  })
}

/** Before the rows, so that no photo is done without its picture; a picture nobody asks for is no harm. */
function keepThumbnails(library: Library, results: readonly FileResult[]): void {
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

type Counts = { -readonly [Name in keyof Stored]: number }
/** What the contents of photos say, as just read. */
type Told = Map<number, PhotoMetadata>

/** What comes of a batch, as far as it was stored. */
interface Batch {
  /** Photos to be refreshed. */
  readonly changed: Set<number>
  readonly told: Told
  readonly stored: Counts
}

function storeKnown(
  library: Library,
  file: FileRow,
  { contentHash, facts, animated }: Extract<FileResult, { readonly kind: 'known' }>,
  { changed, told, stored }: Batch,
): void {
  const photoId = photoOfContent(library, hashBytes(contentHash))
  if (photoId === null) {
    putBack(library, [file.id])
    return
  }
  const { moved, foundAgain } = attach(library, file, photoId)
  if (foundAgain) stored.foundAgain += 1
  if (facts !== null) {
    storeSidecar(library, file.id, facts.sidecar)
    told.set(photoId, facts.content)
  }
  if (animated !== undefined) storeAnimated(library, photoId, animated)
  if (file.photoId === photoId) {
    stored.unchanged += 1
    return
  }
  stored[moved ? 'moved' : 'indexed'] += 1
  for (const id of [photoId, file.photoId]) if (id !== null) changed.add(id)
}

/** @returns the photo that the file holds now */
function storeReading(
  library: Library,
  file: FileRow,
  reading: StoredReading,
  { changed, told, stored }: Batch,
): number {
  const hash = hashBytes(reading.contentHash)
  const { content, sidecar } = reading.facts
  const known = photoOfContent(library, hash)
  const photoId = known ?? photoOfNewContent(library, file, hash, reading)
  storeSidecar(library, file.id, sidecar)
  if (attach(library, file, photoId).foundAgain) stored.foundAgain += 1
  // Also of a copy: another sidecar may have turned it, and its thumbnail and tags are those that are kept.
  if (known !== null || photoId === file.photoId) updatePicture(library, photoId, reading)
  told.set(photoId, content)
  for (const id of [photoId, file.photoId]) if (id !== null) changed.add(id)
  return photoId
}

function photoOfNewContent(library: Library, file: FileRow, hash: Buffer, reading: StoredReading): number {
  const found = newContentOf(library, file)
  if (found.kind === 'edited') {
    replaceContent(library, found.photoId, hash)
    // Tags of another content are worse than none; they are gone even if there is no model to make new ones.
    dropTags(library, found.photoId)
    return found.photoId
  }
  const photoId = insertPhoto(library, hash, reading, { ...file, sidecar: reading.facts.sidecar })
  if (found.from !== null) copyDecisions(library, found.from, photoId)
  return photoId
}

function storeProblem(
  library: Library,
  file: FileRow,
  { kind, reason }: PhotoProblem,
  changed: Set<number>,
): void {
  prepare<[string, string, number]>(
    library,
    "UPDATE file SET state = 'failed', problem = ?, reason = ? WHERE id = ?",
  ).run(kind, reason, file.id)
  if (contentProblems.has(kind)) detach(library, file.id)
  if (file.photoId !== null) changed.add(file.photoId)
}

/** Forgets what the model said of a photo. Decisions stay. */
export function dropTags(library: Library, photoId: number): void {
  prepare<[number]>(library, 'DELETE FROM tag WHERE photo_id = ?').run(photoId)
  prepare<[number]>(library, 'DELETE FROM classification WHERE photo_id = ?').run(photoId)
  dropKeptResults(library, photoId)
}

function storeTagging(
  library: Library,
  photoId: number,
  { tags, categoryProbabilities, turn, look = 'plain' }: Tagging,
  makerOf: ((look: Look) => Maker) | null,
): void {
  if (makerOf === null) throw new Error('Tags without the model that made them')
  const maker = makerOf(look)
  keepFormerResult(library, photoId, maker.network)
  const keepTag = prepare<[number, number, number, number]>(
    library,
    `INSERT INTO tag (photo_id, rank, class_index, probability) VALUES (?, ?, ?, ?)
     ON CONFLICT (photo_id, rank) DO UPDATE SET class_index = excluded.class_index, probability = excluded.probability`,
  )
  for (const { rank, classIndex, probability } of tags) keepTag.run(photoId, rank, classIndex, probability)
  prepare<[number, number, Buffer, Turn]>(
    library,
    `INSERT INTO classification (photo_id, model_id, categories, turn) VALUES (?, ?, ?, ?)
     ON CONFLICT (photo_id) DO UPDATE SET model_id = excluded.model_id, categories = excluded.categories, turn = excluded.turn`,
  ).run(photoId, maker.id, packProbabilities(categoryProbabilities), turn)
}

interface Maker {
  readonly id: number
  readonly network: NetworkId
}

/** What a photo was looked at by: the model, and how carefully. */
function makers(library: Library, model: ModelIdentity): (look: Look) => Maker {
  const network = networkOf(model)
  const known = new Map<Look, Maker>()
  return (look) => {
    const maker = known.get(look) ?? { id: idOfModel(library, model, look), network }
    known.set(look, maker)
    return maker
  }
}

function idOfModel(library: Library, model: ModelIdentity, look: Look): number {
  const { name, precision, sha256 } = model
  const row = prepare<[string, string, string, string, Look], { id: number }>(
    library,
    `INSERT INTO model (name, precision, sha256, network, look) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (sha256, look) DO UPDATE SET name = excluded.name, network = excluded.network RETURNING id`,
  ).get(name, precision, sha256, networkOf(model), look)
  if (row === undefined) throw new Error('SQLite gave no id back')
  return row.id
}
