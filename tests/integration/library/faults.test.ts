import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import SQLite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { KartotekaError } from '../../../electron/core/contract/failure.ts'
import { listBackups, makeBackup } from '../../../electron/core/library/upkeep/backups.ts'
import { quickCheck } from '../../../electron/core/library/upkeep/check.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { readFile, readPhoto } from '../../../electron/core/library/photos/details.ts'
import { libraryFile, thumbnailsFile } from '../../../electron/core/library/upkeep/library-files.ts'
import { write, type Library } from '../../../electron/core/library/library.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { addFiles } from '../../../electron/core/library/files/files.ts'
import { takePending } from '../../../electron/core/library/files/queue.ts'
import { addRoot } from '../../../electron/core/library/roots/roots.ts'
import { restoreBackup } from '../../../electron/core/library/upkeep/restore.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { spaceNeeded } from '../../../electron/core/library/upkeep/space.ts'
import {
  addFile,
  addPhoto,
  derivedFaults,
  findingsOf,
  hashOf,
  readingOf,
  someModel,
  taggingOf,
  tempFolder,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

/** How often a writer is killed; `KARTOTEKA_KILLS=100` for the long run. */
const kills = Number(process.env['KARTOTEKA_KILLS'] ?? 12)
const writer = fileURLToPath(new URL('./writer.ts', import.meta.url))

interface Writing {
  readonly child: ChildProcess
  /** Resolves at the first line it says. */
  readonly ready: Promise<unknown>
  readonly lines: string[]
  readonly ended: Promise<unknown>
}

function startWriter(folder: string, photos: number): Writing {
  const child = spawn(process.execPath, [writer, folder, String(photos)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  child.stdout
    ?.setEncoding('utf8')
    .on('data', (text: string) => lines.push(...text.split('\n').filter(Boolean)))
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return { child, lines, ready: once(child.stdout ?? child, 'data'), ended: once(child, 'close') }
}

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })

/** Results the writer is known to have kept. */
const kept = (lines: readonly string[]): number => Math.max(0, ...lines.map(Number).filter(Number.isFinite))

function checkSound(library: Library): void {
  expect(quickCheck(libraryFile(library.folder))).toEqual([])
  expect(quickCheck(thumbnailsFile(library.folder))).toEqual([])
  expect(library.db.pragma('foreign_key_check')).toEqual([])
  expect(derivedFaults(library)).toEqual([])
  const half = library.db
    .prepare(
      `SELECT id FROM file WHERE state = 'done' AND (photo_id IS NULL
         OR (SELECT count(*) FROM tag WHERE tag.photo_id = file.photo_id) <> 5
         OR NOT EXISTS (SELECT 1 FROM index_entry WHERE index_entry.photo_id = file.photo_id)
         OR NOT EXISTS (SELECT 1 FROM photo_words WHERE rowid = file.photo_id))`,
    )
    .all()
  expect(half).toEqual([])
}

/** A library that may not grow by more than a few pages. */
function fullLibrary(): Library {
  const library = tempLibrary()
  for (let number = 0; number < 20; number++) addFile(library, `/photos/${number}.jpg`)
  takePending(library, 20)
  const pages = Number(library.db.pragma('page_count', { simple: true }))
  library.db.pragma(`max_page_count = ${pages + 2}`)
  return library
}

/** A library with decisions, a backup, and one more photo since. */
async function backedUp(): Promise<string> {
  const library = tempLibrary()
  for (let number = 1; number <= 50; number++) {
    addPhoto(library, { path: `/photos/${number}.jpg`, reading: { contentHash: hashOf(number) } })
  }
  decide(library, [1], 151, 'removed')
  await makeBackup(library, 'daily')
  closeLibrary(library)
  return library.folder
}

describe('a writer killed at any moment', () => {
  it(
    `leaves a whole library, ${kills} times over, and the work gets done`,
    { timeout: kills * 10_000 },
    async () => {
      const folder = tempFolder()
      let photos = 0
      let atLeast = 0
      for (let kill = 0; kill < kills; kill++) {
        // More than it can do before it is killed.
        photos = atLeast + 1500
        const { child, lines, ended } = startWriter(folder, photos)
        // Also before the library exists, and while it is being opened.
        await wait(40 + Math.random() * 360)
        child.kill('SIGKILL')
        await ended
        atLeast = Math.max(atLeast, kept(lines))
        if (statSync(libraryFile(folder), { throwIfNoEntry: false }) === undefined) continue
        const library = openLibrary(folder, { mode: 'write' })
        checkSound(library)
        expect(library.notices).toEqual([])
        const done = library.db.prepare("SELECT count(*) FROM file WHERE state = 'done'").pluck().get()
        expect(done).toBeGreaterThanOrEqual(atLeast)
        closeLibrary(library)
      }
      const last = startWriter(folder, photos)
      await last.ended
      expect(last.lines.at(-1)).toBe('finished')
      const library = tempLibrary({}, folder)
      checkSound(library)
      const states = library.db
        .prepare('SELECT state, problem, count(*) AS count FROM file GROUP BY state, problem')
        .all()
      expect(states).toEqual([{ state: 'done', problem: null, count: photos }])
      expect(library.db.prepare('SELECT count(DISTINCT name) FROM file').pluck().get()).toBe(photos)
    },
  )

  it('frees the library for the next one', async () => {
    const folder = tempFolder()
    const { child, ready, ended } = startWriter(folder, 100_000)
    await ready
    const refused = (() => {
      try {
        openLibrary(folder, { mode: 'write' })
      } catch (error) {
        return error
      }
      return null
    })()
    expect(refused).toBeInstanceOf(KartotekaError)
    expect(refused).toMatchObject({
      code: 'library-locked',
      message: expect.stringContaining(`Process ${child.pid} `),
    })
    tempLibrary({ mode: 'read' }, folder)
    child.kill('SIGKILL')
    await ended
    expect(tempLibrary({}, folder).mode).toBe('write')
  })
})

/** A file system of 6 MB where this process may mount one, else an ordinary folder. */
function smallDisk(): { folder: string; small: boolean } {
  const folder = tempFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6M', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return { folder, small: false }
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder])
  })
  return { folder, small: true }
}

