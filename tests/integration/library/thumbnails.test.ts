import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { addRoot, listRoots, removeRoot, settleRoots } from '../../../electron/core/library/roots/roots.ts'
import { hashesSql } from '../../../electron/core/library/photos/thumbnails.ts'
import {
  hasPhotoSql,
  removeUnusedThumbnails,
} from '../../../electron/core/library/photos/unused-thumbnails.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { setPresence } from '../../../electron/core/library/files/files.ts'
import { addPhoto, hashOf, planOf, tempLibrary } from '../../fixtures/temp-library.ts'

const picture = { contentHash: hashOf(1), jpeg: Buffer.alloc(30_000, 'jpeg') }

/** A closed library with a photo and its thumbnail. */
function closedLibrary(): string {
  const library = tempLibrary()
  addPhoto(library, { path: '/photos/a.jpg' })
  library.thumbnails.put([picture])
  closeLibrary(library)
  return library.folder
}

const fileIn = (folder: string): string => join(folder, 'thumbnails.sqlite')

describe('thumbnails', () => {
  it('come back as they were kept, also to readers', () => {
    const folder = closedLibrary()
    expect(tempLibrary({ mode: 'read' }, folder).thumbnails.get(picture.contentHash)).toEqual(picture.jpeg)
  })

  it('can be replaced', () => {
    const { thumbnails } = tempLibrary()
    thumbnails.put([picture])
    thumbnails.put([{ ...picture, jpeg: Buffer.from('newer') }])
    expect(thumbnails.get(picture.contentHash)?.toString()).toBe('newer')
  })

  it('nobody kept are a miss', () => {
    const { thumbnails } = tempLibrary()
    expect(thumbnails.get(hashOf(5))).toBeNull()
    expect(thumbnails.has(hashOf(5))).toBe(false)
    expect(thumbnails.get('not a hash')).toBeNull()
  })

  it('that rotted are a miss', () => {
    const folder = closedLibrary()
    const db = new SQLite(fileIn(folder))
    db.exec('UPDATE thumbnail SET jpeg = zeroblob(30000)')
    db.close()
    const library = tempLibrary({}, folder)
    expect(library.thumbnails.get(picture.contentHash)).toBeNull()
    expect(library.notices).toEqual([])
  })
})

const goesOn = (): boolean => true
const putBig = (library: Library, from: number, until: number): void => {
  const numbers = Array.from({ length: until - from }, (_, at) => from + at)
  library.thumbnails.put(
    numbers.map((number) => ({ contentHash: hashOf(number), jpeg: Buffer.alloc(30_000, `${number}`) })),
  )
}
const kept = (library: Library): string[] => library.thumbnails.hashesAfter('', 1000)

