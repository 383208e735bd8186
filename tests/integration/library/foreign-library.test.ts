import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import SQLite, { type Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { examineBackups, goodBackups, makeBackup } from '../../../electron/core/library/upkeep/backups.ts'
import { contentFault } from '../../../electron/core/library/upkeep/content-check.ts'
import { openDatabase } from '../../../electron/core/library/upkeep/database.ts'
import {
  backupFolder,
  libraryFile,
  lockFile,
  thumbnailsFile,
} from '../../../electron/core/library/upkeep/library-files.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { restoreBackup } from '../../../electron/core/library/upkeep/restore.ts'
import { write } from '../../../electron/core/library/library.ts'
import { refreshPhotos } from '../../../electron/core/library/photos/refresh.ts'
import { addPhoto, hashOf, refusal, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'

/** Changes a database as somebody with another program would, who heeds none of its rules. */
function tamper(file: string, change: ((db: Database) => void) | string): void {
  const db = new SQLite(file)
  try {
    db.unsafeMode(true)
    db.pragma('ignore_check_constraints = ON')
    db.pragma('foreign_keys = OFF')
    if (typeof change === 'string') db.exec(change)
    else change(db)
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

/** A closed library with a photo, a thumbnail and a backup. */
async function closedLibrary(): Promise<string> {
  const library = tempLibrary()
  addPhoto(library, { path: '/photos/a.jpg', reading: { metadata: { keywords: ['summer'] } } })
  library.thumbnails.put([{ contentHash: hashOf(1), jpeg: Buffer.from('a picture') }])
  await makeBackup(library, 'asked')
  closeLibrary(library)
  return library.folder
}

const someTable = 'setting'
const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)'

/** Each would run with some statement of ours; with its name in the sentence. */
const attacks: readonly (readonly [what: string, sql: string, why: RegExp])[] = [
  [
    'a trigger',
    `CREATE TRIGGER spy AFTER INSERT ON ${someTable} BEGIN DELETE FROM ${someTable}; END`,
    /it holds the trigger "spy", which Kartoteka did not make/,
  ],
  [
    'a trigger without end',
    `CREATE TRIGGER held AFTER UPDATE ON library_state
     BEGIN INSERT INTO ${someTable} ${endless} SELECT i, i FROM n; END`,
    /the trigger "held"/,
  ],
  ['a view', 'CREATE VIEW more AS SELECT 1', /the view "more"/],
  [
    'a view without end in the place of a table',
    `ALTER TABLE ${someTable} RENAME TO kept; CREATE VIEW ${someTable} AS ${endless} SELECT i AS key, i AS value FROM n`,
    /"setting"|"kept"/,
  ],
  ['a table', 'CREATE TABLE more (x)', /the table "more"/],
  ['a virtual table', 'CREATE VIRTUAL TABLE more USING fts5 (x)', /the table "more/],
  [
    'an index on an expression',
    `CREATE INDEX slow ON ${someTable} (hex(zeroblob(length(value))))`,
    /the index "slow"/,
  ],
  [
    'a generated column',
    `ALTER TABLE ${someTable} ADD COLUMN x TEXT AS (hex(value))`,
    /its table "setting" is not as Kartoteka makes it/,
  ],
  [
    'a CHECK',
    `ALTER TABLE ${someTable} ADD COLUMN x TEXT CHECK (x <> hex(x))`,
    /its table "setting" is not as/,
  ],
  ['no table of ours', `DROP TABLE ${someTable}`, /its table "setting" is missing/],
  [
    'a name that is made to look like a sentence',
    `CREATE TABLE "x"", which is fine. Nothing to see
here" (x)`,
    /the table "x\\", which is fine\. Nothing to see\\nhere", which Kartoteka did not make/,
  ],
  [
    'a table of ours with a remark that is longer than is worth reading',
    `PRAGMA writable_schema = ON;
     UPDATE sqlite_schema SET sql = sql || '/*' || hex(zeroblob(50000)) || '*/' WHERE name = '${someTable}'`,
    /its table "setting" is not as/,
  ],
  [
    'more names than can be read',
    Array.from({ length: 200 }, (_, number) => `CREATE TABLE "${'x'.repeat(20_000)}${number}" (x)`).join(';'),
    /the table "x{60}", which/,
  ],
]

describe('a library that somebody else made', () => {
  it.each(attacks)('with %s is refused with a sentence, and nothing of it is run', async (_, sql, why) => {
    const folder = await closedLibrary()
    tamper(libraryFile(folder), sql)
    const before = readFileSync(libraryFile(folder))
    for (const mode of ['write', 'read'] as const) {
      const { code, message } = refusal(folder, mode)
      expect(code).toBe('library-damaged')
      expect(message).toMatch(why)
      expect(message).toContain('Nothing was changed')
    }
    expect(readFileSync(libraryFile(folder)).equals(before)).toBe(true)
  })

  it.each(attacks)(
    'and put among the backups with %s is neither offered nor restored',
    async (_, sql, why) => {
      const folder = await closedLibrary()
      const [name = ''] = readdirSync(backupFolder(folder))
      tamper(join(backupFolder(folder), name), sql)
      expect(goodBackups(folder)).toEqual([])
      expect(examineBackups(folder)).toMatchObject([
        { id: name, state: 'damaged', fault: expect.stringMatching(why) },
      ])
      expect(() => restoreBackup(folder, name)).toThrow(why)
      tempLibrary({}, folder)
    },
  )

  it('and says that it is of a newer version is not looked into', async () => {
    const folder = await closedLibrary()
    const [name = ''] = readdirSync(backupFolder(folder))
    const file = join(backupFolder(folder), name)
    tamper(
      file,
      `DROP TABLE IF EXISTS day_count; CREATE VIEW day_count AS ${endless} SELECT i AS count FROM n`,
    )
    tamper(file, 'PRAGMA user_version = 9999')
    expect(goodBackups(folder)).toEqual([])
    expect(examineBackups(folder)).toMatchObject([{ state: 'newer', photos: null }])
  })

  it('with thumbnails that run something begins them anew', async () => {
    const folder = await closedLibrary()
    tamper(thumbnailsFile(folder), 'CREATE TRIGGER spy AFTER INSERT ON thumbnail BEGIN SELECT 1; END')
    const reader = tempLibrary({ mode: 'read' }, folder)
    expect(reader.thumbnails.get(hashOf(1))).toBeNull()
    const library = tempLibrary({}, folder)
    expect(library.notices.map(({ code }) => code)).toEqual(['thumbnails-rebuilt'])
    library.thumbnails.put([{ contentHash: hashOf(2), jpeg: Buffer.from('another') }])
    expect(library.thumbnails.has(hashOf(2))).toBe(true)
  })

  it('with a lock file that runs something locks all the same, and runs nothing', async () => {
    const folder = await closedLibrary()
    rmSync(lockFile(folder))
    tamper(
      lockFile(folder),
      `CREATE TABLE owner (pid INTEGER NOT NULL, host TEXT NOT NULL) STRICT;
       CREATE TABLE ran (x);
       CREATE TRIGGER held AFTER INSERT ON owner BEGIN INSERT INTO ran VALUES (new.pid); END`,
    )
    const library = tempLibrary({}, folder)
    expect(refusal(folder, 'write').message).toContain(`Process ${process.pid} is using`)
    closeLibrary(library)
    const lock = new SQLite(lockFile(folder))
    expect(lock.prepare('SELECT * FROM ran').all()).toEqual([])
    lock.close()
  })

  it.each([
    'library.sqlite',
    'thumbnails.sqlite',
    'library.lock',
    'library.sqlite-wal',
    'library.sqlite.restoring',
  ])('with a link in the place of %s is refused, and what it leads to stays as it is', async (name) => {
    const folder = await closedLibrary()
    const victim = join(tempFolder(), 'victim')
    writeFileSync(victim, 'precious')
    rmSync(join(folder, name), { recursive: true, force: true })
    symlinkSync(victim, join(folder, name))
    for (const mode of ['write', 'read'] as const) {
      expect(refusal(folder, mode).message).toMatch(new RegExp(`${name} is no plain file, so`))
    }
    expect(() => restoreBackup(folder, '000001_20260101T000000Z_asked.sqlite')).toThrow(/is no plain/)
    expect(readFileSync(victim, 'utf8')).toBe('precious')
  })

  it.skipIf(process.platform === 'win32').each(['library.sqlite', 'thumbnails.sqlite', 'library.lock'])(
    'with a pipe in the place of %s is refused, and not waited for',
    async (name) => {
      const folder = await closedLibrary()
      rmSync(join(folder, name))
      execFileSync('/usr/bin/env', ['mkfifo', join(folder, name)])
      for (const mode of ['write', 'read'] as const) {
        expect(refusal(folder, mode).message).toMatch(new RegExp(`${name} is no plain file, so`))
      }
    },
  )

  it('with a backup that is a link does not follow it', async () => {
    const folder = await closedLibrary()
    const [name = ''] = readdirSync(backupFolder(folder))
    const outside = join(tempFolder(), 'outside.sqlite')
    cpSync(join(backupFolder(folder), name), outside)
    rmSync(join(backupFolder(folder), name))
    symlinkSync(outside, join(backupFolder(folder), name))
    expect(goodBackups(folder)).toEqual([])
    expect(() => restoreBackup(folder, name)).toThrow(/it is not a file/)
  })
})

/** As it is when it comes to a computer that has never seen it. */
function forgetWhoKnowsIt(folder: string): void {
  tamper(libraryFile(folder), "DELETE FROM setting WHERE key = 'library-id'")
}

/** Writes into a table as if it had been declared otherwise. */
function tamperAround(file: string, [declared, meanwhile]: readonly [string, string], sql: string): void {
  const redeclare = (from: string, to: string): void => {
    tamper(file, (db) => {
      db.pragma('writable_schema = ON')
      db.prepare("UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'setting'").run(from, to)
    })
  }
  redeclare(declared, meanwhile)
  tamper(file, sql)
  redeclare(meanwhile, declared)
}

const separators = process.platform === 'win32' ? ['/', '\\'] : ['/']

describe('what somebody else wrote into the tables of a library', () => {
  it('is taken as it is when Kartoteka wrote it, whatever happened to it since', () => {
    const library = tempLibrary()
    const ids = Array.from({ length: 60 }, (_, at) =>
      addPhoto(library, { path: `/photos/${at}.jpg`, reading: { contentHash: hashOf(at + 1) } }),
    )
    // The full-text index keeps what was replaced under numbers beyond those that JavaScript can tell apart.
    library.db.exec("INSERT INTO photo_words (photo_words) VALUES ('optimize')")
    write(library, () => {
      refreshPhotos(library, ids.slice(0, 1))
    })
    const largest = library.db.prepare('SELECT max(id) FROM photo_words_data').pluck().safeIntegers().get()
    expect(largest).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER))
    expect(contentFault(library.db)).toBeNull()
  })

  it.each([
    [
      'a value of another type',
      ['STRICT, WITHOUT ROWID', 'WITHOUT ROWID'],
      "INSERT INTO setting VALUES ('odd', x'ff')",
      /non-TEXT value in setting\.value/,
    ],
    [
      'no value where there must be one',
      ['value TEXT NOT NULL', 'value TEXT'],
      "INSERT INTO setting VALUES ('odd', NULL)",
      /NULL value in setting\.value/,
    ],
  ] as const)('is refused with %s', async (_, declarations, sql, why) => {
    const folder = await closedLibrary()
    forgetWhoKnowsIt(folder)
    tamperAround(libraryFile(folder), declarations, sql)
    for (const mode of ['write', 'read'] as const) expect(refusal(folder, mode).message).toMatch(why)
    tamper(libraryFile(folder), "DELETE FROM setting WHERE key = 'odd'")
    tempLibrary({}, folder)
  })

  it('is refused where a text is longer than ours can be, in whichever column', async () => {
    const folder = await closedLibrary()
    forgetWhoKnowsIt(folder)
    const db = new SQLite(libraryFile(folder))
    const columns = db
      .prepare<[], { name: string; column: string }>(
        `SELECT t.name, c.name AS "column" FROM pragma_table_list t, pragma_table_xinfo(t.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name <> 'setting' AND c.hidden = 0 AND c.type = 'TEXT'`,
      )
      .all()
      .filter(({ name }) => db.prepare(`SELECT 1 FROM "${name}"`).get() !== undefined)
    db.close()
    expect(columns.length).toBeGreaterThan(5)
    for (const { name, column } of columns) {
      const copy = join(tempFolder(), 'library')
      cpSync(folder, copy, { recursive: true })
      tamper(libraryFile(copy), `UPDATE "${name}" SET "${column}" = CAST(zeroblob(2000000) AS TEXT)`)
      expect(refusal(copy, 'write').message, `${name}.${column}`).toMatch(
        /holds a value that is too large to be ours|CHECK constraint failed/,
      )
    }
  })

  it.each([
    [
      "UPDATE photo SET keywords = '[' || replace(hex(zeroblob(1500000)), '00', '1,') || '1]'",
      /too large to be ours/,
    ],
    ["INSERT INTO setting VALUES ('long', CAST(zeroblob(70000000) AS TEXT))", /"setting" holds a value/],
    ['UPDATE file SET size = 9223372036854775807', /"file" holds a value/],
  ])('is refused where it would fill the memory: %s', async (sql, why) => {
    const folder = await closedLibrary()
    forgetWhoKnowsIt(folder)
    tamper(libraryFile(folder), sql)
    expect(refusal(folder, 'write').message).toMatch(why)
  })

  it.each([
    ...separators.flatMap((separator) => [`..${separator}outside${separator}x.jpg`, `sub${separator}x.jpg`]),
    '..',
    '.',
    '',
    'x\0.jpg',
  ])('is refused where the name %j of a file leads elsewhere', async (name) => {
    const folder = await closedLibrary()
    forgetWhoKnowsIt(folder)
    tamper(libraryFile(folder), (db) => db.prepare('UPDATE file SET name = ?').run(name))
    for (const mode of ['write', 'read'] as const) {
      expect(refusal(folder, mode).message).toContain(`${JSON.stringify(name)} is no name of a file`)
    }
  })

  it.each(['/etc', '/photos/../etc', '/photos/./a', '/photos2', '/photos/a\0', 'photos'])(
    'is refused where the folder %j is not in its root',
    async (path) => {
      const folder = await closedLibrary()
      forgetWhoKnowsIt(folder)
      tamper(libraryFile(folder), (db) => db.prepare('UPDATE folder SET path = ?').run(path))
      expect(refusal(folder, 'write').message).toContain(`${JSON.stringify(path)} is no folder of a library`)
    },
  )

  it('keeps a backup from being restored', async () => {
    const folder = await closedLibrary()
    const [name = ''] = readdirSync(backupFolder(folder))
    tamper(join(backupFolder(folder), name), "UPDATE file SET name = '../x.jpg'")
    expect(() => restoreBackup(folder, name)).toThrow('"../x.jpg" is no name of a file')
    tempLibrary({}, folder)
  })

  it('is not read from end to end again by the computer that did so once', async () => {
    const folder = await closedLibrary()
    forgetWhoKnowsIt(folder)
    tempLibrary({}, folder).release()
    tamper(libraryFile(folder), "INSERT INTO setting VALUES ('long', CAST(zeroblob(70000000) AS TEXT))")
    expect(tempLibrary({ mode: 'read' }, folder).mode).toBe('read')
  })

  it('is not read from end to end each time by a computer that only looks into it', async () => {
    const folder = await closedLibrary()
    tamper(libraryFile(folder), `UPDATE setting SET value = '"of another computer"' WHERE key = 'library-id'`)
    closeLibrary(tempLibrary({ mode: 'read' }, folder))
    tamper(libraryFile(folder), "INSERT INTO setting VALUES ('long', CAST(zeroblob(70000000) AS TEXT))")
    expect(tempLibrary({ mode: 'read' }, folder).mode).toBe('read')
  })

  it('cannot be a picture larger than is sensible', async () => {
    const folder = await closedLibrary()
    const sum = crc32(Buffer.alloc(5_000_000))
    tamper(thumbnailsFile(folder), `UPDATE thumbnail SET jpeg = zeroblob(5000000), crc = ${sum}`)
    expect(tempLibrary({}, folder).thumbnails.get(hashOf(1))).toBeNull()
  })
})

it('a database is opened so that its schema can do no harm and cannot be written', () => {
  const db = openDatabase(join(tempFolder(), 'a.sqlite'))
  try {
    expect(db.pragma('trusted_schema', { simple: true })).toBe(0)
    expect(db.pragma('cell_size_check', { simple: true })).toBe(1)
    // Defensive mode, which better-sqlite3 sets.
    db.pragma('writable_schema = ON')
    db.exec('CREATE TABLE a (x)')
    expect(() => db.exec("DELETE FROM sqlite_schema WHERE name = 'a'")).toThrow(/may not be modified/)
    expect(() => db.exec("SELECT load_extension('/nowhere')")).toThrow(/not authorized|no such function/)
    db.exec('CREATE VIEW v AS SELECT * FROM pragma_database_list')
    expect(() => db.prepare('SELECT * FROM v').all()).toThrow(/unsafe use of virtual table/)
  } finally {
    db.close()
  }
})
