import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { examineBackups, listBackups, makeBackup } from '../../../electron/core/library/upkeep/backups.ts'
import { quickCheck } from '../../../electron/core/library/upkeep/check.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import {
  applicationId,
  libraryFile,
  thumbnailsFile,
  thumbnailsId,
} from '../../../electron/core/library/upkeep/library-files.ts'
import { inspectFile } from '../../../electron/core/library/upkeep/inspect.ts'
import { revision, type Library } from '../../../electron/core/library/library.ts'
import { migrationsFolder, readMigrations } from '../../../electron/core/library/upkeep/migrate.ts'
import { heldFiles, tellsLocks } from '../../fixtures/held-files.ts'
import { addPhoto, refusal, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'

const libraryKind = { id: applicationId, migrations: readMigrations(migrationsFolder()) }
const thumbnailsKind = {
  id: thumbnailsId,
  migrations: readMigrations(join(migrationsFolder(), 'thumbnails')),
}

/** Everything in a folder with its content, to see that nothing was changed. */
function contentOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort()
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}`,
    )
}

/** A closed library with one photo. */
function closedLibrary(): string {
  const library = tempLibrary()
  addPhoto(library, { path: '/photos/a.jpg' })
  closeLibrary(library)
  return library.folder
}

describe('opening a library', () => {
  it('makes folder and files when there is none', () => {
    const folder = join(tempFolder(), 'new', 'library')
    const library = tempLibrary({}, folder)
    expect(library.notices).toEqual([])
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['library.sqlite', 'thumbnails.sqlite']))
  })

  it('finds everything again', () => {
    const folder = closedLibrary()
    const again = tempLibrary({}, folder)
    expect(readPhoto(again, 1)?.path).toBe('/photos/a.jpg')
    expect(again.unclean).toBe(false)
  })

  it('leaves nothing but the two databases and the lock when it is closed', () => {
    expect(readdirSync(closedLibrary()).sort()).toEqual([
      'library.lock',
      'library.sqlite',
      'thumbnails.sqlite',
    ])
  })

  it('for reading makes nothing', () => {
    const folder = tempFolder()
    expect(refusal(folder, 'read').code).toBe('not-found')
    expect(readdirSync(folder)).toEqual([])
  })

  it('knows a library that was not closed', () => {
    const crashed = tempLibrary()
    addPhoto(crashed, { path: '/photos/a.jpg' })
    crashed.db.close()
    crashed.thumbnails.close()
    crashed.release()
    // A log that nobody read back, as a crash leaves it.
    writeFileSync(join(crashed.folder, 'library.sqlite-wal'), Buffer.alloc(100))
    expect(tempLibrary({}, crashed.folder).unclean).toBe(true)
  })

  it('counts revisions across restarts', () => {
    const first = tempLibrary()
    addPhoto(first, { path: '/photos/a.jpg' })
    const before = revision(first)
    closeLibrary(first)
    const again = tempLibrary({}, first.folder)
    addPhoto(again, { path: '/photos/b.jpg' })
    expect(revision(again)).toBeGreaterThan(before)
  })
})

describe('one writer', () => {
  it('keeps a second writer out and says who it is', () => {
    const library = tempLibrary()
    const refused = refusal(library.folder, 'write')
    expect(refused.code).toBe('library-locked')
    expect(refused.message).toContain(`Process ${process.pid} `)
  })

  it('lets readers in meanwhile, who see what was written', () => {
    const writer = tempLibrary()
    const reader = tempLibrary({ mode: 'read' }, writer.folder)
    const id = addPhoto(writer, { path: '/photos/a.jpg' })
    expect(readPhoto(reader, id)?.name).toBe('a.jpg')
    expect(revision(reader)).toBe(revision(writer))
  })

  it.runIf(tellsLocks).each<[string, (library: Library) => unknown]>([
    ['it is opened for reading', ({ folder }) => closeLibrary(openLibrary(folder, { mode: 'read' }))],
    ['it is refused to a second writer', ({ folder }) => refusal(folder, 'write')],
    ['it is checked', ({ folder }) => quickCheck(libraryFile(folder))],
    [
      'its files are looked at',
      ({ folder }) => [
        inspectFile(libraryFile(folder), libraryKind),
        inspectFile(thumbnailsFile(folder), thumbnailsKind),
      ],
    ],
    ['it is backed up', (library) => makeBackup(library, 'asked')],
    ['its backups are read', ({ folder }) => [...listBackups(folder), ...examineBackups(folder)]],
  ])('holds on to its files when %s in its own process', async (_, look) => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg' })
    const before = heldFiles(library.folder)
    expect(before).toEqual(expect.arrayContaining(['library.sqlite', 'thumbnails.sqlite', 'library.lock']))
    await look(library)
    // Without them the next program that looks into the library deletes its log, with all that is written from then on.
    expect(heldFiles(library.folder)).toEqual(before)
  })

  it('gives way once it is closed', () => {
    const folder = closedLibrary()
    expect(tempLibrary({}, folder).mode).toBe('write')
  })

  it('does not stumble over a spoilt lock file', () => {
    const folder = closedLibrary()
    writeFileSync(join(folder, 'library.lock'), 'nothing of ours, and longer than a header. '.repeat(20))
    expect(tempLibrary({}, folder).mode).toBe('write')
  })
})

describe('a library that cannot be used', () => {
  const spoilt: readonly [string, (file: string) => void, RegExp][] = [
    [
      'a text file',
      (file) => {
        writeFileSync(file, 'Dear diary, '.repeat(500))
      },
      /not a database/,
    ],
    [
      'an empty file',
      (file) => {
        writeFileSync(file, '')
      },
      /the file is empty/,
    ],
    [
      'cut off',
      (file) => {
        writeFileSync(file, readFileSync(file).subarray(0, 20_000))
      },
      /cut off/,
    ],
    [
      'cut off in its last page',
      (file) => {
        writeFileSync(file, readFileSync(file).subarray(0, -100))
      },
      /cut off/,
    ],
    [
      'shorter than a header',
      (file) => {
        writeFileSync(file, 'SQLite format 3\0')
      },
      /not a database/,
    ],
    [
      'of another program',
      (file) => {
        writeFileSync(file, '')
        const db = new SQLite(file)
        db.exec('CREATE TABLE other (x)')
        db.close()
      },
      /another program/,
    ],
    [
      'of another program with tables like ours',
      (file) => {
        const db = new SQLite(file)
        db.pragma('application_id = 7')
        db.close()
      },
      /another program/,
    ],
    [
      'of another program that keeps a log',
      (file) => {
        writeFileSync(file, '')
        const db = new SQLite(file)
        db.pragma('journal_mode = WAL')
        db.exec('CREATE TABLE other (x)')
        db.close()
      },
      /another program/,
    ],
    [
      'overwritten at its beginning',
      (file) => {
        const bytes = readFileSync(file)
        bytes.fill(0xff, 100, 4096)
        writeFileSync(file, bytes)
      },
      /malformed/,
    ],
  ]

  for (const [what, spoil, why] of spoilt) {
    it.each(['write', 'read'] as const)(
      `because it is ${what} is refused for %s, and nothing is changed`,
      (mode) => {
        const folder = closedLibrary()
        spoil(join(folder, 'library.sqlite'))
        const before = contentOf(folder).filter((line) => !line.startsWith('library.lock'))
        const refused = refusal(folder, mode)
        expect(refused.code).toBe('library-damaged')
        expect(refused.message).toMatch(why)
        expect(contentOf(folder).filter((line) => !line.startsWith('library.lock'))).toEqual(before)
      },
    )
  }

  it('is a folder where the file should be', () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'library.sqlite'))
    expect(refusal(folder, 'write').code).toBe('library-damaged')
  })

  it('because it is gone, though it was backed up, is not silently begun anew', async () => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg' })
    const backup = await makeBackup(library, 'asked')
    closeLibrary(library)
    writeFileSync(join(library.folder, 'library.sqlite'), '')
    const refused = refusal(library.folder, 'write')
    expect(refused.code).toBe('library-damaged')
    expect(refused.message).toContain(backup.madeAt)
  })

  it('is begun anew when asked for, and the old file kept', () => {
    const folder = closedLibrary()
    writeFileSync(join(folder, 'library.sqlite'), 'a text')
    const library = tempLibrary({ afresh: true }, folder)
    expect(readPhoto(library, 1)).toBeNull()
    expect(readFileSync(join(folder, 'damaged', 'library-001.sqlite'), 'utf8')).toBe('a text')
    expect(listBackups(folder)).toEqual([])
  })
})
