import { describe, expect, it } from 'vitest'
import type { PhotoMetadata } from '../../../electron/core/imaging/photo-reading.ts'
import { markMissing, setPresence } from '../../../electron/core/library/files/files.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import {
  addPhoto,
  derivedFaults,
  fileIdAt,
  findingsOf,
  hashOf,
  readingOf,
  someModel,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

type Told = Partial<PhotoMetadata>

const formats = { jpg: 'jpeg', heic: 'heic', dng: 'raw' } as const
const isFormat = (ending: string): ending is keyof typeof formats => ending in formats
const own = { takenAt: '2019-07-14T18:03:22', camera: 'Canon EOS 5D' }
const at = (second: number): Told => ({ ...own, takenAt: `2019-07-14T18:03:${second}` })
let contents = 0

function add(library: Library, path: string, metadata: Told = own): number {
  const ending = path.slice(path.lastIndexOf('.') + 1)
  if (!isFormat(ending)) throw new Error(`${path} has no format here`)
  contents += 1
  return addPhoto(library, {
    path,
    reading: { contentHash: hashOf(contents), format: formats[ending], metadata },
  })
}

/** Names of the files of the photos that are shown. */
function shownIn(library: Library): unknown {
  expect(derivedFaults(library)).toEqual([])
  return library.db
    .prepare(
      "SELECT name FROM file JOIN photo ON photo.id = photo_id WHERE visible = 1 AND presence = 'here' ORDER BY 1",
    )
    .pluck()
    .all()
}

/** Of `IMG_1.dng` and `IMG_1.jpg`. */
function together(raw: Told, jpeg: Told): boolean {
  const library = tempLibrary()
  add(library, '/photos/IMG_1.dng', raw)
  add(library, '/photos/IMG_1.jpg', jpeg)
  const shown = shownIn(library)
  return Array.isArray(shown) && shown.length === 1
}

describe('pictures that are called alike are one photo', () => {
  it.each([
    ['the same time and camera', own, own],
    ['two seconds between them', own, { ...own, takenAt: '2019-07-14T18:03:24' }],
    ['a camera that only one names', own, { ...own, camera: null }],
    ['the time of a sidecar', own, { ...own, takenFrom: 'sidecar' }],
  ] as const)('with %s', (_, raw, jpeg) => {
    expect([together(raw, jpeg), together(jpeg, raw)]).toEqual([true, true])
  })

  it.each([
    ['three seconds between them', own, { ...own, takenAt: '2019-07-14T18:03:25' }],
    ['years between them', { takenAt: '2009-01-01T00:00:00', camera: 'Canon' }, own],
    ['another camera', own, { ...own, camera: 'Pixel 4' }],
    ['a time that nobody knows', own, { camera: own.camera }],
    ['no time at all', {}, {}],
    ['a day alone', own, { ...own, takenAt: '2019-07-14T00:00:00', takenPrecision: 'day' }],
    ['the same day alone', { ...own, takenPrecision: 'day' }, { ...own, takenPrecision: 'day' }],
    ['the last change', own, { ...own, takenFrom: 'modified' }],
  ] as const)('and with %s they are two', (_, raw, jpeg) => {
    expect([together(raw, jpeg), together(jpeg, raw)]).toEqual([false, false])
  })

  it('though names, folders and the times of files agree, they are two', () => {
    const library = tempLibrary()
    for (const ending of ['jpg', 'dng']) {
      add(library, `/photos/IMG_20190714_180322.${ending}`, {})
      add(library, `/photos/2019-07-14/IMG_2.${ending}`, {})
      add(library, `/photos/IMG_1.${ending}`, {})
    }
    expect(shownIn(library)).toHaveLength(6)
  })
})

describe('the picture in front', () => {
  it('is found by what is seen in it, and the one behind it when that is alone', () => {
    const library = tempLibrary()
    const jpeg = add(library, '/photos/a.jpg')
    const raw = add(library, '/photos/a.dng')
    expect([jpeg, raw].map((id) => Object.keys(findingsOf(library, id)).length)).toEqual([5, 0])
    markMissing(library, [fileIdAt(library, '/photos/a.jpg')])
    expect(Object.keys(findingsOf(library, raw))).toHaveLength(5)
    expect(derivedFaults(library)).toEqual([])
  })

  it.each(['/photos/b.dng', '/photos/raw/a.dng'])('of /photos/a.jpg hides no %s', (path) => {
    const library = tempLibrary()
    add(library, '/photos/a.jpg')
    add(library, path)
    expect(shownIn(library)).toHaveLength(2)
  })

  it.each([
    [['jpg', 'dng'], 'jpg'],
    [['dng', 'heic'], 'heic'],
    [['heic', 'jpg'], 'jpg'],
    [['dng', 'heic', 'jpg'], 'jpg'],
    [['jpg', 'heic', 'dng'], 'jpg'],
    [['heic', 'dng', 'jpg'], 'jpg'],
  ])('of %j is the %s file, whichever is read first', (endings, front) => {
    const library = tempLibrary()
    for (const ending of endings) add(library, `/photos/IMG_1.${ending}`)
    expect(shownIn(library)).toEqual([`IMG_1.${front}`])
  })

  it('is another when it goes, and is in front again when it is back', () => {
    const library = tempLibrary()
    for (const ending of ['dng', 'heic', 'jpg']) add(library, `/photos/IMG_1.${ending}`)
    const [jpeg, heic] = ['jpg', 'heic'].map((ending) => fileIdAt(library, `/photos/IMG_1.${ending}`))
    const steps: readonly [number | undefined, 'here' | 'missing', string][] = [
      [jpeg, 'missing', 'IMG_1.heic'],
      [heic, 'missing', 'IMG_1.dng'],
      [jpeg, 'here', 'IMG_1.jpg'],
      [heic, 'here', 'IMG_1.jpg'],
    ]
    for (const [id, presence, shown] of steps) {
      setPresence(library, [id ?? 0], presence)
      expect(shownIn(library)).toEqual([shown])
    }
  })

  it('leaves alone what is only like what is like it', () => {
    const library = tempLibrary()
    add(library, '/photos/IMG_1.dng', at(20))
    add(library, '/photos/IMG_1.jpg', at(25))
    expect(shownIn(library)).toEqual(['IMG_1.dng', 'IMG_1.jpg'])
    add(library, '/photos/IMG_1.heic', at(22))
    // Of the HEIC file that is in front of the RAW file nothing else is.
    expect(shownIn(library)).toEqual(['IMG_1.heic', 'IMG_1.jpg'])
  })

  it('loses a photo that tells another time when it is read again', () => {
    const library = tempLibrary()
    add(library, '/photos/IMG_1.dng')
    const contentHash = hashOf(contents)
    add(library, '/photos/IMG_1.jpg')
    const tell = (metadata: Told, sidecar?: Told): void => {
      const { facts } = readingOf({ metadata, ...(sidecar && { sidecar }) })
      storeResults(
        library,
        [{ kind: 'known', fileId: fileIdAt(library, '/photos/IMG_1.dng'), contentHash, facts }],
        someModel,
      )
    }
    expect(shownIn(library)).toEqual(['IMG_1.jpg'])
    tell(own, { takenAt: '2020-01-01T00:00:00' })
    expect(shownIn(library)).toEqual(['IMG_1.dng', 'IMG_1.jpg'])
    tell(own)
    expect(shownIn(library)).toEqual(['IMG_1.jpg'])
  })
})
