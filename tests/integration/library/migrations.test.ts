import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { PhotoFormat } from '../../../electron/core/contract/photo-formats.ts'
import { examineBackups, goodBackups, listBackups } from '../../../electron/core/library/upkeep/backups.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import {
  migrate,
  migrationsFolder,
  newestVersion,
  readMigrations,
} from '../../../electron/core/library/upkeep/migrate.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { restoreBackup } from '../../../electron/core/library/upkeep/restore.ts'
import { addPhoto, hashOf, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'

const newest = newestVersion(readMigrations(migrationsFolder()))
const snapshot = (name: string): string => join(import.meta.dirname, name)

/** Tables with their columns, indexes, triggers: what later versions must still understand. */
function schemaOf(folder: string): string {
  const db = new SQLite(':memory:')
  migrate(db, readMigrations(folder))
  const objects = db
    .prepare<[], { sql: string }>(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'photo_words_%' AND name NOT LIKE 'photo_text_%' AND name NOT LIKE 'sqlite_%' ORDER BY type, name",
    )
    .all()
  return objects.map(({ sql }) => sql.replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' ').trim()).join('\n')
}

/** The migrations of the program and one more. */
function withOneMore(sql: string): string {
  const folder = join(tempFolder(), 'migrations')
  cpSync(migrationsFolder(), folder, { recursive: true })
  const next = newestVersion(readMigrations(folder)) + 1
  writeFileSync(join(folder, `${String(next).padStart(4, '0')}_next.sql`), sql)
  return folder
}

describe('the schema', () => {
  it('of the library is the one kept in library-schema.sql', async () => {
    await expect(schemaOf(migrationsFolder())).toMatchFileSnapshot(snapshot('library-schema.sql'))
  })

  it.each(['thumbnails', 'features'])('of the %s is the one kept in a file, too', async (name) => {
    await expect(schemaOf(join(migrationsFolder(), name))).toMatchFileSnapshot(snapshot(`${name}-schema.sql`))
  })

  it('says the unit of every number whose name does not', () => {
    const sql = readMigrations(migrationsFolder())
      .map((migration) => migration.sql)
      .join('\n')
    const columns = [...sql.matchAll(/^ {2}(\w+) (INTEGER|REAL)\b([^\n]*)$/gm)]
    const plain = /REFERENCES|PRIMARY KEY|IN \(0, 1\)|GENERATED|CHECK|term |photo_id/
    const silent = columns.filter(([line, , , rest = '']) => !plain.test(line) && !rest.includes('--'))
    expect(silent.map(([line]) => line.trim())).toEqual([])
  })
})

it('has a test for every migration: what it makes of a library of the version before', () => {
  const tests = readFileSync(import.meta.filename, 'utf8')
  const untested = readdirSync(migrationsFolder())
    .flatMap((name) => /^\d{4}(?=_)/.exec(name) ?? [])
    .filter((number) => !tests.includes(`describe('migration ${number}'`))
  expect(untested).toEqual([])
})

describe('migration 0100', () => {
  it('makes an empty library of version 100', () => {
    const db = new SQLite(':memory:')
    migrate(
      db,
      readMigrations(migrationsFolder()).filter(({ version }) => version === 100),
    )
    expect(db.pragma('user_version', { simple: true })).toBe(100)
    expect(
      db.prepare('SELECT (SELECT count(*) FROM file) + (SELECT count(*) FROM photo)').pluck().get(),
    ).toBe(0)
    expect(db.pragma('foreign_key_check')).toEqual([])
  })
})

