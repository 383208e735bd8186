import { existsSync, mkdirSync } from 'node:fs'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import { KartotekaError } from '../core/contract/failure.ts'
import { fold } from '../core/labels/fold.ts'
import type { CategoryProbability } from '../core/labels/category-probabilities.ts'
import type { TermId } from '../core/labels/term.ts'
import { createDatabase } from '../core/library/upkeep/create.ts'
import { openDatabase } from '../core/library/upkeep/database.ts'
import { applicationId, libraryFile } from '../core/library/upkeep/library-files.ts'
import { scoreOf, packProbabilities } from '../core/library/photos/packed-probabilities.ts'
import { migrationsFolder, readMigrations } from '../core/library/upkeep/migrate.ts'
import { undatedAt } from '../core/library/times.ts'
import { mostStars } from '../core/search/language/stars.ts'
import { classPicker, randomSource, tagsLike, type RandomSource } from './synthetic-tags.ts'
import { syntheticEvents, type PhotoEvent } from './synthetic-events.ts'

export interface GeneratedLibrary {
  readonly photos: number
  readonly tags: number
  readonly indexEntries: number
  readonly folders: number
  readonly seconds: number
}

export interface GenerateOptions {
  readonly photos: number
  /** The same seed makes the same library. Default 1. */
  readonly seed?: number
  /** All categories above a class. Default: a synthetic tree in which class 0–397, the animals, share category 1000. */
  readonly ancestorsOf?: (term: TermId) => readonly TermId[]
  readonly progress?: (photosSoFar: number) => void
}

/** Photos in one transaction while generating. */
const batch = 20_000
/** Share of photos without a date. */
const undatedShare = 0.02
/** Share of photos with stars. */
const ratedShare = 0.15
const cameras = ['Canon EOS 5D', 'NIKON D750', 'iPhone 12', 'Pixel 7', 'FUJIFILM X-T3', 'DSC-RX100']

/**
 * Fills the new library in `folder` with synthetic photos, as twenty years of a family's would be: days out with a
 * folder each, a few classes seen very often and most seldom, five tags and category probabilities for each photo. There are
 * no files and no thumbnails behind them. Tables are filled first and indexed after: a million photos take one or two
 * minutes.
 * @throws KartotekaError `invalid-input` when the library is in use already
 */
export async function generateLibrary(folder: string, options: GenerateOptions): Promise<GeneratedLibrary> {
  const started = performance.now()
  const file = libraryFile(folder)
  if (existsSync(file)) {
    throw new KartotekaError(
      'invalid-input',
      `There is a library in ${folder} already; choose an empty folder.`,
    )
  }
  mkdirSync(folder, { recursive: true })
  createDatabase(file, { id: applicationId, migrations: readMigrations(migrationsFolder()) })
  const db = openDatabase(file)
  try {
    db.pragma('synchronous = OFF')
    db.pragma('foreign_keys = OFF')
    db.pragma('temp_store = FILE')
    db.pragma('cache_size = -65536')
    const schema = dropIndexesAndTriggers(db)
    const events = syntheticEvents(options.photos, randomSource(options.seed ?? 1))
    insertFolders(db, events)
    await insertPhotos(db, events, options)
    for (const sql of schema.indexes) {
      db.exec(sql)
      await yieldToEventLoop()
    }
    fillCounts(db)
    for (const sql of schema.triggers) db.exec(sql)
    // As when a library is closed.
    db.pragma('analysis_limit = 400')
    db.pragma('optimize')
    const count = (table: 'photo' | 'tag' | 'index_entry' | 'folder'): number =>
      db.prepare<[], { count: number }>(`SELECT count(*) AS count FROM ${table}`).get()?.count ?? 0
    return {
      photos: count('photo'),
      tags: count('tag'),
      indexEntries: count('index_entry'),
      folders: count('folder'),
      seconds: (performance.now() - started) / 1000,
    }
  } finally {
    db.close()
  }
}

/** What has to be run again once the tables are full. Indexes that belong to a UNIQUE or PRIMARY KEY stay. */
function dropIndexesAndTriggers(db: Database): { indexes: string[]; triggers: string[] } {
  const take = (type: 'index' | 'trigger'): string[] =>
    db
      .prepare<[string], { name: string; sql: string }>(
        'SELECT name, sql FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL',
      )
      .all(type)
      .map(({ name, sql }) => {
        db.exec(`DROP ${type} ${name}`)
        return sql
      })
  return { indexes: take('index'), triggers: take('trigger') }
}

