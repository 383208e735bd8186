import { describe, expect, it } from 'vitest'
import type { PhotoMetadata } from '../../../electron/core/imaging/photo-reading.ts'
import { setPresence } from '../../../electron/core/library/files/files.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import {
  addFile,
  addPhoto,
  derivedFaults,
  fileIdAt,
  hashOf,
  readingOf,
  someModel,
  tempLibrary,
  type ReadingChanges,
} from '../../fixtures/temp-library.ts'

/** The file is read again; its content is known. */
function readAgain(library: Library, path: string, told: Pick<ReadingChanges, 'metadata' | 'sidecar'>) {
  const { facts } = readingOf(told)
  const fileId = fileIdAt(library, path)
  return storeResults(library, [{ kind: 'known', fileId, contentHash: hashOf(1), facts }], someModel)
}

type Shown = Pick<PhotoMetadata, 'takenAt' | 'takenFrom' | 'keywords' | 'rating'>

function shown(library: Library, id: number): Shown {
  const photo = readPhoto(library, id)
  if (photo === null) throw new Error(`No photo ${id}`)
  const { takenAt, takenFrom, keywords, rating } = photo
  return { takenAt, takenFrom, keywords, rating }
}

const path = '/photos/a.jpg'
const metadata = { takenAt: '2019-07-14T18:03:22', keywords: ['sea'], rating: 2 }
const ownWord = { ...metadata, takenFrom: 'exif' }

describe('a sidecar', () => {
  it('counts when its file is read again, without a look at the picture, and its words go with it', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path, reading: { metadata } })
    const sidecar = { takenAt: '1965-01-01T00:00:00', keywords: ['Olga'], rating: 5 }
    expect(readAgain(library, path, { metadata, sidecar })).toMatchObject({ unchanged: 1, indexed: 0 })
    expect(shown(library, id)).toEqual({
      takenAt: sidecar.takenAt,
      takenFrom: 'sidecar',
      keywords: ['Olga', 'sea'],
      rating: 5,
    })
    readAgain(library, path, { metadata })
    expect(shown(library, id)).toEqual(ownWord)
    expect(library.db.prepare('SELECT count(*) FROM content_facts').pluck().get()).toBe(0)
    expect(derivedFaults(library)).toEqual([])
  })

  it('of a copy counts while the copy is there', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path, reading: { metadata } })
    addFile(library, '/photos/copy.jpg')
    readAgain(library, '/photos/copy.jpg', { metadata, sidecar: { keywords: ['Olga'] } })
    expect(shown(library, id).keywords).toEqual(['Olga', 'sea'])
    const copy = fileIdAt(library, '/photos/copy.jpg')
    for (const presence of ['missing', 'removed'] as const) {
      setPresence(library, [copy], presence)
      expect(shown(library, id)).toEqual(ownWord)
      setPresence(library, [copy], 'here')
      expect(shown(library, id).keywords).toEqual(['Olga', 'sea'])
    }
    // Where none is there, what was known of them stays known.
    setPresence(library, [copy, fileIdAt(library, path)], 'missing')
    expect(shown(library, id).keywords).toEqual(['Olga', 'sea'])
    expect(derivedFaults(library)).toEqual([])
  })

  it.each(['{}', '[]', '{"keywords":', '{"exposure":{"time":"x"}}'])(
    'says nothing where a library from someone else holds no such words: %s',
    (text) => {
      const library = tempLibrary()
      const id = addPhoto(library, { path, reading: { metadata } })
      library.db.prepare('UPDATE file SET sidecar = ?').run(text)
      library.db.prepare('INSERT INTO content_facts VALUES (?, ?)').run(id, text)
      setPresence(library, [fileIdAt(library, path)], 'here')
      expect(shown(library, id)).toEqual(ownWord)
      library.db.prepare('UPDATE photo SET keywords = ?, keyword_paths = ?').run(text, text)
      expect(readPhoto(library, id)).toMatchObject({ keywords: [], keywordPaths: [] })
    },
  )
})