/** A library of version 100 with a photo for each of these dates, and what the migration makes of it. */
function migrated(
  photos: readonly (readonly [takenFrom: string | null, keywords: string | null, format?: PhotoFormat])[],
) {
  const db = new SQLite(':memory:')
  const all = readMigrations(migrationsFolder())
  migrate(
    db,
    all.filter(({ version }) => version <= 100),
  )
  db.exec(`INSERT INTO root (id, path, added_at) VALUES (1, '/photos', 0);
    INSERT INTO folder (id, root_id, path, name, folded, offline) VALUES
      (1, 1, '/photos', 'photos', 'photos', 0), (2, 1, '/photos/away', 'away', 'away', 1)`)
  const photo = db.prepare<[number, string, number | null, string | null, string | null, PhotoFormat]>(
    `INSERT INTO photo (id, content_hash, width, height, taken_at, taken_from, keywords, format)
     VALUES (?, unhex(?), 4, 3, ?, ?, ?, ?)`,
  )
  const file = db.prepare<[number, number, string, number]>(
    `INSERT INTO file (id, folder_id, name, size, mtime, ctime, state, photo_id)
     VALUES (?, ?, ?, 1, 0, 0, 'done', ?)`,
  )
  for (const [at, [takenFrom, keywords, format = 'jpeg']] of photos.entries()) {
    const id = at + 1
    photo.run(id, hashOf(id), takenFrom === null ? null : 1_563_127_402, takenFrom, keywords, format)
    file.run(id, at === 0 ? 2 : 1, `${at}.jpg`, id)
  }
  db.exec('UPDATE photo SET taken_offset = 60 * id WHERE taken_at IS NOT NULL')
  migrate(db, all)
  return db
}

describe('migration 0101', () => {
  const photos = [
    ['xmp', null],
    ['exif', null],
    ['exif', '["sea"]'],
    ['file-time', null],
    [null, null],
  ] as const

  it('keeps dates with their source; all that were known were known to the second', () => {
    const rows = migrated(photos)
      .prepare(
        'SELECT taken_at AS at, taken_from AS source, taken_precision AS precision FROM photo ORDER BY id',
      )
      .all()
    const dated = { at: 1_563_127_402, precision: 'second' }
    expect(rows).toEqual([
      { ...dated, source: 'xmp' },
      { ...dated, source: 'exif' },
      { ...dated, source: 'exif' },
      { ...dated, source: 'file-time' },
      { at: null, source: null, precision: null },
    ])
  })

  it('queues the files whose facts may be others now; those of a disk that is away wait for it', () => {
    const db = migrated([...photos, ['exif', null, 'raw']])
    const states = db.prepare('SELECT state FROM file ORDER BY id').pluck().all()
    expect(states).toEqual(['offline', 'done', 'pending', 'pending', 'pending', 'pending'])
  })

  it('has days put in order whose clocks went by several zones', () => {
    const days = migrated(photos).prepare('SELECT day FROM unordered_day').pluck().all()
    expect(days).toEqual([Math.floor(1_563_127_402 / 86_400)])
  })

  it('counts days and visible photos as before', () => {
    const db = migrated(photos)
    expect(db.prepare('SELECT sum(count) FROM day_count').pluck().get()).toBe(5)
    db.exec("UPDATE photo SET taken_at = taken_at + 86400, taken_from = 'person' WHERE id = 1")
    expect(db.prepare('SELECT count FROM day_count ORDER BY day DESC').pluck().all()).toEqual([1, 3, 1])
  })
})

/** A library of version 101 with a photo that keeps what its content says, and what the migration makes of it. */
function migratedFrom101() {
  const db = new SQLite(':memory:')
  const all = readMigrations(migrationsFolder())
  migrate(
    db,
    all.filter(({ version }) => version <= 101),
  )
  db.exec(`INSERT INTO root (id, path, added_at) VALUES (1, '/photos', 0);
    INSERT INTO folder (id, root_id, path, name, folded) VALUES (1, 1, '/photos', 'photos', 'photos');
    INSERT INTO photo (id, content_hash, width, height, format) VALUES (1, unhex('${hashOf(1)}'), 4, 3, 'jpeg'),
      (2, unhex('${hashOf(2)}'), 4, 3, 'jpeg');
    INSERT INTO facts VALUES (1, 'content', '{"rating":2}'), (2, 'person', '{}');
    INSERT INTO file (folder_id, name, size, mtime, ctime, state, photo_id) VALUES (1, 'a.jpg', 1, 0, 0, 'done', 1);
    INSERT INTO folder_photo VALUES (1, 1);
    INSERT INTO index_entry VALUES (1, 151, 5000, 0)`)
  migrate(db, all)
  return db
}

