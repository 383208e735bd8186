import { describe, expect, it } from 'vitest'
import { readFile, readPhoto } from '../../../electron/core/library/photos/details.ts'
import { refreshAllPhotos, refreshPhotos } from '../../../electron/core/library/photos/refresh.ts'
import { prepare } from '../../../electron/core/library/statements.ts'
import { dropTags, storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { write, type Library } from '../../../electron/core/library/library.ts'
import {
  addFile,
  addPhoto,
  fileIdAt,
  photoAt,
  derivedFaults,
  findingsOf,
  hashOf,
  readingOf,
  someModel,
  taggingOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

function found(library: Library, words: string): number[] {
  return prepare<[string], { rowid: number }>(
    library,
    'SELECT rowid FROM photo_words WHERE photo_words MATCH ?',
  )
    .all(words)
    .map(({ rowid }) => rowid)
}

describe('the result of looking at a photo', () => {
  it('is kept whole', () => {
    const library = tempLibrary()
    const categoryProbabilities = [{ categoryId: 1001, probability: 0.75 }]
    const id = addPhoto(library, {
      path: '/photos/2019/IMG_0001.JPG',
      reading: {
        format: 'heic',
        width: 4000,
        height: 3000,
        orientation: 6,
        damaged: 'The last rows are missing.',
        metadata: {
          takenAt: '2019-07-14T18:03:22',
          takenOffset: '+02:00',
          takenFrom: 'exif',
          position: { latitude: 48.1, longitude: -11.5 },
          camera: 'Canon EOS 5D',
          lens: 'EF 50mm',
          exposure: { time: 0.004, fNumber: 2.8, iso: 400, focalLength: 50 },
          keywords: ['2024', 'Größe, mit Komma'],
          keywordPaths: [['Places', 'Russia']],
          rating: -1,
        },
      },
      tagging: taggingOf(151, 0.6, categoryProbabilities),
    })
    expect(readPhoto(library, id)).toEqual({
      id,
      folder: '/photos/2019',
      path: '/photos/2019/IMG_0001.JPG',
      name: 'IMG_0001.JPG',
      size: 1000,
      state: 'done',
      problem: null,
      reason: null,
      presence: 'here',
      contentHash: hashOf(1),
      format: 'heic',
      width: 4000,
      height: 3000,
      orientation: 6,
      takenAt: '2019-07-14T18:03:22',
      takenPrecision: 'second',
      takenOffset: '+02:00',
      takenFrom: 'exif',
      position: { latitude: 48.1, longitude: -11.5 },
      place: null,
      camera: 'Canon EOS 5D',
      lens: 'EF 50mm',
      exposure: { time: 0.004, fNumber: 2.8, iso: 400, focalLength: 50 },
      keywords: ['2024', 'Größe, mit Komma'],
      keywordPaths: [['Places', 'Russia']],
      rating: -1,
      damaged: 'The last rows are missing.',
      tags: taggingOf(151, 0.6).tags,
      categoryProbabilities,
      model: { ...someModel, look: 'plain' },
      decisions: [],
      said: {},
      inFiles: null,
      files: [{ id: 1, path: '/photos/2019/IMG_0001.JPG', size: 1000, mtime: 1000, presence: 'here' }],
      copies: 0,
    })
    expect(library.thumbnails.get(hashOf(1))?.toString()).toBe('a picture')
    expect(derivedFaults(library)).toEqual([])
  })

  it('can be found by name and keyword, as search folds words', () => {
    const library = tempLibrary()
    const id = addPhoto(library, {
      path: '/photos/2019/Été_0001.JPG',
      reading: { metadata: { keywords: ['Ägypten'] } },
    })
    expect(found(library, 'agypten')).toEqual([id])
    expect(found(library, 'ete')).toEqual([id])
    expect(found(library, 'name:0001')).toEqual([id])
    expect(found(library, 'jpg')).toEqual([])
  })

  it('replaces the one before, with nothing left of it', () => {
    const library = tempLibrary()
    const path = '/photos/a.jpg'
    const id = addPhoto(library, {
      path,
      reading: { metadata: { takenAt: '2019-01-01T00:00:00', keywords: ['old'] } },
    })
    const reading = readingOf({ contentHash: hashOf(2), metadata: { takenAt: '2020-01-01T00:00:00' } })
    const fileId = fileIdAt(library, path)
    storeResults(library, [{ kind: 'read', fileId, reading, tagging: taggingOf(500, 0.9) }], someModel)
    expect(photoAt(library, path)).toBe(id)
    expect(Object.keys(findingsOf(library, id)).map(Number)).toEqual([500, 501, 502, 503, 504])
    expect(found(library, 'old')).toEqual([])
    expect(library.db.prepare('SELECT day, count FROM day_count').all()).toEqual([{ day: 18_262, count: 1 }])
    expect(derivedFaults(library)).toEqual([])
  })

  it('read without a model drops tags of another content, and keeps those of the same', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    const fileId = fileIdAt(library, '/photos/a.jpg')
    storeResults(library, [{ kind: 'read', fileId, reading: readingOf(), tagging: null }], null)
    expect(readPhoto(library, id)?.tags).toHaveLength(5)
    const other = readingOf({ contentHash: hashOf(2) })
    storeResults(library, [{ kind: 'read', fileId, reading: other, tagging: null }], null)
    expect(readPhoto(library, id)).toMatchObject({
      tags: [],
      categoryProbabilities: [],
      model: null,
      state: 'done',
    })
  })

  it('of a file that is no longer in the library is dropped', () => {
    const library = tempLibrary()
    const reading = readingOf()
    storeResults(library, [{ kind: 'read', fileId: 12, reading, tagging: taggingOf() }], someModel)
    expect(library.db.prepare('SELECT count(*) FROM photo').pluck().get()).toBe(0)
    expect(derivedFaults(library)).toEqual([])
  })

  it('is kept with its whole batch or not at all', () => {
    const library = tempLibrary()
    const first = addFile(library, '/photos/a.jpg')
    const second = addFile(library, '/photos/b.jpg')
    const impossible = {
      tags: [{ rank: 1, classIndex: 1000, probability: 1 }],
      categoryProbabilities: [],
      turn: 0 as const,
    }
    expect(() => {
      storeResults(
        library,
        [
          { kind: 'read', fileId: first, reading: readingOf(), tagging: taggingOf() },
          {
            kind: 'read',
            fileId: second,
            reading: readingOf({ contentHash: hashOf(2) }),
            tagging: impossible,
          },
        ],
        someModel,
      )
    }).toThrow(/CHECK/)
    expect(readFile(library, first)).toMatchObject({ state: 'pending' })
    expect(photoAt(library, '/photos/a.jpg')).toBeNull()
    expect(library.db.inTransaction).toBe(false)
    expect(derivedFaults(library)).toEqual([])
  })
})

describe('the machine’s tags', () => {
  it('can all be dropped and made anew without touching what people decided', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    decide(library, [id], 151, 'removed')
    decide(library, [id], 7, 'added')
    write(library, () => {
      dropTags(library, id)
      refreshPhotos(library, [id])
    })
    expect(findingsOf(library, id)).toEqual({ 7: 20_000 })
    storeResults(
      library,
      [
        {
          kind: 'read',
          fileId: fileIdAt(library, '/photos/a.jpg'),
          reading: readingOf(),
          tagging: taggingOf(151, 0.9),
        },
      ],
      { ...someModel, sha256: 'e'.repeat(64), precision: 'fp32' },
    )
    const scores = findingsOf(library, id)
    expect(scores[151]).toBeUndefined()
    expect(scores[7]).toBe(20_000)
    expect(scores[152]).toBeGreaterThan(0)
    expect(readPhoto(library, id)?.model?.precision).toBe('fp32')
  })

  it('follow a new tree of categories once the index is made anew', async () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    decide(library, [id], 151, 'confirmed')
    const wiser = { ...library, ancestorsOf: () => [1001] }
    await refreshAllPhotos(wiser, () => Promise.resolve())
    expect(findingsOf(library, id)[1001]).toBe(20_000)
    expect(derivedFaults(wiser)).toEqual([])
  })
})
