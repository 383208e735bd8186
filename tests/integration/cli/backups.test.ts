import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { decideByName } from '../../../electron/core/library/decisions/own-labels.ts'
import { makeBackup } from '../../../electron/core/library/upkeep/backups.ts'
import { libraryFile } from '../../../electron/core/library/upkeep/library-files.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { addPhoto, hashOf, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'
import { kartoteka, kartotekaHere, kartotekaJsonHere } from './kartoteka.ts'

/** A closed library with two photos, and a backup for each count of photos, oldest first. */
async function backedUp(): Promise<{ folder: string; ids: string[] }> {
  const library = tempLibrary()
  const ids: string[] = []
  for (const [at, name] of ['a.jpg', 'b.jpg'].entries()) {
    addPhoto(library, { path: `/photos/${name}`, reading: { contentHash: hashOf(at) } })
    ids.push((await makeBackup(library, 'asked')).id)
  }
  addPhoto(library, { path: '/photos/c.jpg', reading: { contentHash: hashOf(2) } })
  closeLibrary(library)
  return { folder: library.folder, ids }
}

function photosIn(folder: string): unknown {
  const library = openLibrary(folder, { mode: 'read' })
  try {
    return library.db.prepare('SELECT count(*) FROM photo').pluck().get()
  } finally {
    closeLibrary(library)
  }
}

const spoil = (folder: string, id: string): void => {
  const file = join(folder, 'backups', id)
  const bytes = readFileSync(file)
  bytes.fill(0xff, 12 * 4096, 20 * 4096)
  writeFileSync(file, bytes)
}

describe('kartoteka backups', () => {
  it('lists them, newest first, and says which are no good', async () => {
    const { folder, ids } = await backedUp()
    const [older = '', newer = ''] = ids
    spoil(folder, newer)
    expect(await kartotekaJsonHere(['backups', '--library', folder])).toMatchObject([
      { id: newer, state: 'damaged', fault: expect.any(String) },
      { id: older, state: 'good', fault: null, photos: 1, reason: 'asked', bytes: expect.any(Number) },
    ])
    const { stdout } = await kartotekaHere(['backups', '--library', folder])
    expect(stdout).toMatch(new RegExp(`${newer}.*damaged: .*\n${older}.* 1 .*good`))
  })

  it('makes one first when it is told to', async () => {
    const { folder, ids } = await backedUp()
    expect(await kartotekaJsonHere(['backups', '--now', '--library', folder])).toMatchObject([
      { reason: 'asked', state: 'good', photos: 3 },
      { id: ids[1] },
      { id: ids[0] },
    ])
  })

  it('makes none while another process has the library, and names it', async () => {
    const { folder } = tempLibrary()
    const { status, stderr } = await kartoteka(['backups', '--now', '--library', folder])
    expect(status).toBe(1)
    expect(stderr).toContain(`Process ${process.pid} is using the library in ${folder}`)
  })

  it('none yet is no failure, no library is one', async () => {
    const { folder } = tempLibrary()
    expect(await kartotekaJsonHere(['backups', '--library', folder])).toEqual([])
    const missing = join(folder, 'nothing-here')
    const { status, stderr } = await kartotekaHere(['backups', '--library', missing])
    expect(status).toBe(1)
    expect(stderr).toContain(`There is no library in ${missing}`)
    expect(existsSync(missing)).toBe(false)
  })
})

