import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import {
  backupIfDue,
  examineBackups,
  goodBackups,
  listBackups,
  makeBackup,
} from '../../../electron/core/library/upkeep/backups.ts'
import type { Backup } from '../../../electron/core/contract/states.ts'
import { checkInBackground, quickCheck } from '../../../electron/core/library/upkeep/check.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { libraryFile } from '../../../electron/core/library/upkeep/library-files.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { restoreBackup } from '../../../electron/core/library/upkeep/restore.ts'
import { writeSetting } from '../../../electron/core/library/settings.ts'
import { addPhoto, hashOf, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'

const noon = Date.UTC(2025, 5, 1, 12)
const hour = 3_600_000
const checkThread = new URL('../../../electron/core/library/upkeep/check-thread.ts', import.meta.url)

async function libraryWithBackup(): Promise<{ folder: string; id: string }> {
  const library = tempLibrary()
  addPhoto(library, { path: '/photos/a.jpg' })
  const { id } = await makeBackup(library, 'asked')
  addPhoto(library, { path: '/photos/b.jpg', reading: { contentHash: hashOf(2) } })
  closeLibrary(library)
  return { folder: library.folder, id }
}

const fullDisk = (): never => {
  throw new SQLite.SqliteError('database or disk is full', 'SQLITE_FULL')
}

describe('backups', () => {
  it('are whole copies, one file each, and only the three newest are kept', async () => {
    const library = tempLibrary()
    for (let number = 1; number <= 5; number++) {
      addPhoto(library, { path: `/photos/${number}.jpg`, reading: { contentHash: hashOf(number) } })
      await makeBackup(library, 'asked', noon + number * hour)
    }
    const backups = listBackups(library.folder)
    expect(backups.map(({ photos, madeAt }) => [photos, madeAt])).toEqual([
      [5, '2025-06-01T17:00:00Z'],
      [4, '2025-06-01T16:00:00Z'],
      [3, '2025-06-01T15:00:00Z'],
    ])
    expect(readdirSync(join(library.folder, 'backups'))).toHaveLength(3)
    const newest = backups[0]?.id ?? ''
    expect(quickCheck(join(library.folder, 'backups', newest))).toEqual([])
  })

  it('include what is written while they are made', async () => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg' })
    const making = makeBackup(library, 'asked')
    addPhoto(library, { path: '/photos/b.jpg', reading: { contentHash: hashOf(2) } })
    expect(await making).toMatchObject({ photos: 2 })
  })

  it('are due once a day, if anything changed', async () => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg' })
    expect(await backupIfDue(library, noon)).toMatchObject({ reason: 'daily', photos: 1 })
    expect(await backupIfDue(library, noon + 48 * hour)).toBeNull()
    addPhoto(library, { path: '/photos/b.jpg', reading: { contentHash: hashOf(2) } })
    expect(await backupIfDue(library, noon + 23 * hour)).toBeNull()
    expect(await backupIfDue(library, noon + 25 * hour)).toMatchObject({ photos: 2 })
  })

  it('are made and kept in order when the clock is set back', async () => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg' })
    await makeBackup(library, 'daily', noon)
    addPhoto(library, { path: '/photos/b.jpg', reading: { contentHash: hashOf(2) } })
    expect(await backupIfDue(library, noon - 1000 * hour)).toMatchObject({ photos: 2 })
    expect(listBackups(library.folder).map(({ photos }) => photos)).toEqual([2, 1])
    for (let number = 3; number <= 6; number++) {
      addPhoto(library, { path: `/photos/${number}.jpg`, reading: { contentHash: hashOf(number) } })
      await makeBackup(library, 'daily', noon - number * 1000 * hour)
    }
    expect(listBackups(library.folder).map(({ photos }) => photos)).toEqual([6, 5, 4])
  })

  it('that are damaged are listed as that and not offered', async () => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg' })
    const good = await makeBackup(library, 'asked')
    addPhoto(library, { path: '/photos/b.jpg', reading: { contentHash: hashOf(2) } })
    const bad = await makeBackup(library, 'asked')
    writeFileSync(join(library.folder, 'backups', bad.id), '')
    expect(goodBackups(library.folder)).toEqual([good])
    expect(listBackups(library.folder)).toMatchObject([
      { id: bad.id, state: 'damaged', fault: 'the file is empty', photos: null },
      { id: good.id, state: 'good', fault: null },
    ])
  })

  it('for which the disk has no room are told with a sentence, and nothing half-written is left', async () => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg' })
    const good = await makeBackup(library, 'asked')
    await expect(makeBackup(library, 'asked', noon, { check: fullDisk })).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(
        /The disk that holds .* is full: about \d+ MB more are needed/,
      ) as string,
    })
    expect(readdirSync(join(library.folder, 'backups'))).toEqual([good.id])
  })
})

