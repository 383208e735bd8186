import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { matchLabels } from '../../../electron/core/search/match-labels.ts'
import { searchPage, photosOf, windowOf } from '../../../electron/core/search/search.ts'
import { sampleLibrary } from './sample-library.ts'
import type { Search } from '../../../electron/core/contract/values.ts'

const lexicon = loadLexicon()
const category = (key: string): number => lexicon.idOf(`category:${key}`) ?? 0
const { reader, close } = sampleLibrary(
  [
    { name: 'a.jpg', tags: [[151, 0.9]], categoryProbabilities: [[category('dog'), 0.95]] },
    { name: 'b.jpg', tags: [[11, 0.9]], categoryProbabilities: [[category('bird'), 0.9]] },
    { name: 'c.jpg', decisions: [[10_001, 'added']] },
    {
      name: 'd.jpg',
      tags: [[11, 0.8]],
      categoryProbabilities: [[category('bird'), 0.7]],
      decisions: [[category('bird'), 'removed']],
    },
  ],
  lexicon,
  ['Grandma Olga', 'cat'],
)
afterAll(close)

const match = (text: string, language: 'en' | 'ru' = 'en') => matchLabels(reader, lexicon, { text, language })
const names = (text: string, language: 'en' | 'ru' = 'en') => match(text, language).map(({ name }) => name)

describe('a text given for a label', () => {
  it('means the label of that very name before all others', () => {
    expect(
      match('cat')
        .filter(({ exact }) => exact)
        .map(({ name }) => name),
    ).toEqual(['cat', 'cat'])
    expect(match('goldfish')[0]).toEqual({
      term: 'class:1',
      kind: 'class',
      name: 'goldfish',
      spelling: null,
      exact: true,
    })
    expect(names('собака', 'ru')[0]).toBe('собака')
    expect(match('DOG')[0]).toMatchObject({ term: 'category:dog', exact: true, spelling: null })
  })

  it('is not taken for a label that only a part of it names', () => {
    expect(match('my dog')).toEqual([])
    expect(match('from a')).toEqual([])
    expect(match('dog:')).not.toContainEqual(expect.objectContaining({ exact: false, name: 'zebra' }))
  })

  it('may be the beginning of a name, the most frequent first', () => {
    expect(names('gold')[0]).toBe('goldfinch')
    expect(names('gold')).toContain('goldfish')
    expect(match('gold').every(({ exact }) => !exact)).toBe(true)
    expect(match('grandma')[0]).toEqual({
      term: 'own:1',
      kind: 'own',
      name: 'Grandma Olga',
      spelling: null,
      exact: false,
    })
  })

  it('tells which other name of a label was given', () => {
    expect(match('Puppy')[0]).toEqual({
      term: 'category:dog',
      kind: 'category',
      name: 'dog',
      spelling: 'Puppy',
      exact: true,
    })
  })

  it('names things of one name apart', () => {
    expect(names('crane').slice(0, 2).toSorted()).toEqual(['crane (bird)', 'crane (machine)'])
    expect(match('crane (bird)')[0]).toMatchObject({ name: 'crane (bird)', exact: true, spelling: null })
  })

  it('is any text: none is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const one of match(text)) expect(one.name).not.toBe('')
      }),
    )
    expect(match(' ')).toEqual([])
  })
})

const search = (text: string): Search => ({ text, sort: 'confidence', minConfidence: null, language: 'en' })

describe('photos by id', () => {
  it('look as they do in the search, in the order asked for, also when they left it; those that are gone are left out', () => {
    const found = windowOf(reader, lexicon, search('bird'), 0, 10)
    expect(found.map(({ id }) => id)).toEqual([2])
    const given = photosOf(reader, lexicon, search('bird'), [4, 2, 999])
    expect(given.map(({ id }) => id)).toEqual([4, 2])
    expect(given[1]).toEqual(found[0])
    expect(given[0]?.best?.term).not.toBe('category:bird')
  })
})

describe('a part that asks for labels', () => {
  it('tells what each of them is called', () => {
    const [part] = searchPage(
      reader,
      lexicon,
      { ...search('category:животное'), language: 'ru' },
      0,
    ).understood
    expect(part).toMatchObject({ terms: ['category:animal'], names: ['животное'] })
    const [crane] = searchPage(reader, lexicon, search('crane'), 0).understood
    expect(crane?.names).toHaveLength(crane?.terms.length ?? 0)
  })
})
