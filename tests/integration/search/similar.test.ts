import { describe, expect, it, onTestFinished } from 'vitest'
import { components, descriptorBytes } from '../../../electron/core/alike/descriptor.ts'
import { closeSimilar, prepareSimilar, tagsOfSomeSql } from '../../../electron/core/alike/similar.ts'
import type { Search } from '../../../electron/core/contract/values.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { complete } from '../../../electron/core/search/complete.ts'
import { searchPage } from '../../../electron/core/search/search.ts'
import { addPhoto, hashOf, planOf, taggingOf, tempLibrary } from '../../fixtures/temp-library.ts'

const lexicon = loadLexicon()

/** Features between two directions: 0 is the one, 1 the other. */
function between(share: number): Uint8Array {
  const bytes = new Uint8Array(descriptorBytes)
  const features = new Int8Array(bytes.buffer, 0, components)
  for (let at = 0; at < components; at += 1) {
    const angle = (share * Math.PI) / 2
    features[at] = Math.round(60 * (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle)))
  }
  return bytes
}

/** Photos by their name, each with where it lies between two directions, its best class and its year. */
function libraryOf(
  photos: Readonly<Record<string, readonly [share: number, classIndex: number, year: number]>>,
): { library: Library; id: (name: string) => number } {
  const library = tempLibrary()
  onTestFinished(() => {
    closeSimilar(library)
  })
  const ids = new Map<string, number>()
  for (const [index, [name, [share, classIndex, year]]] of Object.entries(photos).entries()) {
    const descriptor = { version: 'a', bytes: between(share) }
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

  it('is not offered while typing, as nobody knows photos by their numbers', () => {
    const { library } = libraryOf(five)
    const offered = complete(library, lexicon, { text: 'sim', caret: 3, language: 'en' })
    expect(offered.map(({ insert }) => insert)).not.toContain('similar:')
  })

  it('reads the classes of photos by their keys', () => {
    expect(planOf(tempLibrary(), tagsOfSomeSql)).toMatch(/SEARCH tag USING PRIMARY KEY/)
  })
})