const inBackground = (file: string): Promise<string[]> => checkInBackground(file, checkThread)

async function rottenLibrary(): Promise<{ library: Library; good: Backup }> {
  const sound = tempLibrary()
  for (let number = 1; number <= 100; number++)
    addPhoto(sound, { path: `/photos/${number}.jpg`, reading: { contentHash: hashOf(number) } })
  const good = await makeBackup(sound, 'daily', noon)
  const page = sound.db
    .prepare("SELECT pageno FROM dbstat WHERE name = 'photo' AND pagetype = 'leaf' LIMIT 1")
    .pluck()
    .get() as number
  closeLibrary(sound)
  const file = libraryFile(sound.folder)
  const bytes = readFileSync(file)
  bytes.fill(0xee, (page - 1) * 4096 + 8, (page - 1) * 4096 + 408)
  writeFileSync(file, bytes)
  return { library: tempLibrary({}, sound.folder), good }
}

describe('a library with a page that went bad unnoticed', () => {
  it('does not push its good backups out: no copy of it is kept', async () => {
    const { library, good } = await rottenLibrary()
    expect(library.notices).toEqual([])
    for (let days = 1; days <= 4; days++) {
      writeSetting(library, 'changed', days)
      await expect(backupIfDue(library, noon + days * 48 * hour)).rejects.toMatchObject({
        code: 'library-damaged',
        message: expect.stringContaining('earlier ones are') as string,
      })
    }
    expect(examineBackups(library.folder)).toMatchObject([{ id: good.id, state: 'good' }])
    expect(readdirSync(join(library.folder, 'backups'))).toEqual([good.id])
  })

  it('is found out by a thread of its own where people wait', async () => {
    const { library } = await rottenLibrary()
    await expect(makeBackup(library, 'daily', noon, { check: inBackground })).rejects.toMatchObject({
      code: 'library-damaged',
    })
  })
})

describe('a backup that is given up', () => {
  it.each([
    ['before it is whole', 0, (): string[] => []],
    ['while it is read', 50, () => new Promise<string[]>(() => {})],
  ])('%s leaves the earlier ones as they are, and the next one is made', async (_, after, check) => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg' })
    const good = await makeBackup(library, 'asked')
    const giveUp = new AbortController()
    const making = makeBackup(library, 'asked', noon, { check, signal: giveUp.signal })
    making.catch(() => {})
    if (after > 0) await new Promise((resolve) => setTimeout(resolve, after))
    giveUp.abort()
    await expect(making).rejects.toMatchObject({ name: 'AbortError' })
    expect(listBackups(library.folder)).toEqual([good])
    await makeBackup(library, 'asked')
    expect(readdirSync(join(library.folder, 'backups'))).toHaveLength(2)
  })
})