describe('migration 0102', () => {
  it('keeps what contents say', () => {
    expect(migratedFrom101().prepare('SELECT * FROM content_facts').all()).toEqual([
      { photo_id: 1, facts: '{"rating":2}' },
    ])
  })

  it('counts as before, and leaves hidden photos out', () => {
    const db = migratedFrom101()
    const counts = (): unknown =>
      db.prepare('SELECT (SELECT count FROM term_count WHERE term = 151), photos FROM folder').raw().get()
    expect(counts()).toEqual([1, 1])
    db.exec('UPDATE photo SET hidden = 1 WHERE id = 1')
    expect(counts()).toEqual([0, 0])
    db.exec('UPDATE index_entry SET score = 7000; UPDATE photo SET hidden = 0 WHERE id = 1')
    expect(db.prepare('SELECT bucket, count FROM term_count WHERE count <> 0').all()).toEqual([
      { bucket: 70, count: 1 },
    ])
    db.exec('UPDATE photo SET hidden = 1 WHERE id = 1; DELETE FROM file; DELETE FROM photo WHERE id = 1')
    expect(counts()).toEqual([0, 0])
  })
})

const migratedFrom102 = (labels: string) => {
  const db = new SQLite(':memory:')
  const all = readMigrations(migrationsFolder())
  migrate(
    db,
    all.filter(({ version }) => version <= 102),
  )
  db.exec(labels)
  migrate(db, all)
  return db
}

describe('migration 0103', () => {
  it('keeps own labels with their numbers, and gives none twice', () => {
    const db =
      migratedFrom102(`INSERT INTO own_label (id, name, folded) VALUES (3, 'Oma', 'oma'), (7, NULL, NULL);
      INSERT INTO decision_change (made_at, own_id) VALUES (0, 3);
      DELETE FROM own_label WHERE id = 7`)
    db.exec("INSERT INTO own_label (kind, name, folded) VALUES ('album', 'Oma', 'oma')")
    expect(db.prepare('SELECT id, kind, name FROM own_label ORDER BY id').all()).toEqual([
      { id: 3, kind: 'label', name: 'Oma' },
      { id: 8, kind: 'album', name: 'Oma' },
    ])
    expect(db.pragma('foreign_key_check')).toEqual([])
  })

  it('begins with the first where there is none', () => {
    const db = migratedFrom102('')
    db.exec("INSERT INTO own_label (name, folded) VALUES ('Oma', 'oma')")
    expect(db.prepare('SELECT id, kind FROM own_label').all()).toEqual([{ id: 1, kind: 'label' }])
  })
})

/** A library of the version before, with decisions, and what the migration makes of it. */
function withDecisions(settings: string | null) {
  const db = new SQLite(':memory:')
  const all = readMigrations(migrationsFolder())
  migrate(
    db,
    all.filter(({ version }) => version < 104),
  )
  db.exec(`INSERT INTO photo (id, content_hash, width, height, format) VALUES (1, unhex('${hashOf(1)}'), 4, 3, 'jpeg');
    INSERT INTO own_label (id, name, folded) VALUES (1, 'Sea', 'sea');
    INSERT INTO decision VALUES (1, 10001, 'added', 0)`)
  if (settings !== null) db.prepare("INSERT INTO setting VALUES ('settings', ?)").run(settings)
  migrate(db, all)
  return db
}
/** Photo and number of changes. */
const dueIn = (db: SQLite.Database): unknown =>
  db.prepare('SELECT photo_id, version FROM sidecar_due').raw().all()

