import { KartotekaError } from '../core/contract/failure.ts'
import type { CategoryMass } from '../core/labels/masses.ts'
import { scoreOf, packMasses } from '../core/library/photos/masses.ts'
import { pause, type Library } from '../core/library/library.ts'
import { closeLibrary, openLibrary } from '../core/library/upkeep/open.ts'
import { undatedAt } from '../core/library/times.ts'
import type { TermId } from '../core/labels/term.ts'
import { classPicker, randomSource, tagsLike, type RandomSource } from './plausible-tags.ts'
import { plausibleEvents, type PhotoEvent } from './plausible-events.ts'

export interface GeneratedLibrary {
  readonly photos: number
  readonly tags: number
  readonly findings: number
  readonly folders: number
  readonly seconds: number
}

export interface GenerateOptions {
  readonly photos: number
  /** The same seed makes the same library. Default 1. */
  readonly seed?: number
  /** All categories above a class. Default: a made-up tree in which class 0–397, the animals, share category 1000. */
  readonly ancestorsOf?: (term: TermId) => readonly TermId[]
  readonly progress?: (photosSoFar: number) => void
}

/** Photos in one transaction while generating. */
const batch = 20_000
/** Share of photos without a date. */
const undatedShare = 0.02
const cameras = ['Canon EOS 5D', 'NIKON D750', 'iPhone 12', 'Pixel 7', 'FUJIFILM X-T3', 'DSC-RX100']

/**
 * Fills the new library in `folder` with made-up photos, as twenty years of a family's would be: days out with a
 * folder each, a few classes seen very often and most seldom, five tags and category masses for each photo. There are
 * no files and no thumbnails behind them. Tables are filled first and indexed after: a million photos take one or two
 * minutes.
 * @throws KartotekaError `invalid-input` when the library is in use already
 */
export async function generateLibrary(folder: string, options: GenerateOptions): Promise<GeneratedLibrary> {
  const started = performance.now()
  const library = openLibrary(folder, { mode: 'write' })
  try {
    const { db } = library
    if (db.prepare('SELECT 1 FROM root').get() !== undefined) {
      throw new KartotekaError(
        'invalid-input',
        `There is a library in ${folder} already; choose an empty folder.`,
      )
    }
    db.pragma('synchronous = OFF')
    db.pragma('foreign_keys = OFF')
    db.pragma('temp_store = FILE')
    const schema = dropIndexesAndTriggers(library)
    const events = plausibleEvents(options.photos, randomSource(options.seed ?? 1))
    insertFolders(library, events)
    await insertPhotos(library, events, options)
    for (const sql of schema) {
      db.exec(sql)
      await pause()
    }
    fillCounts(library)
    const count = (table: 'photo' | 'tag' | 'finding' | 'folder'): number =>
      db.prepare<[], { count: number }>(`SELECT count(*) AS count FROM ${table}`).get()?.count ?? 0
    return {
      photos: count('photo'),
      tags: count('tag'),
      findings: count('finding'),
      folders: count('folder'),
      seconds: (performance.now() - started) / 1000,
    }
  } finally {
    closeLibrary(library)
  }
}

/** What has to be run again once the tables are full. Indexes that belong to a UNIQUE or PRIMARY KEY stay. */
function dropIndexesAndTriggers({ db }: Library): string[] {
  const objects = db
    .prepare<[], { type: string; name: string; sql: string }>(
      "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL",
    )
    .all()
  for (const { type, name } of objects) db.exec(`DROP ${type} ${name}`)
  // Triggers last, so that nothing fires while indexes are made.
  return objects.sort((a, b) => a.type.localeCompare(b.type)).map(({ sql }) => sql)
}

const rootFolder = '/pictures'