describe('restoring a backup', () => {
  it('brings back what was then; what was there is a backup that can be restored, and so on', async () => {
    const { folder, id } = await libraryWithBackup()
    const photosIn = (): number => {
      const library = openLibrary(folder, { mode: 'write' })
      const found = [1, 2].filter((photo) => readPhoto(library, photo) !== null).length
      closeLibrary(library)
      return found
    }
    restoreBackup(folder, id)
    expect(photosIn()).toBe(1)
    const [former] = listBackups(folder)
    expect(former).toMatchObject({ reason: 'replaced', photos: 2, state: 'good' })
    restoreBackup(folder, former?.id ?? '')
    expect(photosIn()).toBe(2)
    expect(listBackups(folder).map(({ reason, photos }) => [reason, photos])).toEqual([
      ['replaced', 1],
      ['replaced', 2],
      ['asked', 1],
    ])
  })

  it('keeps what the library had only in its log, since it was not closed', async () => {
    const { folder, id } = await libraryWithBackup()
    const place = tempFolder()
    const library = openLibrary(folder, { mode: 'write' })
    addPhoto(library, { path: '/photos/c.jpg', reading: { contentHash: hashOf(3) } })
    cpSync(folder, place, { recursive: true })
    closeLibrary(library)
    expect(statSync(`${libraryFile(place)}-wal`).size).toBeGreaterThan(0)
    restoreBackup(place, id)
    expect(listBackups(place)[0]).toMatchObject({ reason: 'replaced', photos: 3 })
    expect(readdirSync(join(place, 'backups'))).toHaveLength(2)
  })

  it('lists a damaged library that it replaced as such, and keeps it byte for byte', async () => {
    const { folder, id } = await libraryWithBackup()
    writeFileSync(libraryFile(folder), 'spoilt')
    const former = restoreBackup(folder, id)
    expect(readFileSync(former ?? '', 'utf8')).toBe('spoilt')
    expect(listBackups(folder)).toMatchObject([
      { id: basename(former ?? ''), reason: 'replaced', state: 'damaged', fault: 'it is not a database' },
      { id, state: 'good' },
    ])
    expect(() => restoreBackup(folder, basename(former ?? ''))).toThrow('it is not a database')
  })

  it('takes nothing away from the other backups, and what it replaced stays as long as they', async () => {
    const { folder, id } = await libraryWithBackup()
    for (let times = 0; times < 5; times++) restoreBackup(folder, id)
    const numbers = (): number[] => listBackups(folder).map((backup) => parseInt(backup.id, 10))
    expect(numbers()).toEqual([6, 5, 4, 3, 2, 1])
    const library = tempLibrary({}, folder)
    // As long as the first one is there, nothing that came after it goes.
    await makeBackup(library, 'asked')
    await makeBackup(library, 'asked')
    expect(numbers()).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
    await makeBackup(library, 'asked')
    expect(numbers()).toEqual([9, 8, 7, 6, 5, 4])
  })

  it('does not put off the next backup of its own accord', async () => {
    const before = tempLibrary()
    addPhoto(before, { path: '/photos/a.jpg' })
    const { id } = await makeBackup(before, 'daily', Date.now() - 25 * hour)
    closeLibrary(before)
    restoreBackup(before.folder, id)
    const library = tempLibrary({}, before.folder)
    addPhoto(library, { path: '/photos/b.jpg', reading: { contentHash: hashOf(2) } })
    expect(await backupIfDue(library)).toMatchObject({ reason: 'daily', photos: 2 })
  })

  it('waits until the library is closed', async () => {
    const { folder, id } = await libraryWithBackup()
    tempLibrary({}, folder)
    expect(() => restoreBackup(folder, id)).toThrow(expect.objectContaining({ code: 'library-locked' }))
  })

  it('that is damaged inside changes nothing', async () => {
    const { folder, id } = await libraryWithBackup()
    const file = join(folder, 'backups', id)
    const bytes = readFileSync(file)
    bytes.fill(0xff, 12 * 4096, 20 * 4096)
    writeFileSync(file, bytes)
    const before = readFileSync(libraryFile(folder))
    expect(() => restoreBackup(folder, id)).toThrow(expect.objectContaining({ code: 'library-damaged' }))
    expect(readFileSync(libraryFile(folder)).equals(before)).toBe(true)
  })

  it('of a newer version is refused: it could not be opened', async () => {
    const { folder, id } = await libraryWithBackup()
    const backup = new SQLite(join(folder, 'backups', id))
    backup.pragma('user_version = 9999')
    backup.close()
    expect(() => restoreBackup(folder, id)).toThrow(expect.objectContaining({ code: 'library-newer' }))
    expect(examineBackups(folder)).toMatchObject([{ id, state: 'newer' }])
  })

  it('takes no names but those of backups', async () => {
    const { folder } = await libraryWithBackup()
    for (const id of ['../library.sqlite', 'nothing', '']) {
      expect(() => restoreBackup(folder, id)).toThrow(expect.objectContaining({ code: 'not-found' }))
    }
  })
})

describe('checking the database', () => {
  it('finds nothing in a sound library that is in use', async () => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg' })
    expect(await checkInBackground(libraryFile(library.folder), checkThread)).toEqual([])
  })

  it('finds a page that was overwritten', async () => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg' })
    closeLibrary(library)
    const file = libraryFile(library.folder)
    const bytes = readFileSync(file)
    bytes.fill(0xff, 3 * 4096, 4 * 4096)
    writeFileSync(file, bytes)
    expect(await checkInBackground(file, checkThread)).not.toEqual([])
  })
})