describe('migration 0104', () => {
  it.each([null, '{}', '{"writeSidecars":false}', 'no JSON'])(
    'makes nothing due while the setting is %s',
    (settings) => {
      const db = withDecisions(settings)
      db.exec(
        "DELETE FROM decision; UPDATE own_label SET name = 'Lake'; INSERT INTO person_fact VALUES (1, 'rating', '3', 0)",
      )
      expect(dueIn(db)).toEqual([])
    },
  )

  it('makes due, once it is on, what is decided, taken back or renamed from then on', () => {
    const db = withDecisions('{"writeSidecars":true}')
    expect(dueIn(db)).toEqual([])
    const changes = [
      "UPDATE own_label SET name = 'Lake'",
      "UPDATE decision SET verdict = 'removed'",
      'DELETE FROM decision',
      "INSERT INTO decision VALUES (1, 151, 'confirmed', 0)",
      "INSERT INTO person_fact VALUES (1, 'rating', '3', 0)",
      "UPDATE person_fact SET value = '4'",
      'DELETE FROM person_fact',
    ]
    for (const [at, change] of changes.entries()) {
      db.exec(change)
      expect(dueIn(db)).toEqual([[1, at + 1]])
    }
    db.exec("UPDATE sidecar_due SET state = 'failed'; DELETE FROM photo")
    expect(db.prepare('SELECT state FROM sidecar_due').pluck().all()).toEqual(['due'])
  })
})

describe('migration 0105', () => {
  it('gives the shapes of all photos from an index alone', () => {
    const db = new SQLite(':memory:')
    const all = readMigrations(migrationsFolder())
    migrate(
      db,
      all.filter(({ version }) => version < 105),
    )
    db.exec(`INSERT INTO photo (id, content_hash, width, height, format, files)
      VALUES (1, unhex('${hashOf(1)}'), 4, 3, 'jpeg', 1)`)
    migrate(db, all)
    const shapes = 'SELECT id, turn, width, height FROM photo INDEXED BY photo_by_shape'
    expect(db.prepare(shapes).raw().all()).toEqual([[1, 0, 4, 3]])
    expect(db.prepare(`EXPLAIN QUERY PLAN ${shapes}`).all()).toMatchObject([
      { detail: 'SCAN photo USING COVERING INDEX photo_by_shape' },
    ])
  })
})

describe('migration 0107', () => {
  it('finds the photos on the wall by where they were taken', () => {
    const db = new SQLite(':memory:')
    const all = readMigrations(migrationsFolder())
    migrate(
      db,
      all.filter(({ version }) => version < 107),
    )
    const insert = db.prepare(
      "INSERT INTO photo (content_hash, format, width, height, latitude, longitude, behind) VALUES (?, 'jpeg', 1, 1, ?, ?, 0)",
    )
    insert.run(Buffer.alloc(16, 1), 52.5, 13.4)
    insert.run(Buffer.alloc(16, 2), null, null)
    db.exec('UPDATE photo SET files = 1')
    migrate(db, all)
    const sql =
      'SELECT id FROM photo INDEXED BY photo_by_position WHERE visible = 1 AND latitude IS NOT NULL AND latitude BETWEEN 52 AND 53'
    expect(db.prepare(sql).pluck().all()).toEqual([1])
    expect(db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).get()?.detail).toBe(
      'SEARCH photo USING INDEX photo_by_position (latitude>? AND latitude<?)',
    )
  })
})

describe('migration 0110', () => {
  it('keeps pairs of photos once, the smaller id first, and forgets those of photos that are gone', () => {
    const db = withDecisions(null)
    const pairs = db.prepare('SELECT count(*) FROM distinct_pair').pluck()
    const [first] = db.prepare<[], number>('SELECT id FROM photo').pluck().all()
    db.prepare('INSERT INTO photo (content_hash, format, width, height) VALUES (?, ?, 1, 1)').run(
      Buffer.alloc(16, 7),
      'jpeg',
    )
    const keep = db.prepare('INSERT INTO distinct_pair (photo_id, other_id) VALUES (?, ?)')
    keep.run(first, 2)
    expect(() => keep.run(2, first)).toThrow('CHECK')
    expect(() => keep.run(first, 2)).toThrow('UNIQUE')
    db.exec('PRAGMA foreign_keys = ON; DELETE FROM photo WHERE id = 2')
    expect(pairs.get()).toBe(0)
  })
})

