import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite, { type Database } from 'better-sqlite3'
import type { DatePrecision, DateSource } from '../../../electron/core/contract/dates.ts'
import { fold } from '../../../electron/core/labels/fold.ts'
import type { Lexicon } from '../../../electron/core/labels/lexicon.ts'
import { scoresOf, type Verdict } from '../../../electron/core/library/photos/index-entries.ts'
import { packProbabilities } from '../../../electron/core/library/photos/packed-probabilities.ts'
import type { Reader } from '../../../electron/core/library/statements.ts'
import { secondsOf, undatedAt } from '../../../electron/core/library/times.ts'
import { createDatabase } from '../../../electron/core/library/upkeep/create.ts'
import { applicationId, libraryFile } from '../../../electron/core/library/upkeep/library-files.ts'
import { migrationsFolder, readMigrations } from '../../../electron/core/library/upkeep/migrate.ts'
import { openReader } from '../../../electron/core/library/upkeep/open.ts'

/** A file that holds a photo. */
export interface SampleFile {
  readonly name: string
  /** Below the root `/photos`. */
  readonly folder?: string
  readonly state?: 'pending' | 'done' | 'failed'
  /** The disk of its folder is away. */
  readonly offline?: boolean
  readonly presence?: 'here' | 'missing'
}

/** Towns with their countries, and with a region where one has another name than the town. */
const towns = {
  moscow: { id: 2, latitude: 55.75, longitude: 37.62 },
  rome: { id: 5, latitude: 41.89, longitude: 12.48 },
  murmansk: { id: 6, latitude: 68.97, longitude: 33.09 },
} as const
type Town = keyof typeof towns

function townOf({ place }: Sample): (typeof towns)[Town] | null {
  if (place === undefined || place === false) return null
  return towns[place === true ? 'moscow' : place]
}

/** A photo with its first file. */
export interface Sample extends SampleFile {
  /** Further files that hold it. */
  readonly copies?: readonly SampleFile[]
  /** The beginning of what is known of it; by default that is the second. */
  readonly takenAt?: string
  readonly takenPrecision?: DatePrecision
  /** By default the camera's own. */
  readonly takenFrom?: DateSource
  readonly rating?: number
  readonly tags?: readonly (readonly [classIndex: number, probability: number])[]
  readonly categoryProbabilities?: readonly (readonly [categoryId: number, probability: number])[]
  readonly decisions?: readonly (readonly [term: number, verdict: Verdict])[]
  readonly keywords?: readonly string[]
  readonly camera?: string
  readonly format?: string
  /** Pixels, upright by its file. */
  readonly size?: readonly [width: number, height: number]
  /** By the person, degrees clockwise. */
  readonly turn?: 0 | 90 | 180 | 270
  /** Where it was taken; `true`: in Moscow. */
  readonly place?: boolean | Town
  readonly damaged?: boolean
  readonly favourite?: boolean
  /** As the person wrote them. */
  readonly title?: string
  readonly note?: string
  /** Off the wall, as the person wanted. */
  readonly hidden?: boolean
  /** Another photo of its stack is shown for it. */
  readonly behind?: boolean
}

export interface SampleLibrary {
  readonly reader: Reader
  /** The writing connection. */
  readonly db: Database
  readonly close: () => void
}

/**
 * A library on disk that holds these photos, with ids 1, 2, … in their order. It is filled by plain SQL, from the
 * comments in the schema, so that searches are tested against what the tables promise.
 */