describe('a full disk', () => {
  const results = Array.from({ length: 20 }, (_, index) => ({
    kind: 'read' as const,
    fileId: index + 1,
    reading: readingOf({ contentHash: hashOf(index + 1), metadata: { keywords: ['x'.repeat(2000)] } }),
    tagging: taggingOf(index * 40),
  }))

  it('is told with the room needed; nothing is half written, and searching goes on', () => {
    const library = fullLibrary()
    expect(() => {
      storeResults(library, results, someModel)
    }).toThrow(expect.objectContaining({ code: 'disk-full', message: expect.stringMatching(/about \d+ MB/) }))
    expect(library.db.inTransaction).toBe(false)
    expect(readFile(library, 1)).toMatchObject({ state: 'running' })
    expect(library.db.prepare('SELECT count(*) FROM tag').pluck().get()).toBe(0)
    expect(derivedFaults(library)).toEqual([])

    library.db.pragma('max_page_count = 1073741823')
    storeResults(library, results, someModel)
    expect(readPhoto(library, 20)?.tags).toHaveLength(5)
  })

  it('does not keep the library from being closed and opened', () => {
    const library = fullLibrary()
    expect(() => {
      storeResults(library, results, someModel)
    }).toThrow(KartotekaError)
    closeLibrary(library)
    const again = tempLibrary({}, library.folder)
    expect(takePending(again, 99)).toHaveLength(20)
  })

  it('stops the work and nothing else: the library opens, and goes on when there is room', () => {
    const { folder, small } = smallDisk()
    const library = openLibrary(folder, { mode: 'write' })
    const root = addRoot(library, '/photos')
    const files = Array.from({ length: 400 }, (_, index) => ({
      name: `${index}.jpg`,
      size: 1,
      mtime: 1,
      ctime: 1,
    }))
    addFiles(library, root.folderId, files)
    if (!small)
      library.db.pragma(`max_page_count = ${Number(library.db.pragma('page_count', { simple: true })) + 20}`)
    const thumbnail = Buffer.alloc(20_000, 'picture')
    const indexAll = (into: Library): void => {
      for (let taken = takePending(into, 10); taken.length > 0; taken = takePending(into, 10)) {
        storeResults(
          into,
          taken.map(({ fileId }) => ({
            kind: 'read',
            fileId,
            reading: readingOf({ contentHash: hashOf(fileId), thumbnail }),
            tagging: taggingOf(fileId),
          })),
          someModel,
        )
      }
    }
    expect(() => {
      indexAll(library)
    }).toThrow(expect.objectContaining({ code: 'disk-full' }))
    const done = library.db.prepare("SELECT count(*) FROM file WHERE state = 'done'").pluck().get()
    closeLibrary(library)

    const full = openLibrary(folder, { mode: 'write' })
    checkSound(full)
    expect(full.db.prepare("SELECT count(*) FROM file WHERE state = 'done'").pluck().get()).toBe(done)
    closeLibrary(full)

    if (small) execFileSync('mount', ['-o', 'remount,size=60M', folder])
    const again = openLibrary(folder, { mode: 'write' })
    indexAll(again)
    checkSound(again)
    expect(again.db.prepare("SELECT count(*) FROM file WHERE state = 'done'").pluck().get()).toBe(400)
    closeLibrary(again)
  })

  it('for thumbnails keeps nothing of the batch either', () => {
    const library = fullLibrary()
    const whole = library.thumbnails
    const full = {
      ...library,
      thumbnails: {
        ...whole,
        put: () => {
          throw new SQLite.SqliteError('database or disk is full', 'SQLITE_FULL')
        },
      },
    }
    expect(() => {
      storeResults(full, results, someModel)
    }).toThrow(expect.objectContaining({ code: 'disk-full' }))
    expect(readFile(library, 1)?.state).toBe('running')
  })

  it('needs room for what still waits, by what photos took so far', () => {
    const library = tempLibrary()
    const idle = spaceNeeded(library)
    for (let number = 0; number < 1000; number++) addFile(library, `/photos/${number}.jpg`)
    // Once in the database and once in its log.
    expect(spaceNeeded(library) - idle).toBe(2 * 1000 * 50_000)
  })
})

