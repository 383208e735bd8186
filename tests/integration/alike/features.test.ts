import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  openFeatureReader,
  type FeatureReader,
  type FeatureTable,
} from '../../../electron/core/alike/load-features.ts'
import { taggedPhotosSql, undescribedPhotos } from '../../../electron/core/alike/missing.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { blockSize, markOf, type PhotoDescriptor } from '../../../electron/core/library/photos/features.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import {
  addPhoto,
  hashOf,
  planOf,
  readingOf,
  someModel,
  taggingOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

const version = 'a'

/** Of photo `photoId`; no two are alike. */
function descriptorOf(photoId: number, changes: { made?: number; version?: string } = {}): PhotoDescriptor {
  const { made = 1 } = changes
  const bytes = new Uint8Array(280)
  new DataView(bytes.buffer).setUint32(0, photoId, true)
  bytes[255] = 0x80
  bytes[256] = made
  bytes[279] = 0xff
  return {
    photoId,
    contentHash: hashOf(photoId),
    descriptor: { version: changes.version ?? version, bytes },
  }
}

function readerOf(library: Library): FeatureReader {
  const reader = openFeatureReader(library.folder)
  onTestFinished(reader.close)
  return reader
}

/** What is kept of each photo, as far as these tests tell them apart. */
function contentsOf(
  table: FeatureTable,
): Map<number, { id: number; made: number; last: number; word: number }> {
  const found = new Map<number, { id: number; made: number; last: number; word: number }>()
  for (let row = 0; row < table.count; row += 1) {
    const photo = table.photos[row] ?? 0
    if (photo === 0) continue
    expect(found.has(photo)).toBe(false)
    expect(table.rowOf(photo)).toBe(row)
    const view = new DataView(table.features.buffer, table.features.byteOffset + row * 256, 256)
    found.set(photo, {
      id: view.getUint32(0, true),
      made: (table.hashes[row * 6] ?? 0) & 0xff,
      last: view.getInt8(255),
      word: table.hashes[row * 6 + 5] ?? 0,
    })
  }
  return found
}

const ids = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at)