function insertFolders({ db }: Library, events: readonly PhotoEvent[]): void {
  const insert = db.prepare<[number, number | null, string, string, string]>(
    'INSERT INTO folder (id, root_id, parent_id, path, name, folded) VALUES (?, 1, ?, ?, ?, ?)',
  )
  db.transaction(() => {
    db.prepare<[string]>('INSERT INTO root (id, path, added_at) VALUES (1, ?, 0)').run(rootFolder)
    insert.run(1, null, rootFolder, 'pictures', 'pictures')
    const years = new Map<number, number>()
    let id = 2
    for (const event of events) {
      let year = years.get(event.year)
      if (year === undefined) {
        year = id++
        years.set(event.year, year)
        insert.run(year, 1, `${rootFolder}/${event.year}`, String(event.year), String(event.year))
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
    db.exec("INSERT INTO model (id, name, precision, sha256) VALUES (1, 'made up', 'fp32', 'made up')")
  })()
}

async function insertPhotos(
  library: Library,
  events: readonly PhotoEvent[],
  { seed = 1, ancestorsOf = madeUpAncestors, progress }: GenerateOptions,
): Promise<void> {
  const { db } = library
  const random = randomSource(seed + 1)
  const pickClass = classPicker(random)
  const insertOne = photoInserter(library, random)
  let id = 0
  db.exec('BEGIN')
  for (const event of events) {
    for (let index = 0; index < event.photos; index++) {
      id += 1
      const shownAt =
        random() < undatedShare ? undatedAt : event.startsAt + Math.floor(index * event.interval)
      insertOne(id, event, shownAt)
      insertSeen(library, id, shownAt, tagsLike(pickClass, random), ancestorsOf)
      if (id % batch === 0) {
        db.exec('COMMIT; BEGIN')
        progress?.(id)
        await pause()
      }
    }
  }
  db.exec('COMMIT')
}

function photoInserter(
  { db }: Library,
  random: RandomSource,
): (id: number, event: PhotoEvent, shownAt: number) => void {
  const insert = db.prepare<[Record<string, unknown>]>(
    `INSERT INTO photo (id, folder_id, name, size, mtime, ctime, state, content_hash, format, width, height, orientation,
       taken_at, taken_from, latitude, longitude, camera_id, exposure_time, f_number, iso, focal_length)
     VALUES (:id, :folder, :name, :size, :time, :time, 'done', :hash, :format, 4000, 3000, 1,
       :takenAt, :takenFrom, :latitude, :longitude, :camera, 0.004, 2.8, 200, 35)`,
  )
  const words = db.prepare<[number, string, string]>(
    "INSERT INTO photo_words (rowid, name, keywords, folders) VALUES (?, ?, '', ?)",
  )
  const hash = Buffer.alloc(16)
  return (id, event, shownAt) => {
    for (let at = 0; at < 16; at += 4) hash.writeUInt32LE(Math.floor(random() * 2 ** 32), at)
    const number = String(id % 10_000).padStart(4, '0')
    const dated = shownAt !== undatedAt
    const placed = random() < 0.3
    insert.run({
      id,
      folder: event.folderId,
      name: `IMG_${number}_${Math.floor(id / 10_000)}.jpg`,
      size: 2_000_000 + Math.floor(random() * 4_000_000),
      time: event.startsAt * 1000,
      hash,
      format: random() < 0.95 ? 'jpeg' : 'heic',
      takenAt: dated ? shownAt : null,
      takenFrom: dated ? 'exif' : null,
      latitude: placed ? 48 + random() : null,
      longitude: placed ? 11 + random() : null,
      camera: event.camera % (cameras.length + 1) === 0 ? null : event.camera % (cameras.length + 1),
    })
    words.run(id, `img ${number}`, `pictures ${event.year} ${event.name.toLowerCase()}`)
  }
}

function insertSeen(
  library: Library,
  id: number,
  shownAt: number,
  tags: readonly { classIndex: number; probability: number }[],
  ancestorsOf: (term: TermId) => readonly TermId[],
): void {
  const { insertTag, insertFinding, insertClassification } = insertersOf(library)
  const byCategory = new Map<number, number>()
  tags.forEach(({ classIndex, probability }, index) => {
    insertTag.run(id, index + 1, classIndex, probability)
    insertFinding.run(id, classIndex, scoreOf(probability), shownAt)
    for (const category of ancestorsOf(classIndex)) {
      byCategory.set(category, (byCategory.get(category) ?? 0) + probability)
    }
  })
  const masses: CategoryMass[] = [...byCategory].map(([categoryId, mass]) => ({ categoryId, mass }))
  for (const { categoryId, mass } of masses) insertFinding.run(id, categoryId, scoreOf(mass), shownAt)
  insertClassification.run(id, packMasses(masses))
}

type Inserters = ReturnType<typeof makeInserters>
const inserters = new WeakMap<Library, Inserters>()

function insertersOf(library: Library): Inserters {
  const known = inserters.get(library)
  if (known !== undefined) return known
  const made = makeInserters(library)
  inserters.set(library, made)
  return made
}

function makeInserters({ db }: Library) {
  return {
    insertTag: db.prepare<[number, number, number, number]>('INSERT INTO tag VALUES (?, ?, ?, ?)'),
    insertFinding: db.prepare<[number, number, number, number]>('INSERT INTO finding VALUES (?, ?, ?, ?)'),
    insertClassification: db.prepare<[number, Buffer]>('INSERT INTO classification VALUES (?, 1, ?)'),
  }
}

/** What the triggers would have counted. */
function fillCounts({ db }: Library): void {
  db.exec(`
    INSERT INTO term_count SELECT term, score / 100, count(*) FROM finding GROUP BY term, score / 100;
    INSERT INTO day_count SELECT day, count(*) FROM photo WHERE visible = 1 GROUP BY day;
    UPDATE folder SET photos = (SELECT count(*) FROM photo WHERE folder_id = folder.id AND visible = 1);
    UPDATE library_state SET revision = revision + 1;
  `)
}

function madeUpAncestors(classIndex: TermId): TermId[] {
  const animals = 398
  return classIndex < animals
    ? [1000, 1010 + Math.floor(classIndex / 20)]
    : [1001 + (classIndex % 5), 1040 + (classIndex % 60)]
}