describe('a database spoilt while nobody looked', () => {
  it.each([
    [
      'emptied',
      (file: string) => {
        truncateSync(file, 0)
      },
    ],
    [
      'cut in half',
      (file: string) => {
        truncateSync(file, statSync(file).size / 2)
      },
    ],
    [
      'overwritten with text',
      (file: string) => {
        writeFileSync(file, 'text '.repeat(10_000))
      },
    ],
  ])('%s: the newest backup brings everything back', async (_, spoil) => {
    const folder = await backedUp()
    spoil(libraryFile(folder))
    expect(() => openLibrary(folder, { mode: 'write' })).toThrow(
      expect.objectContaining({ code: 'library-damaged' }),
    )
    restoreBackup(folder, listBackups(folder)[0]?.id ?? '')
    const library = tempLibrary({}, folder)
    checkSound(library)
    expect(readPhoto(library, 50)?.tags).toHaveLength(5)
    expect(findingsOf(library, 1)[151]).toBeUndefined()
  })

  it('with pages of nonsense: whoever meets them is told that the library is damaged', async () => {
    const folder = await backedUp()
    const bytes = readFileSync(libraryFile(folder))
    bytes.fill(0xff, 8 * 4096)
    writeFileSync(libraryFile(folder), bytes)
    const meet = (): void => {
      const library = openLibrary(folder, { mode: 'write' })
      try {
        write(library, () => library.db.prepare('DELETE FROM photo').run())
      } finally {
        closeLibrary(library)
      }
    }
    expect(meet).toThrow(expect.objectContaining({ code: 'library-damaged' }))
    expect(quickCheck(libraryFile(folder))).not.toEqual([])
  })
})

describe('a database locked by another program', () => {
  it('makes a write fail with a clear message, and the next one succeed', () => {
    const library = tempLibrary()
    library.db.pragma('busy_timeout = 50')
    const intruder = new SQLite(libraryFile(library.folder))
    intruder.exec('BEGIN IMMEDIATE')
    expect(() => addFile(library, '/photos/a.jpg')).toThrow(
      expect.objectContaining({ code: 'library-locked' }),
    )
    intruder.exec('ROLLBACK')
    intruder.close()
    expect(addFile(library, '/photos/a.jpg')).toBe(1)
  })
})