describe('features', () => {
  it('are empty in a library without any', () => {
    const table = readerOf(tempLibrary()).loadFeatures()
    expect([table.count, table.version, table.rowOf(1)]).toEqual([0, null, -1])
  })

  it('come with the tags of a photo, in the version that they were made in', () => {
    const library = tempLibrary()
    const { descriptor } = descriptorOf(1)
    const id = addPhoto(library, { path: '/photos/a.jpg', tagging: { ...taggingOf(), descriptor } })
    const table = readerOf(library).loadFeatures()
    expect(table.version).toBe(version)
    expect(contentsOf(table)).toEqual(new Map([[id, { id: 1, made: 1, last: -128, word: 0xff00_0000 }]]))
  })

  it('are on the disk before the rows of their photo, so that no photo is without them after a crash', () => {
    const library = tempLibrary()
    const seen: (number | undefined)[] = []
    const countElsewhere = (): number | undefined => {
      const other = new SQLite(join(library.folder, 'library.sqlite'), { readonly: true })
      try {
        return other.prepare<[], number>('SELECT count(*) FROM photo').pluck().get()
      } finally {
        other.close()
      }
    }
    const { put } = library.features
    library.features.put = (descriptors) => {
      put(descriptors)
      seen.push(countElsewhere(), readerOf(library).loadFeatures().count)
      if (seen.length === 2) throw new Error('the process ends here')
    }
    const given = { path: '/photos/a.jpg', tagging: { ...taggingOf(), ...descriptorOf(1) } }
    expect(() => addPhoto(library, given)).toThrow('ends here')
    expect(countElsewhere()).toBe(0)
    // Once more, as after the next start: nothing is there twice.
    const [fileId] = library.db.prepare<[], number>('SELECT id FROM file').pluck().all()
    storeResults(
      library,
      [{ kind: 'read', fileId: fileId ?? 0, reading: readingOf(), tagging: given.tagging }],
      someModel,
    )
    expect(seen).toEqual([0, 1, 0, 1])
    expect([countElsewhere(), readerOf(library).loadFeatures().count]).toEqual([1, 1])
  })

  it('are gathered in blocks, and a reader that is open goes on from what it has', () => {
    const library = tempLibrary()
    const reader = readerOf(library)
    library.features.put(ids(1, 100).map((id) => descriptorOf(id)))
    expect(contentsOf(reader.loadFeatures()).size).toBe(100)
    library.features.put(ids(101, blockSize + 50).map((id) => descriptorOf(id)))
    library.features.put(ids(101 + blockSize + 50, blockSize).map((id) => descriptorOf(id)))
    const found = contentsOf(reader.loadFeatures())
    expect([...found.keys()].toSorted((one, other) => one - other)).toEqual(ids(1, 150 + 2 * blockSize))
    expect([...found].every(([photo, { id }]) => photo === id)).toBe(true)
    expect(contentsOf(readerOf(library).loadFeatures())).toEqual(found)
    expect(blocksIn(library)).toBe(2)
  })

  it('of a photo that was made anew count from then on, also where the earlier ones are in a block', () => {
    const library = tempLibrary()
    const reader = readerOf(library)
    library.features.put(ids(1, blockSize).map((id) => descriptorOf(id)))
    reader.loadFeatures()
    library.features.put([descriptorOf(7, { made: 2 })])
    for (const each of [reader, readerOf(library)]) {
      const found = contentsOf(each.loadFeatures())
      expect(found.size).toBe(blockSize)
      expect(found.get(7)?.made).toBe(2)
      expect(found.get(8)?.made).toBe(1)
    }
  })

  it('of another version take the place of all', () => {
    const library = tempLibrary()
    const reader = readerOf(library)
    library.features.put(ids(1, blockSize + 3).map((id) => descriptorOf(id)))
    reader.loadFeatures()
    library.features.put([descriptorOf(5, { version: 'b' })])
    const table = reader.loadFeatures()
    expect([table.version, [...contentsOf(table).keys()]]).toEqual(['b', [5]])
    expect(() => {
      library.features.put([descriptorOf(1), descriptorOf(2, { version: 'b' })])
    }).toThrow('two versions')
  })

  it('say of which content they were made', () => {
    const library = tempLibrary()
    library.features.put(ids(1, blockSize + 1).map((id) => descriptorOf(id)))
    const marks = library.features.marks(version)
    expect([marks[1], marks[blockSize + 1], marks[0]]).toEqual([
      markOf(hashOf(1)),
      markOf(hashOf(blockSize + 1)),
      0,
    ])
    expect(library.features.marks('another').length).toBe(0)
  })

  it('that are damaged or lost begin anew', () => {
    const library = tempLibrary()
    library.features.put([descriptorOf(1)])
    closeLibrary(library)
    const file = join(library.folder, 'features.sqlite')
    writeFileSync(file, 'not a database')
    const again = tempLibrary({}, library.folder)
    expect(readerOf(again).loadFeatures().count).toBe(0)
    again.features.put([descriptorOf(2)])
    expect(contentsOf(readerOf(again).loadFeatures()).size).toBe(1)
    closeLibrary(again)
    rmSync(file)
    expect(readerOf(tempLibrary({}, library.folder)).loadFeatures().count).toBe(0)
  })

  it('in blocks that are of little use are put together anew, with all that is of use', () => {
    const library = tempLibrary()
    const reader = readerOf(library)
    library.features.put(ids(1, blockSize).map((id) => descriptorOf(id)))
    library.features.put(ids(1, 1000).map((id) => descriptorOf(id, { made: 2 })))
    reader.loadFeatures()
    library.features.tidy(
      (id) => id <= 2000,
      () => true,
    )
    const found = contentsOf(reader.loadFeatures())
    expect(found.size).toBe(2000)
    expect([found.get(1)?.made, found.get(1500)?.made]).toEqual([2, 1])
    expect(blocksIn(library)).toBe(0)
  })

  it('in blocks of which most is of use are left', () => {
    const library = tempLibrary()
    library.features.put(ids(1, blockSize).map((id) => descriptorOf(id)))
    library.features.tidy(
      (id) => id > 500,
      () => true,
    )
    expect(blocksIn(library)).toBe(1)
  })
})

async function undescribed(library: Library, goesOn = () => true): Promise<number[]> {
  const found: number[] = []
  for await (const photos of undescribedPhotos(library, version, goesOn)) {
    found.push(...photos.map(({ photoId }) => photoId))
  }
  return found
}

describe('photos that lack their features', () => {
  it('are those that were tagged and have none of this version, or of another content', async () => {
    const library = tempLibrary()
    const add = (n: number, tagging = taggingOf()): number =>
      addPhoto(library, { path: `/photos/${n}.jpg`, reading: { contentHash: hashOf(n) }, tagging })
    const has = add(1, { ...taggingOf(), descriptor: descriptorOf(1).descriptor })
    const lacks = add(2)
    const edited = add(3)
    addPhoto(library, { path: '/photos/4.jpg', reading: { contentHash: hashOf(4) }, tagging: null })
    library.features.put([{ ...descriptorOf(9), photoId: edited }])
    expect(await undescribed(library)).toEqual([lacks, edited])
    expect(library.features.marks(version)[has]).toBe(markOf(hashOf(1)))
  })

  it('are not looked for any more when there is something else to do', async () => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/1.jpg' })
    expect(await undescribed(library, () => false)).toEqual([])
  })

  it('are found along the ids of photos', () => {
    expect(planOf(tempLibrary(), taggedPhotosSql)).not.toMatch(/SCAN|TEMP B-TREE/)
  })
})

function blocksIn(library: Library): number {
  const db = new SQLite(join(library.folder, 'features.sqlite'), { readonly: true })
  try {
    return db.prepare<[], number>('SELECT count(*) FROM block').pluck().get() ?? 0
  } finally {
    db.close()
  }
}
