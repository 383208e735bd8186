import { describe, expect, it, onTestFinished } from 'vitest'
import { components, descriptorBytes } from '../../../electron/core/alike/descriptor.ts'
import { closeSimilar, prepareSimilar, tagsOfSomeSql } from '../../../electron/core/alike/similar.ts'
import type { Search } from '../../../electron/core/contract/values.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { complete } from '../../../electron/core/search/complete.ts'
import { sayDistinct } from '../../../electron/core/library/decisions/distinct-pairs.ts'
import { stackPhotos } from '../../../electron/core/library/decisions/stacking.ts'
import { holdPicture, searchPage } from '../../../electron/core/search/search.ts'
import { comparePhotos } from '../../fixtures/compare.ts'
import { addPhoto, hashOf, planOf, taggingOf, tempLibrary } from '../../fixtures/temp-library.ts'

const lexicon = loadLexicon()

/** Features between two directions: 0 is the one, 1 the other. @param light how its light and dark are laid out; 0: a plain surface */
function between(share: number, light = 0): Uint8Array {
  const bytes = new Uint8Array(descriptorBytes)
  bytes.fill(light, components)
  const features = new Int8Array(bytes.buffer, 0, components)
  for (let at = 0; at < components; at += 1) {
    const angle = (share * Math.PI) / 2
    features[at] = Math.round(60 * (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle)))
  }
  return bytes
}

/** Photos by their name, each with where it lies between two directions, its best class and its year. */
function libraryOf(
  photos: Readonly<
    Record<string, readonly [share: number, classIndex: number, year: number, light?: number]>
  >,
): { library: Library; id: (name: string) => number } {
  const library = tempLibrary()
  onTestFinished(() => {
    closeSimilar(library)
  })
  const ids = new Map<string, number>()
  for (const [index, [name, [share, classIndex, year, light]]] of Object.entries(photos).entries()) {
    const descriptor = { version: 'a', bytes: between(share, light) }
    const id = addPhoto(library, {
      path: `/photos/${name}.jpg`,
      reading: { contentHash: hashOf(index + 1), metadata: { takenAt: `${year}-05-01T12:00:00` } },
      tagging: { ...taggingOf(classIndex, 0.9), descriptor },
    })
    ids.set(name, id)
  }
  return { library, id: (name) => ids.get(name) ?? 0 }
}

const names = (library: Library, text: string, more: Partial<Search> = {}): string[] =>
  pageOf(library, text, more).photos.map(({ name }) => name.replace('.jpg', ''))

const pageOf = (library: Library, text: string, more: Partial<Search> = {}): ReturnType<typeof searchPage> =>
  searchPage(library, lexicon, { text, sort: 'auto', minConfidence: null, language: 'en', ...more }, 100)

const five = {
  same: [0, 151, 2018],
  near: [0.05, 151, 2019],
  middle: [0.2, 151, 2019],
  far: [0.95, 151, 2019],
  other: [1, 151, 2020],
} as const