const rootFolder = '/pictures'
/** Id of its row in the table of folders. */
const outermost = 1

function insertFolders(db: Database, events: readonly PhotoEvent[]): void {
  const insert = db.prepare<[number, number | null, string, string, string]>(
    'INSERT INTO folder (id, root_id, parent_id, path, name, folded) VALUES (?, 1, ?, ?, ?, ?)',
  )
  db.transaction(() => {
    db.prepare<[string]>('INSERT INTO root (id, path, added_at) VALUES (1, ?, 0)').run(rootFolder)
    insert.run(outermost, null, rootFolder, 'pictures', 'pictures')
    const years = new Map<number, number>()
    let id = outermost + 1
    for (const event of events) {
      let year = years.get(event.year)
      if (year === undefined) {
        year = id++
        years.set(event.year, year)
        insert.run(year, outermost, `${rootFolder}/${event.year}`, String(event.year), String(event.year))
      }
      insert.run(id, year, `${rootFolder}/${event.year}/${event.name}`, event.name, event.name.toLowerCase())
      event.folderId = id++
    }
    for (const name of cameras) {
      db.prepare<[string, string]>('INSERT INTO camera (name, folded) VALUES (?, ?)').run(
        name,
        name.toLowerCase(),
      )
    }
    db.exec("INSERT INTO model (id, name, precision, sha256) VALUES (1, 'synthetic', 'fp32', 'synthetic')")
    insertPlaces(db)
  })()
}

const towns = ['Munich', 'Augsburg', 'Ingolstadt', 'Freising', 'Dachau', 'Landsberg', 'Erding', 'Moosburg']
/** Behind the country. */
const firstTown = 2

function insertPlaces(db: Database): void {
  const insert = db.prepare<[string, string, number | null, string, string]>(
    `INSERT INTO place (kind, key, parent_id, name, shown, names) VALUES (?, ?, ?, ?, '{}', ?)`,
  )
  insert.run('country', 'DE', null, 'Germany', 'germany\nгермания')
  for (const name of towns) insert.run('town', name, 1, name, name.toLowerCase())
}

async function insertPhotos(
  db: Database,
  events: readonly PhotoEvent[],
  { seed = 1, ancestorsOf = syntheticAncestors, progress }: GenerateOptions,
): Promise<void> {
  const random = randomSource(seed + 1)
  const pickClass = classPicker(random)
  const insertPhoto = photoInserter(db, random, randomSource(seed + 2))
  const insertSeen = seenInserter(db, ancestorsOf)
  let id = 0
  db.exec('BEGIN')
  for (const event of events) {
    for (let index = 0; index < event.photos; index++) {
      id += 1
      const shownAt =
        random() < undatedShare ? undatedAt : event.startsAt + Math.floor(index * event.interval)
      insertPhoto(id, event, shownAt)
      insertSeen(id, shownAt, tagsLike(pickClass, random))
      if (id % batch === 0) {
        db.exec('COMMIT; BEGIN')
        progress?.(id)
        await yieldToEventLoop()
      }
    }
  }
  db.exec('COMMIT')
}