export function sampleLibrary(
  samples: readonly Sample[],
  lexicon: Pick<Lexicon, 'classes' | 'categories'>,
  ownLabels: readonly string[] = [],
  /** Their numbers go on after those of the labels. */
  albums: readonly string[] = [],
): SampleLibrary {
  const folder = mkdtempSync(join(tmpdir(), 'kartoteka-search-'))
  createDatabase(libraryFile(folder), {
    id: applicationId,
    migrations: readMigrations(migrationsFolder()),
  })
  const db = new SQLite(libraryFile(folder))
  db.pragma('synchronous = OFF')
  db.transaction(() => {
    for (const name of ownLabels)
      db.prepare('INSERT INTO own_label (name, folded) VALUES (?, ?)').run(name, fold(name))
    for (const name of albums) {
      const { lastInsertRowid } = db
        .prepare("INSERT INTO own_label (kind, name, folded) VALUES ('album', ?, ?)")
        .run(name, fold(name))
      db.prepare('INSERT INTO album (own_id) VALUES (?)').run(lastInsertRowid)
    }
    db.exec("INSERT INTO root (id, path, added_at) VALUES (1, '/photos', 0)")
    db.exec("INSERT INTO model (id, name, precision, sha256) VALUES (1, 'googlenet', 'fp32', '00')")
    putPlaces(db)
    for (const [at, sample] of samples.entries()) putSample(db, at + 1, sample, lexicon)
  })()
  const reader = openReader(folder)
  return {
    reader,
    db,
    close: () => {
      reader.close()
      db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const names = (...all: string[]): string => all.join('\n')

function putPlaces(db: Database): void {
  const put = db.prepare('INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  put.run(1, 'country', 'RU', null, 'Russia', '{"ru":"Россия"}', null, null, names('russia', 'россия'))
  put.run(2, 'town', '1', 1, 'Moscow', '{"ru":"Москва"}', 55.75, 37.62, names('moscow', 'москва'))
  put.run(3, 'country', 'IT', null, 'Italy', '{"ru":"Италия"}', null, null, names('italy', 'италия'))
  put.run(4, 'region', 'IT.07', 3, 'Lazio', '{}', null, null, 'lazio')
  put.run(5, 'town', '2', 4, 'Rome', '{"ru":"Рим"}', 41.89, 12.48, names('rome', 'roma', 'рим'))
  put.run(6, 'town', '3', 1, 'Murmansk', '{}', 68.97, 33.09, names('murmansk', 'мурманск'))
}

/** Categories above a term. */
function ancestorsOf(
  { classes, categories }: Pick<Lexicon, 'classes' | 'categories'>,
  term: number,
): number[] {
  const direct = classes[term]?.parents ?? categories.find(({ id }) => id === term)?.parents ?? []
  return [...new Set(direct.flatMap((parent) => [parent, ...ancestorsOf({ classes, categories }, parent)]))]
}

export const filesOf = (sample: Sample): readonly SampleFile[] => [sample, ...(sample.copies ?? [])]
const isHere = ({ presence = 'here' }: SampleFile): boolean => presence === 'here'
export const isVisible = (sample: Sample): boolean =>
  sample.behind !== true && filesOf(sample).some((file) => isHere(file))

/** What a photo is found by: 0–10,000, 20,000 where a person said so. */
export function scoresIn(
  sample: Sample,
  lexicon: Pick<Lexicon, 'classes' | 'categories'>,
): ReadonlyMap<number, number> {
  return scoresOf(
    {
      tags: (sample.tags ?? []).map(([classIndex, probability]) => ({ classIndex, probability })),
      categoryProbabilities: (sample.categoryProbabilities ?? []).map(([categoryId, probability]) => ({
        categoryId,
        probability,
      })),
      decisions: (sample.decisions ?? []).map(([term, verdict]) => ({ term, verdict })),
    },
    (term) => ancestorsOf(lexicon, term),
  )
}

/** Adds a photo, or changes it into another, with all that the comments in the schema say follows from it. */
export function putSample(
  db: Database,
  id: number,
  sample: Sample,
  lexicon: Pick<Lexicon, 'classes' | 'categories'>,
): void {
  const takenAt = sample.takenAt === undefined ? null : secondsOf(sample.takenAt)
  const town = townOf(sample)
  const hash = Buffer.alloc(16)
  hash.writeUInt32LE(id)
  db.prepare(
    `INSERT INTO photo (id, content_hash, format, width, height, turn, taken_at, taken_precision, taken_from, rating,
       latitude, longitude, place_id, camera_id, keywords, damaged, behind, hidden,
       favourite, title, note)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET format = excluded.format, width = excluded.width,
       height = excluded.height, turn = excluded.turn, taken_at = excluded.taken_at,
       taken_precision = excluded.taken_precision, taken_from = excluded.taken_from, rating = excluded.rating,
       latitude = excluded.latitude, longitude = excluded.longitude,
       place_id = excluded.place_id, camera_id = excluded.camera_id,
       keywords = excluded.keywords, damaged = excluded.damaged, behind = excluded.behind,
       hidden = excluded.hidden, favourite = excluded.favourite, title = excluded.title, note = excluded.note`,
  ).run(
    id,
    hash,
    sample.format ?? 'jpeg',
    ...(sample.size ?? [400, 300]),
    sample.turn ?? 0,
    takenAt,
    takenAt === null ? null : (sample.takenPrecision ?? 'second'),
    takenAt === null ? null : (sample.takenFrom ?? 'exif'),
    sample.rating ?? null,
    town?.latitude ?? null,
    town?.longitude ?? null,
    town?.id ?? null,
    sample.camera === undefined ? null : cameraId(db, sample.camera),
    sample.keywords === undefined ? null : JSON.stringify(sample.keywords),
    sample.damaged === true ? 'The lower half is missing.' : null,
    sample.behind === true ? 1 : 0,
    sample.hidden === true ? 1 : 0,
    sample.favourite === true ? 1 : 0,
    sample.title ?? null,
    sample.note ?? null,
  )
  for (const table of ['tag', 'classification', 'decision', 'person_fact', 'file'])
    db.prepare(`DELETE FROM ${table} WHERE photo_id = ?`).run(id)
  for (const [at, [classIndex, probability]] of (sample.tags ?? []).entries())
    db.prepare('INSERT INTO tag VALUES (?, ?, ?, ?)').run(id, at + 1, classIndex, probability)
  // The model never says nothing of a photo.
  if ((sample.tags ?? []).length + (sample.categoryProbabilities ?? []).length > 0) {
    const categoryProbabilities = packProbabilities(
      (sample.categoryProbabilities ?? []).map(([categoryId, probability]) => ({ categoryId, probability })),
    )
    db.prepare('INSERT INTO classification (photo_id, model_id, categories) VALUES (?, 1, ?)').run(
      id,
      categoryProbabilities,
    )
  }
  for (const [term, verdict] of sample.decisions ?? [])
    db.prepare('INSERT INTO decision VALUES (?, ?, ?, 0)').run(id, term, verdict)
  for (const field of ['title', 'note'] as const)
    if (sample[field] !== undefined)
      db.prepare('INSERT INTO person_fact VALUES (?, ?, ?, 0)').run(id, field, JSON.stringify(sample[field]))
  const files = filesOf(sample)
  for (const file of files) {
    const folder = folderId(db, file.folder ?? '')
    if (file.offline === true) db.prepare('UPDATE folder SET offline = 1 WHERE id = ?').run(folder)
    db.prepare(
      'INSERT INTO file (folder_id, name, size, mtime, ctime, state, presence, photo_id) VALUES (?, ?, 1, 0, 0, ?, ?, ?)',
    ).run(folder, file.name, file.state ?? 'done', file.presence ?? 'here', id)
  }
  derive(db, id, sample, lexicon)
}

/** Changes what was decided about a photo, which notes less than any other change. */
export function decideOn(
  db: Database,
  id: number,
  sample: Sample,
  lexicon: Pick<Lexicon, 'classes' | 'categories'>,
): void {
  db.prepare('DELETE FROM decision WHERE photo_id = ?').run(id)
  for (const [term, verdict] of sample.decisions ?? [])
    db.prepare('INSERT INTO decision VALUES (?, ?, ?, 0)').run(id, term, verdict)
  putEntries(db, id, sample, lexicon)
  db.prepare('INSERT INTO photo_change (photo_id, scope) VALUES (?, 0)').run(id)
  db.prepare('UPDATE library_state SET revision = revision + 1').run()
}

function putEntries(
  db: Database,
  id: number,
  sample: Sample,
  lexicon: Pick<Lexicon, 'classes' | 'categories'>,
): void {
  db.prepare('DELETE FROM index_entry WHERE photo_id = ?').run(id)
  if (!isVisible(sample)) return
  const shownAt = sample.takenAt === undefined ? undatedAt : secondsOf(sample.takenAt)
  for (const [term, score] of scoresIn(sample, lexicon))
    db.prepare('INSERT INTO index_entry VALUES (?, ?, ?, ?)').run(id, term, score, shownAt)
}

/** What follows from a photo and its files: index entries, folders, words. */
function derive(
  db: Database,
  id: number,
  sample: Sample,
  lexicon: Pick<Lexicon, 'classes' | 'categories'>,
): void {
  putEntries(db, id, sample, lexicon)
  db.prepare('DELETE FROM folder_photo WHERE photo_id = ?').run(id)
  db.prepare('DELETE FROM photo_words WHERE rowid = ?').run(id)
  db.prepare('DELETE FROM photo_text WHERE rowid = ?').run(id)
  const here = filesOf(sample).filter(isHere)
  if (isVisible(sample)) {
    for (const folder of new Set(here.map((file) => folderId(db, file.folder ?? ''))))
      db.prepare('INSERT INTO folder_photo VALUES (?, ?)').run(folder, id)
  }
  db.prepare('INSERT INTO photo_words (rowid, name, keywords) VALUES (?, ?, ?)').run(
    id,
    fold(here.map(({ name }) => name.replace(/\.[^.]*$/, '')).join(' ')),
    fold((sample.keywords ?? []).join(' ')),
  )
  const { title = '', note = '' } = sample
  if (title + note !== '')
    db.prepare('INSERT INTO photo_text (rowid, title, note) VALUES (?, ?, ?)').run(
      id,
      fold(title),
      fold(note),
    )
  db.prepare('INSERT INTO photo_change (photo_id, scope) VALUES (?, 1)').run(id)
  db.prepare('UPDATE library_state SET revision = revision + 1').run()
}

function folderId(db: Database, path: string): number {
  const full = path === '' ? '/photos' : `/photos/${path}`
  const known = db.prepare<[string], { id: number }>('SELECT id FROM folder WHERE path = ?').get(full)
  if (known !== undefined) return known.id
  const name = full.slice(full.lastIndexOf('/') + 1)
  const parent =
    path === '' ? null : folderId(db, path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '')
  const { lastInsertRowid } = db
    .prepare('INSERT INTO folder (root_id, parent_id, path, name, folded) VALUES (1, ?, ?, ?, ?)')
    .run(parent, full, name, fold(name))
  return Number(lastInsertRowid)
}

function cameraId(db: Database, name: string): number {
  db.prepare('INSERT OR IGNORE INTO camera (name, folded) VALUES (?, ?)').run(name, fold(name))
  return db.prepare<[string], { id: number }>('SELECT id FROM camera WHERE name = ?').get(name)?.id ?? 0
}

/** Folded words of a text, for comparing by hand. */
export const plainWords = (text: string): string =>
  fold(text)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '')
    .join(' ')