describe('similar:ID', () => {
  it('finds the photo itself and those like it, the most alike first, and none that are not', () => {
    const { library, id } = libraryOf(five)
    expect(names(library, `similar:${id('same')}`)).toEqual(['same', 'near', 'middle'])
    expect(names(library, `similar:${id('other')}`)).toEqual(['other', 'far'])
  })

  it('goes together with any other condition and stays in the order of likeness', () => {
    const { library, id } = libraryOf(five)
    expect(names(library, `similar:${id('same')} 2019`)).toEqual(['near', 'middle'])
    expect(names(library, `similar:${id('same')} -2018 dog`)).toEqual(['near', 'middle'])
    expect(names(library, `-similar:${id('same')}`)).toEqual(['other', 'far'])
    expect(names(library, `похоже:${id('same')} 2019`, { language: 'ru' })).toEqual(['near', 'middle'])
  })

  it('can be ordered by date', () => {
    const { library, id } = libraryOf(five)
    expect(names(library, `similar:${id('same')}`, { sort: 'date' })).toEqual(['middle', 'near', 'same'])
  })

  it('puts a photo of the same classes before one that only looks as much like it', () => {
    const { library, id } = libraryOf({
      asked: [0, 151, 2019],
      cat: [0.1, 281, 2019],
      dog: [0.1, 151, 2019],
      other: [1, 600, 2019],
      another: [0.95, 600, 2019],
    })
    expect(names(library, `similar:${id('asked')}`)).toEqual(['asked', 'dog', 'cat'])
  })

  it('is told by the name of the photo, in both languages', () => {
    const { library, id } = libraryOf(five)
    const [part] = pageOf(library, `similar:${id('near')}`).understood
    expect(part).toMatchObject({ kind: 'similar', meaning: 'like near.jpg' })
    const [teil] = pageOf(library, `похоже:${id('near')}`, { language: 'ru' }).understood
    expect(teil?.meaning).toBe('похоже на near.jpg')
  })

  it('finds nothing for a photo that is not there, and is not understood without a number', () => {
    const { library } = libraryOf(five)
    expect(pageOf(library, 'similar:99999').total).toBe(0)
    expect(pageOf(library, 'similar:dogs').understood[0]).toMatchObject({ kind: 'unknown', nearest: [] })
  })

  it('knows of photos that come after it was asked', () => {
    const { library, id } = libraryOf(five)
    for (const _ of prepareSimilar(library));
    expect(names(library, `similar:${id('same')}`)).not.toContain('new')
    addPhoto(library, {
      path: '/photos/new.jpg',
      reading: { contentHash: hashOf(50) },
      tagging: { ...taggingOf(), descriptor: { version: 'a', bytes: between(0.01) } },
    })
    expect(names(library, `similar:${id('same')}`)).toContain('new')
  })

  it('shows photos of one picture as one, and same:ID all of them', async () => {
    const { library, id } = libraryOf({
      asked: [0, 151, 2018, 0b1010_1010],
      copy: [0.01, 151, 2019, 0b1010_1010],
      other: [0.2, 151, 2019, 0b0000_1111],
      twin: [0.21, 151, 2018, 0b0000_1111],
      far: [1, 151, 2018, 0b1111_0000],
      farther: [0.9, 151, 2018, 0b0101_0101],
    })
    const asked = `similar:${id('asked')}`
    expect(pageOf(library, asked).total).toBe(4)
    expect(names(library, `same:${id('other')}`)).toEqual(['other'])
    await comparePhotos(library)
    expect(pageOf(library, asked).photos.map(({ name, sameAs }) => [name, sameAs])).toEqual([
      ['asked.jpg', 1],
      ['other.jpg', 1],
    ])
    expect(pageOf(library, asked).total).toBe(2)
    expect(names(library, `${asked} 2018`)).toEqual(['asked', 'twin'])
    expect(names(library, asked, { sort: 'date' })).toHaveLength(4)
    expect(names(library, `same:${id('other')}`)).toEqual(['other', 'twin'])
    expect(names(library, `same:${id('other')} 2019`)).toEqual(['other'])
    sayDistinct(library, [id('other'), id('twin')])
    expect(names(library, asked)).toEqual(['asked', 'other', 'twin'])
    expect(names(library, `same:${id('other')}`)).toEqual(['other'])
  })

  it('takes a picture that is not in the library by its mark, which can be asked for before it is there', () => {
    const { library } = libraryOf(five)
    const text = 'similar:@0123abcd'
    expect(pageOf(library, text)).toMatchObject({
      total: 0,
      understood: [{ meaning: 'like a picture that is no longer there' }],
    })
    holdPicture(library, lexicon, {
      mark: '@0123abcd',
      name: 'beach.heic',
      descriptor: { version: 'a', bytes: between(0.02) },
    })
    expect(names(library, text)).toEqual(['same', 'near', 'middle'])
    expect(names(library, `${text} 2019`)).toEqual(['near', 'middle'])
    expect(pageOf(library, text).understood[0]?.meaning).toBe('like beach.heic')
    holdPicture(library, lexicon, {
      mark: '@0123abcd',
      name: 'beach.heic',
      descriptor: { version: 'another', bytes: between(0.02) },
    })
    addPhoto(library, { path: '/photos/new.jpg', reading: { contentHash: hashOf(50) } })
    expect(pageOf(library, text).total).toBe(0)
  })

  it('is not offered while typing, as nobody knows photos by their numbers', () => {
    const { library } = libraryOf(five)
    const offered = complete(library, lexicon, { text: 'sim', caret: 3, language: 'en' })
    expect(offered.map(({ insert }) => insert)).not.toContain('similar:')
  })

  it('is part of stack:ID, which lists what a person put together', () => {
    const { library, id } = libraryOf(five)
    stackPhotos(library, id('far'), [id('same'), id('near')])
    expect(pageOf(library, '').total).toBe(3)
    expect(pageOf(library, '').photos.find(({ id: each }) => each === id('far'))?.stack).toEqual({
      photos: 3,
      behind: false,
    })
    const page = pageOf(library, `stack:${id('near')}`)
    expect(page.photos.map(({ name, stack }) => [name, stack?.behind])).toEqual([
      ['far.jpg', false],
      ['same.jpg', true],
      ['near.jpg', true],
    ])
    expect(page.understood[0]?.meaning).toBe('stack of near.jpg')
    expect(names(library, `stack:${id('near')} 2019`)).toEqual(['far'])
    expect(names(library, `stack:${id('other')}`)).toEqual(['other'])
    expect(pageOf(library, 'stack:999').total).toBe(0)
  })

  it('reads the classes of photos by their keys', () => {
    expect(planOf(tempLibrary(), tagsOfSomeSql)).toMatch(/SEARCH tag USING PRIMARY KEY/)
  })
})