describe('migration 0113', () => {
  it('makes a word due to be learnt by every decision about it, and by no other', () => {
    const db = withDecisions(null)
    db.exec('INSERT INTO taught (own_id, learnt) VALUES (1, 1)')
    const examples = (): unknown => db.prepare('SELECT examples - learnt FROM taught').pluck().get()
    expect(examples()).toBe(0)
    db.exec(
      "INSERT INTO decision VALUES (1, 151, 'confirmed', 0), (1, 2000000001, 'added', 0), (1, 10002, 'added', 0)",
    )
    expect(examples()).toBe(0)
    const changes = [
      "UPDATE decision SET verdict = 'removed' WHERE term = 10001",
      'DELETE FROM decision WHERE term = 10001',
      "INSERT INTO decision VALUES (1, 10001, 'added', 0)",
      'DELETE FROM photo',
    ]
    for (const [at, change] of changes.entries()) {
      db.exec(change)
      expect(examples()).toBe(at + 1)
    }
  })
})

describe('migration 0120', () => {
  it('takes what was found up to now for GoogLeNet’s, and forgets what is kept of photos that are gone', () => {
    const db = new SQLite(':memory:')
    const all = readMigrations(migrationsFolder())
    migrate(
      db,
      all.filter(({ version }) => version < 120),
    )
    db.exec(`INSERT INTO photo (id, content_hash, width, height, format) VALUES (1, unhex('${hashOf(1)}'), 4, 3, 'jpeg');
      INSERT INTO model (id, name, precision, sha256) VALUES (1, 'GoogLeNet', 'int8', '00')`)
    migrate(db, all)
    expect(db.prepare('SELECT network FROM model').pluck().all()).toEqual(['googlenet'])
    db.exec("INSERT INTO kept_result VALUES (1, 1, 0, x'', x'')")
    db.exec('PRAGMA foreign_keys = ON; DELETE FROM photo')
    expect(db.prepare('SELECT count(*) FROM kept_result').pluck().get()).toBe(0)
  })
})

describe('migration 0121', () => {
  it('keeps what looked at each photo, which was as it is, and tells looks of one model apart', () => {
    const db = new SQLite(':memory:')
    const all = readMigrations(migrationsFolder())
    migrate(
      db,
      all.filter(({ version }) => version < 121),
    )
    db.exec(`INSERT INTO model (id, name, precision, sha256) VALUES (3, 'googlenet', 'int8', 'ff');
      INSERT INTO photo (id, content_hash, width, height, format) VALUES (1, unhex('${hashOf(1)}'), 4, 3, 'jpeg');
      INSERT INTO classification (photo_id, model_id, categories) VALUES (1, 3, x'')`)
    migrate(db, all)
    const looked = db.prepare(
      'SELECT m.id, m.sha256, m.look FROM classification c JOIN model m ON m.id = c.model_id',
    )
    expect(looked.raw().all()).toEqual([[3, 'ff', 'plain']])
    const add = db.prepare("INSERT INTO model (name, precision, sha256, look) VALUES ('', 'int8', 'ff', ?)")
    add.run('mirror')
    expect(() => add.run('mirror')).toThrow('UNIQUE')
    expect(() => add.run('sideways')).toThrow('CHECK')
  })
})