describe('kartoteka restore', () => {
  it('only tells what it would do, until it is told to', async () => {
    const { folder, ids } = await backedUp()
    const before = readFileSync(libraryFile(folder))
    const { status, stdout } = await kartotekaHere(['restore', '--library', folder])
    expect(status).toBe(0)
    expect(stdout).toContain(ids[1])
    expect(stdout).toContain(
      'In the library and not in the backup: what is known of 1 photo that came later.\nNothing was changed. Add --yes',
    )
    expect(readFileSync(libraryFile(folder)).equals(before)).toBe(true)
    expect(readdirSync(join(folder, 'backups')).sort()).toEqual(ids)
  })

  it('puts the newest good backup in place and keeps what was there', async () => {
    const { folder, ids } = await backedUp()
    spoil(folder, ids[1] ?? '')
    writeFileSync(libraryFile(folder), 'spoilt')
    const done = await kartotekaJsonHere(['restore', '--yes', '--library', folder])
    expect(done).toMatchObject({ restored: true, backup: { id: ids[0], photos: 1 } })
    expect(photosIn(folder)).toBe(1)
    const kept = join(folder, 'backups', readdirSync(join(folder, 'backups')).sort().at(-1) ?? '')
    expect(readFileSync(kept, 'utf8')).toBe('spoilt')
    expect(done).toMatchObject({ former: kept, loss: null })
    expect(await kartotekaJsonHere(['backups', '--library', folder])).toMatchObject([
      { reason: 'replaced', state: 'damaged', fault: 'it is not a database' },
      { id: ids[1], state: 'damaged' },
      { id: ids[0], state: 'good' },
    ])
  })

  it('takes a backup by name, number or path', async () => {
    const { folder, ids } = await backedUp()
    const [older = ''] = ids
    for (const name of [older, older.replace('.sqlite', ''), '1', join(folder, 'backups', older)]) {
      expect(await kartotekaJsonHere(['restore', name, '--library', folder])).toMatchObject({
        restored: false,
        backup: { id: older },
      })
    }
  })

  it('says what was decided since, and brings that back when it is told to', async () => {
    const { folder, ids } = await backedUp()
    const library = openLibrary(folder, { mode: 'write' })
    decideByName(library, [1, 2], 'Marty', 'added')
    closeLibrary(library)
    const first = await kartotekaJsonHere(['restore', '2', '--yes', '--library', folder])
    expect(first).toMatchObject({
      backup: { id: ids[1] },
      loss: {
        decisions: 2,
        photosDecided: 2,
        labels: 1,
        albums: 0,
        searches: 0,
        taught: 0,
        groups: 0,
        photosAdded: 1,
      },
    })
    const { stdout } = await kartotekaHere(['restore', '--library', folder])
    expect(stdout).toContain('_replaced.sqlite')
    expect(stdout).toContain(
      'In the library and not in the backup: nothing.\nOnly in the backup: 2 decisions.\n',
    )
    await kartotekaHere(['restore', '--yes', '--library', folder])
    expect(photosIn(folder)).toBe(3)
    const { stdout: told } = await kartotekaHere(['restore', '2', '--library', folder])
    expect(told).toContain('2 decisions about 2 photos, 1 new or renamed label, what is known of 1 photo')
  })

  it('brings back a library whose database is gone', async () => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg' })
    await makeBackup(library, 'asked')
    closeLibrary(library)
    const { folder } = library
    for (const name of readdirSync(folder).filter((name) => name.startsWith('library.sqlite'))) {
      rmSync(join(folder, name))
    }
    expect(await kartotekaJsonHere(['restore', '--yes', '--library', folder])).toMatchObject({
      restored: true,
    })
    expect(photosIn(folder)).toBe(1)
  })

  it('refuses while another process has the library, and names it', async () => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg' })
    await makeBackup(library, 'asked')
    const { status, stderr } = await kartoteka(['restore', '--yes', '--library', library.folder])
    expect(status).toBe(1)
    expect(stderr).toContain(`Process ${process.pid} is using the library in ${library.folder}`)
    expect(readdirSync(join(library.folder, 'backups'))).toHaveLength(1)
  })

  it.each(['7', 'nothing', '../library.sqlite'])('no backup %s: says where to look', async (name) => {
    const { folder } = await backedUp()
    const { status, stdout, stderr } = await kartotekaHere(['restore', name, '--yes', '--library', folder])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain(`There is no backup ${name}`)
    expect(stderr).toContain('kartoteka backups')
  })

  it('a damaged backup, and one of a newer Kartoteka, change nothing', async () => {
    const { folder, ids } = await backedUp()
    const [older = '', newer = ''] = ids
    spoil(folder, older)
    const db = new SQLite(join(folder, 'backups', newer))
    db.pragma('user_version = 9999')
    db.close()
    for (const [name, why] of [
      [older, 'cannot be restored'],
      [newer, 'version 9999'],
    ] as const) {
      const { status, stderr } = await kartotekaHere(['restore', name, '--yes', '--library', folder])
      expect(status).toBe(1)
      expect(stderr).toContain(why)
    }
    const { stderr } = await kartotekaHere(['restore', '--yes', '--library', folder])
    expect(stderr).toContain('There is no good backup')
    expect(photosIn(folder)).toBe(3)
  })

  it('a folder that is no library', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'empty'))
    const { status, stderr } = await kartotekaHere(['restore', '--library', join(folder, 'empty')])
    expect(status).toBe(1)
    expect(stderr).toContain('There is no library')
  })
})