function photoInserter(
  db: Database,
  random: RandomSource,
  randomStars: RandomSource,
): (id: number, event: PhotoEvent, shownAt: number) => void {
  const photo = db.prepare<[Record<string, unknown>]>(
    `INSERT INTO photo (id, content_hash, files, format, width, height, orientation, taken_at, taken_precision, taken_from,
       latitude, longitude, place_id, placed, camera_id, exposure_time, f_number, iso, focal_length, keywords, rating)
     VALUES (:id, :hash, 1, :format, 4000, 3000, 1, :takenAt, :precision, :takenFrom,
       :latitude, :longitude, :place, 1, :camera, 0.004, 2.8, 200, 35, :keywords, :rating)`,
  )
  const file = db.prepare<[Record<string, unknown>]>(
    `INSERT INTO file (id, folder_id, name, size, mtime, ctime, state, photo_id)
     VALUES (:id, :folder, :name, :size, :time, :time, 'done', :id)`,
  )
  const folder = db.prepare<[number, number]>('INSERT INTO folder_photo VALUES (?, ?)')
  const words = db.prepare<[number, string, string]>(
    'INSERT INTO photo_words (rowid, name, keywords) VALUES (?, ?, ?)',
  )
  const hash = Buffer.alloc(16)
  return (id, event, shownAt) => {
    for (let at = 0; at < 16; at += 4) hash.writeUInt32LE(Math.floor(random() * 2 ** 32), at)
    const number = String(id % 10_000).padStart(4, '0')
    const name = `IMG_${number}_${Math.floor(id / 10_000)}`
    const dated = shownAt !== undatedAt
    const placed = random() < 0.3
    const size = 2_000_000 + Math.floor(random() * 4_000_000)
    const camera = event.camera % (cameras.length + 1)
    const keyword = event.camera % 10 === 0 ? 'family' : null
    photo.run({
      id,
      hash,
      format: random() < 0.95 ? 'jpeg' : 'heic',
      takenAt: dated ? shownAt : null,
      precision: dated ? 'second' : null,
      takenFrom: dated ? 'exif' : null,
      latitude: placed ? 48 + random() : null,
      longitude: placed ? 11 + random() : null,
      place: placed ? firstTown + Math.floor(random() * towns.length) : null,
      camera: camera === 0 ? null : camera,
      keywords: keyword === null ? null : JSON.stringify([keyword]),
      rating: randomStars() < ratedShare ? 1 + Math.floor(randomStars() * mostStars) : null,
    })
    // Undated ones lie where no folder tells a year, with times before 1980, which tell nothing either.
    const [folderId, time] = dated ? [event.folderId, event.startsAt * 1000] : [outermost, 0]
    file.run({ id, folder: folderId, name: `${name}.jpg`, size, time })
    folder.run(folderId, id)
    words.run(id, fold(name), keyword ?? '')
  }
}

function seenInserter(
  db: Database,
  ancestorsOf: (term: TermId) => readonly TermId[],
): (
  id: number,
  shownAt: number,
  tags: readonly { readonly classIndex: number; readonly probability: number }[],
) => void {
  const insertTag = db.prepare<[number, number, number, number]>('INSERT INTO tag VALUES (?, ?, ?, ?)')
  const insertEntry = db.prepare<[number, number, number, number]>(
    'INSERT INTO index_entry VALUES (?, ?, ?, ?)',
  )
  const insertClassification = db.prepare<[number, Buffer]>(
    'INSERT INTO classification (photo_id, model_id, categories) VALUES (?, 1, ?)',
  )
  return (id, shownAt, tags) => {
    const byCategory = new Map<number, number>()
    tags.forEach(({ classIndex, probability }, index) => {
      insertTag.run(id, index + 1, classIndex, probability)
      insertEntry.run(id, classIndex, scoreOf(probability), shownAt)
      for (const category of ancestorsOf(classIndex)) {
        byCategory.set(category, (byCategory.get(category) ?? 0) + probability)
      }
    })
    const categoryProbabilities: CategoryProbability[] = [...byCategory].map(([categoryId, probability]) => ({
      categoryId,
      probability,
    }))
    for (const { categoryId, probability } of categoryProbabilities)
      insertEntry.run(id, categoryId, scoreOf(probability), shownAt)
    insertClassification.run(id, packProbabilities(categoryProbabilities))
  }
}

/** What the triggers would have counted. */
function fillCounts(db: Database): void {
  db.exec(`
    INSERT INTO term_count SELECT term, score / 100, count(*) FROM index_entry GROUP BY term, score / 100;
    INSERT INTO day_count SELECT day, count(*) FROM photo WHERE visible = 1 GROUP BY day;
    UPDATE folder SET photos = (SELECT count(*) FROM folder_photo WHERE folder_id = folder.id);
    UPDATE library_state SET revision = revision + 1;
  `)
}

function syntheticAncestors(classIndex: TermId): TermId[] {
  const animals = 398
  return classIndex < animals
    ? [1000, 1010 + Math.floor(classIndex / 20)]
    : [1001 + (classIndex % 5), 1040 + (classIndex % 60)]
}