it('the facts of a photo are merged once in a batch, however many copies of it come: each asks all of them', () => {
  const library = tempLibrary()
  const id = addPhoto(library, { path, reading: { metadata } })
  library.db.exec(`
    CREATE TEMP TABLE merged (photo_id INTEGER);
    CREATE TEMP TRIGGER photo_merged AFTER UPDATE OF keywords ON main.photo BEGIN
      INSERT INTO merged VALUES (new.id);
    END`)
  const copies = ['a', 'b', 'c', 'd'].map((keyword) => ({
    kind: 'known' as const,
    fileId: addFile(library, `/photos/copy ${keyword}.jpg`),
    contentHash: hashOf(1),
    facts: readingOf({ metadata, sidecar: { keywords: [keyword] } }).facts,
  }))
  storeResults(library, copies, someModel)
  expect(shown(library, id).keywords).toEqual(['a', 'b', 'c', 'd', 'sea'])
  expect(library.db.prepare('SELECT photo_id FROM merged').pluck().all()).toEqual([id])
})

it('the picture of a photo is the one that was read last, like its thumbnail and tags: a copy may be turned', () => {
  const library = tempLibrary()
  const id = addPhoto(library, { path, reading: { orientation: 1, width: 4, height: 3 } })
  const fileId = addFile(library, '/photos/copy.jpg')
  const reading = readingOf({ orientation: 6, width: 3, height: 4, thumbnail: Buffer.from('turned') })
  storeResults(library, [{ kind: 'read', fileId, reading, tagging: null }], someModel)
  expect(library.thumbnails.get(hashOf(1))?.toString()).toBe('turned')
  expect(readPhoto(library, id)).toMatchObject({ orientation: 6, width: 3, height: 4 })
})

it('a photo moves by the word of the file that was read last; what is not read says nothing', () => {
  const library = tempLibrary()
  const id = addPhoto(library, { path, reading: { animated: true } })
  const fileId = fileIdAt(library, path)
  const animated = library.db.prepare('SELECT animated FROM photo WHERE id = ?').pluck()
  expect(animated.get(id)).toBe(1)
  const known = { kind: 'known', fileId, contentHash: hashOf(1), facts: null } as const
  storeResults(library, [known], someModel)
  expect(animated.get(id)).toBe(1)
  storeResults(library, [{ ...known, animated: false }], someModel)
  expect(animated.get(id)).toBe(0)
})

describe('a date that a name tells', () => {
  it('follows the name', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/20010203.jpg' })
    expect(shown(library, id)).toMatchObject({ takenAt: '2001-02-03T00:00:00', takenFrom: 'file-name' })
    setPresence(library, [fileIdAt(library, '/photos/20010203.jpg')], 'missing')
    addFile(library, '/photos/20040506.jpg')
    readAgain(library, '/photos/20040506.jpg', {})
    expect(shown(library, id)).toMatchObject({ takenAt: '2004-05-06T00:00:00', takenFrom: 'file-name' })
  })

  it('gives way to what the content says once that is read', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/20010203.jpg' })
    readAgain(library, '/photos/20010203.jpg', { metadata })
    expect(shown(library, id)).toEqual(ownWord)
  })

  it('does not make the content’s own last change forgotten', () => {
    const library = tempLibrary()
    const changed = { takenAt: '2020-01-01T10:00:00', takenFrom: 'modified' } as const
    const id = addPhoto(library, { path: '/photos/20010203.jpg', reading: { metadata: changed } })
    expect(shown(library, id).takenFrom).toBe('file-name')
    setPresence(library, [fileIdAt(library, '/photos/20010203.jpg')], 'missing')
    addFile(library, '/photos/plain.jpg')
    storeResults(
      library,
      [
        {
          kind: 'known',
          fileId: fileIdAt(library, '/photos/plain.jpg'),
          contentHash: hashOf(1),
          facts: null,
        },
      ],
      someModel,
    )
    expect(shown(library, id)).toMatchObject(changed)
  })
})

it('facts of a content that was edited away come back with it', () => {
  const library = tempLibrary()
  const sidecar = { keywords: ['Olga'] }
  const id = addPhoto(library, { path, reading: { metadata, sidecar } })
  const edited = readingOf({ contentHash: hashOf(2), metadata: { takenAt: '2022-01-01T00:00:00' } })
  const fileId = fileIdAt(library, path)
  storeResults(library, [{ kind: 'read', fileId, reading: edited, tagging: null }], someModel)
  expect(shown(library, id)).toMatchObject({ takenAt: '2022-01-01T00:00:00', keywords: [] })
  readAgain(library, path, { metadata })
  expect(
    library.db.prepare('SELECT keywords FROM photo WHERE content_hash = unhex(?)').pluck().get(hashOf(1)),
  ).toBe('["sea"]')
})