describe('thumbnails of contents that no photo has any more', () => {
  it('are removed; those of photos that are here, away, missing or hidden are kept', async () => {
    const library = tempLibrary()
    for (const number of [1, 2, 3, 4]) {
      addPhoto(library, { path: `/photos/${number}.jpg`, reading: { contentHash: hashOf(number) } })
    }
    setPresence(library, [2], 'missing')
    library.db.exec("UPDATE file SET presence = 'removed' WHERE id = 3")
    library.db.exec("UPDATE file SET state = 'offline' WHERE id = 4")
    putBig(library, 5, 9)
    expect(kept(library)).toHaveLength(8)
    expect(await removeUnusedThumbnails(library, goesOn)).toBe(true)
    expect(kept(library)).toEqual([1, 2, 3, 4].map(hashOf))
  })

  it('of a forgotten folder are removed, but not what a copy in another one shares', async () => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg', reading: { contentHash: hashOf(1) } })
    addPhoto(library, { path: '/photos/b.jpg', reading: { contentHash: hashOf(2) } })
    addRoot(library, '/others')
    addPhoto(library, { path: '/others/copy.jpg', reading: { contentHash: hashOf(2) } })
    removeRoot(library, listRoots(library).find(({ path }) => path === '/photos')?.id ?? 0, false)
    await settleRoots(library)
    await removeUnusedThumbnails(library, goesOn)
    expect(kept(library)).toEqual([hashOf(2)])
  })

  it('go in short steps, each true to the photos of its moment, and can be given up', async () => {
    const library = tempLibrary()
    putBig(library, 1, 251)
    let steps = 0
    const meanwhile = (): Promise<void> => {
      steps += 1
      // What comes into the library now has a picture that was nobody's before.
      if (steps === 1) addPhoto(library, { path: '/photos/late.jpg', reading: { contentHash: hashOf(240) } })
      return Promise.resolve()
    }
    expect(await removeUnusedThumbnails(library, () => steps < 1, meanwhile)).toBe(false)
    expect(kept(library)).toHaveLength(150)
    expect(await removeUnusedThumbnails(library, goesOn, meanwhile)).toBe(true)
    expect(kept(library)).toEqual([hashOf(240)])
    expect(steps).toBe(4)
  })

  it('leave their room to those that come after', async () => {
    const library = tempLibrary()
    const size = (): number => {
      const db = new SQLite(fileIn(library.folder), { readonly: true })
      const pages = Number(db.pragma('page_count', { simple: true }))
      db.close()
      return pages
    }
    putBig(library, 1, 101)
    const before = size()
    await removeUnusedThumbnails(library, goesOn)
    expect(kept(library)).toEqual([])
    putBig(library, 101, 201)
    expect(size()).toBeLessThanOrEqual(before)
  })

  it('are found by index, and so is whether a photo has the content', () => {
    const library = tempLibrary()
    expect(planOf(library, hasPhotoSql)).toContain('COVERING INDEX sqlite_autoindex_photo_1 (content_hash=?)')
    const db = new SQLite(fileIn(library.folder), { readonly: true })
    const [step] = db
      .prepare<[Buffer, number], { detail: string }>(`EXPLAIN QUERY PLAN ${hashesSql}`)
      .all(Buffer.alloc(16), 1)
    db.close()
    expect(step?.detail).toMatch(/SEARCH thumbnail USING COVERING INDEX \S+ \(content_hash>\?\)/)
  })
})

describe('a thumbnail database', () => {
  it.each([
    [
      'that is lost',
      (file: string) => {
        rmSync(file)
      },
    ],
    [
      'that is empty',
      (file: string) => {
        writeFileSync(file, '')
      },
    ],
    [
      'that is a text',
      (file: string) => {
        writeFileSync(file, 'a text '.repeat(999))
      },
    ],
    [
      'that is cut off',
      (file: string) => {
        writeFileSync(file, readFileSync(file).subarray(0, 9000))
      },
    ],
  ])('%s is started afresh with a notice, and the library is whole', (_, spoil) => {
    const folder = closedLibrary()
    spoil(fileIn(folder))
    const library = tempLibrary({}, folder)
    expect(library.notices.map(({ code }) => code)).toEqual(['thumbnails-rebuilt'])
    expect(library.thumbnails.get(picture.contentHash)).toBeNull()
    library.thumbnails.put([picture])
    expect(library.thumbnails.get(picture.contentHash)).toEqual(picture.jpeg)
    expect(readPhoto(library, 1)?.tags).toHaveLength(5)
  })

  it('found damaged while in use is started afresh, too', () => {
    const folder = closedLibrary()
    const bytes = readFileSync(fileIn(folder))
    // Every page but the first two, which say what tables there are.
    bytes.fill(0xff, 2 * 8192)
    writeFileSync(fileIn(folder), bytes)
    const library = tempLibrary({}, folder)
    expect(library.thumbnails.get(picture.contentHash)).toBeNull()
    library.thumbnails.put([picture])
    expect(library.thumbnails.get(picture.contentHash)).toEqual(picture.jpeg)
  })

  it('that is lost or damaged is a miss for readers, who change nothing', () => {
    const folder = closedLibrary()
    writeFileSync(fileIn(folder), 'a text')
    const library = tempLibrary({ mode: 'read' }, folder)
    expect(library.thumbnails.get(picture.contentHash)).toBeNull()
    expect(readFileSync(fileIn(folder), 'utf8')).toBe('a text')
  })
})