describe('migration 0122', () => {
  it('keeps a photo in one stack, which goes on without photos that are gone', () => {
    const db = withDecisions(null)
    const add = db.prepare("INSERT INTO photo (content_hash, format, width, height) VALUES (?, 'jpeg', 1, 1)")
    for (const number of [7, 8]) add.run(Buffer.alloc(16, number))
    db.exec('INSERT INTO stacked VALUES (1, 2), (2, 2), (3, 2)')
    expect(() => db.exec('INSERT INTO stacked VALUES (3, 1)')).toThrow('UNIQUE')
    db.exec('PRAGMA foreign_keys = ON; DELETE FROM photo WHERE id = 2')
    expect(db.prepare('SELECT photo_id FROM stacked').pluck().all()).toEqual([1, 3])
  })
})

describe('migration 0123', () => {
  it('has files read again whose dates may be others now; those of a disk that is away wait for it', () => {
    const db = new SQLite(':memory:')
    const all = readMigrations(migrationsFolder())
    migrate(
      db,
      all.filter(({ version }) => version < 123),
    )
    db.exec(`INSERT INTO root (id, path, added_at) VALUES (1, '/photos', 0);
      INSERT INTO folder (id, root_id, path, name, folded, offline) VALUES
        (1, 1, '/photos', 'photos', 'photos', 0), (2, 1, '/photos/away', 'away', 'away', 1)`)
    const [noon, midnight] = [1_563_105_600, 1_563_062_400]
    const photos: readonly (readonly [source: string, at: number, offset: number | null, rest?: string])[] = [
      ['xmp', noon, 120],
      ['xmp', noon, null],
      ['iptc', midnight, null],
      ['exif', noon, 120],
      ['exif', noon, 120, '["sea"]'],
      ['exif', midnight, null],
      ['file-name', noon, null],
      ['person', noon, null],
      ['xmp', noon, 120],
    ]
    const photo = db.prepare(
      `INSERT INTO photo (id, content_hash, format, width, height, taken_from, taken_at, taken_offset, taken_precision, keywords)
       VALUES (?, unhex(?), 'jpeg', 4, 3, ?, ?, ?, 'second', ?)`,
    )
    const file = db.prepare(
      `INSERT INTO file (folder_id, name, size, mtime, ctime, state, photo_id) VALUES (?, ?, 1, 0, 0, 'done', ?)`,
    )
    for (const [index, [source, at, offset, keywords = null]] of photos.entries()) {
      photo.run(index + 1, hashOf(index + 1), source, at, offset, keywords)
      file.run(index === photos.length - 1 ? 2 : 1, `${index}.jpg`, index + 1)
    }
    // A person gave this photo another date than its file has.
    db.exec(`INSERT INTO content_facts (photo_id, facts) VALUES (8, '{}')`)
    migrate(db, all)
    const states = db.prepare('SELECT state FROM file ORDER BY photo_id').pluck().all()
    const [read, again] = ['done', 'pending']
    expect(states).toEqual([again, read, again, read, again, read, read, again, 'offline'])
  })
})

describe('migration 0126', () => {
  it('queues the files that may hold an animation; of those a GIF counts as one meanwhile', () => {
    const db = migrated([
      ['exif', null, 'webp'],
      ['exif', null, 'jpeg'],
      ['exif', null, 'gif'],
      ['exif', null, 'png'],
      ['exif', null, 'avif'],
    ])
    expect(
      db
        .prepare('SELECT state, animated FROM file JOIN photo ON photo.id = photo_id ORDER BY photo.id')
        .raw()
        .all(),
    ).toEqual([
      ['offline', 0],
      ['done', 0],
      ['pending', 1],
      ['pending', 0],
      ['pending', 0],
    ])
  })
})

