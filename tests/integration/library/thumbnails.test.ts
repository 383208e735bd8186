import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { readPhoto } from '../../../electron/core/library/details.ts'
import { closeLibrary } from '../../../electron/core/library/open.ts'
import { addPhoto, hashOf, tempLibrary } from '../../fixtures/temp-library.ts'

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