describe('updating a library', () => {
  it('backs it up first and keeps what is in it', () => {
    const old = tempLibrary()
    const id = addPhoto(old, { path: '/photos/a.jpg' })
    closeLibrary(old)
    const library = tempLibrary(
      { migrations: withOneMore('ALTER TABLE photo ADD COLUMN stars INTEGER') },
      old.folder,
    )
    expect(library.db.pragma('user_version', { simple: true })).toBe(newest + 1)
    expect(readPhoto(library, id)?.name).toBe('a.jpg')
    expect(listBackups(old.folder)).toMatchObject([{ reason: 'update', photos: 1 }])
  })

  it('that fails changes nothing and can be tried again', () => {
    const old = tempLibrary()
    const id = addPhoto(old, { path: '/photos/a.jpg' })
    closeLibrary(old)
    const broken = withOneMore('ALTER TABLE photo ADD COLUMN stars INTEGER; SELECT nonsense')
    expect(() => openLibrary(old.folder, { mode: 'write', migrations: broken })).toThrow(/nonsense/)
    const library = tempLibrary({}, old.folder)
    expect(library.db.pragma('user_version', { simple: true })).toBe(newest)
    expect(readPhoto(library, id)?.name).toBe('a.jpg')
  })

  it('refuses a step that would leave references to nothing', () => {
    const old = tempLibrary()
    addPhoto(old, { path: '/photos/a.jpg' })
    closeLibrary(old)
    const careless = withOneMore('DELETE FROM folder')
    expect(() => openLibrary(old.folder, { mode: 'write', migrations: careless })).toThrow(/do not exist/)
  })

  it('is left to a writer: a reader asks for one', () => {
    const old = tempLibrary()
    closeLibrary(old)
    const migrations = withOneMore('CREATE TABLE more (x INTEGER) STRICT')
    expect(() => openLibrary(old.folder, { mode: 'read', migrations })).toThrow(/older Kartoteka/)
  })
})

/** As those were made: with another mark, and another version. */
function trialLibrary(): string {
  const library = tempLibrary()
  addPhoto(library, { path: '/photos/a.jpg' })
  closeLibrary(library)
  const db = new SQLite(join(library.folder, 'library.sqlite'))
  db.pragma(`application_id = ${0x4b61_7274}`)
  db.pragma('user_version = 2')
  db.close()
  return library.folder
}

describe('a library of a trial version', () => {
  it.each(['write', 'read'] as const)('is refused for %s with a sentence, and stays as it is', (mode) => {
    const folder = trialLibrary()
    const before = readFileSync(join(folder, 'library.sqlite'))
    expect(() => openLibrary(folder, { mode })).toThrow(
      expect.objectContaining({
        code: 'library-outdated',
        message: expect.stringContaining('index your folders anew'),
      }),
    )
    expect(readFileSync(join(folder, 'library.sqlite')).equals(before)).toBe(true)
  })

  it('makes room for a new one when a person says so, and is kept', () => {
    const folder = trialLibrary()
    const before = readFileSync(join(folder, 'library.sqlite'))
    const library = tempLibrary({ afresh: true }, folder)
    expect(library.db.prepare('SELECT count(*) FROM photo').pluck().get()).toBe(0)
    expect(readFileSync(join(folder, 'damaged', 'library-001.sqlite')).equals(before)).toBe(true)
  })

  it('is no backup that could be restored', () => {
    const folder = trialLibrary()
    const library = tempLibrary({ afresh: true }, folder)
    const id = '000001_20200101T000000Z_daily.sqlite'
    cpSync(join(folder, 'damaged', 'library-001.sqlite'), join(folder, 'backups', id))
    closeLibrary(library)
    expect(goodBackups(folder)).toEqual([])
    expect(examineBackups(folder)).toMatchObject([{ id, state: 'trial' }])
    expect(() => restoreBackup(folder, id)).toThrow(expect.objectContaining({ code: 'library-outdated' }))
  })
})

describe('a library of a newer version', () => {
  it.each(['write', 'read'] as const)('is refused for %s and stays as it is', (mode) => {
    const newer = tempLibrary({ migrations: withOneMore('CREATE TABLE more (x INTEGER) STRICT') })
    closeLibrary(newer)
    const before = readFileSync(join(newer.folder, 'library.sqlite'))
    expect(() => openLibrary(newer.folder, { mode })).toThrow(
      expect.objectContaining({ code: 'library-newer' }),
    )
    expect(readFileSync(join(newer.folder, 'library.sqlite')).equals(before)).toBe(true)
  })
})
