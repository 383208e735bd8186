import { afterAll, describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { labelsOf, facetsOf } from '../../../electron/core/search/facets.ts'
import { searchPage, windowOf } from '../../../electron/core/search/search.ts'
import { photoDetails } from '../../../electron/core/search/photo-details.ts'
import { searchResult } from '../../../electron/core/search/search-result.ts'
import type { Search } from '../../../electron/core/contract/values.ts'
import { decideOn, sampleLibrary, type Sample } from './sample-library.ts'

const lexicon = loadLexicon()
const category = (key: string): number => lexicon.idOf(`category:${key}`) ?? 0
const [dog, cat, animal] = [category('dog'), category('cat'), category('animal')]

const chihuahua: Sample = {
  name: 'a.jpg',
  folder: 'Ägypten',
  tags: [[151, 0.9]],
  categoryProbabilities: [
    [dog, 0.95],
    [animal, 0.97],
  ],
}
const { reader, db, close } = sampleLibrary(
  [
    chihuahua,
    {
      name: 'b.jpg',
      tags: [
        [152, 0.3],
        [153, 0.25],
      ],
      categoryProbabilities: [
        [dog, 0.8],
        [animal, 0.85],
      ],
    },
    { name: 'cat.jpg', tags: [[934, 0.9]], keywords: ['2024', "McDonald's"] },
    { name: 'd.jpg', tags: [[134, 0.8]], categoryProbabilities: [[animal, 0.9]] },
    { name: 'e.jpg', tags: [[517, 0.7]], decisions: [[10_001, 'added']] },
    {
      name: 'f.jpg',
      tags: [[281, 0.8]],
      categoryProbabilities: [
        [cat, 0.9],
        [animal, 0.92],
      ],
      keywords: ['дача, весна'],
    },
    { name: 'g.jpg', tags: [[386, 0.9]], categoryProbabilities: [[animal, 0.95]] },
  ],
  lexicon,
  ['Bag'],
)
afterAll(close)

const search = (text: string, more: Partial<Search> = {}): Search => ({
  text,
  sort: 'confidence',
  minConfidence: null,
  language: 'en',
  ...more,
})
const names = (text: string, more: Partial<Search> = {}): string[] =>
  windowOf(reader, lexicon, search(text, more), 0, 100).map(({ name }) => name)

describe('C46: anything the keyboard can give', () => {
  const texts = [
    ["jack-o'-lantern", 'black-and-tan', '"bow tie', 'bow-tie', 'a:b', '*', '', '(', 'dog AND', 'NOT cat'],
    [
      '{x}',
      'foo.bar',
      'C++',
      '%',
      '^a',
      'a*',
      '"',
      "'",
      '""',
      'NEAR(a b)',
      'name:"',
      'name:*',
      'keyword:(',
      '-',
    ],
    ['\0', 'a\0b', 'name:a\0b', '\ud800', 'dog OR', "x'; DROP TABLE photo; --", '🐕', 'name:🐕', 'keyword:-'],
  ].flat()
  it.each(texts)('%j is searched', (text) => {
    const page = searchPage(reader, lexicon, search(text), 0)
    expect(windowOf(reader, lexicon, search(text), 0, 100)).toHaveLength(page.total)
  })
})

describe('a file name with its ending', () => {
  it.each(['a.jpg', 'A.JPG', '"a.jpg"', 'name:a.jpg', 'name:"A.jpeg"'])('finds the photo: %s', (text) => {
    expect(names(text)).toEqual(['a.jpg'])
  })

  it('means the file, not what its name would mean by itself', () => {
    expect(names('cat.jpg')).toEqual(['cat.jpg'])
    const [part] = searchPage(reader, lexicon, search('cat.jpg'), 0).understood
    expect(part?.meaning).toBe('“cat” in file names')
  })
})

describe('C48: case and accents outside ASCII', () => {
  it.each(['Ägypten', 'ägypten', 'AGYPTEN', 'ÄGYPTEN', 'folder:agypten', 'A\u0308gypten'])('%s', (text) => {
    expect(names(text)).toEqual(['a.jpg'])
  })
})

describe('C49: plurals, several words, punctuation', () => {
  it('finds what is meant', () => {
    expect(names('dogs')).toEqual(names('dog'))
    expect(names('cats')).toEqual(names('cat'))
    expect(names('hot dog')).toEqual(['cat.jpg'])
    expect(names('hot-dogs')).toEqual(['cat.jpg'])
    expect(names('McDonald’s')).toEqual(['cat.jpg'])
    expect(names('mcdonalds')).toEqual(['cat.jpg'])
  })
})

describe('C50: what people type', () => {
  it('an animal is also what is no more than an elephant', () => {
    expect(names('animal')).toEqual(expect.arrayContaining(['a.jpg', 'd.jpg', 'f.jpg', 'g.jpg']))
  })

  it('two unsure breeds make one sure dog, and a hot dog is none', () => {
    expect(names('dog')).toEqual(['a.jpg', 'b.jpg'])
  })

  it('a file name is less than what was seen', () => {
    expect(names('cat')).toEqual(['f.jpg', 'cat.jpg'])
    expect(names('label:cat')).toEqual(['f.jpg'])
    expect(names('name:cat')).toEqual(['cat.jpg'])
  })

  it('what the model cannot know is said honestly, with what is near', () => {
    const { total, understood, nearest } = searchPage(reader, lexicon, search('dogg'), 0)
    expect(total).toBe(0)
    expect(understood[0]?.kind).toBe('unknown')
    expect(nearest[0]).toEqual({ text: 'dog', total: 2 })
    expect(searchPage(reader, lexicon, search('dog Ägypten cat'), 0).nearest).toContainEqual({
      text: 'dog Ägypten',
      total: 1,
    })
  })
})

describe('C51: one name, two things', () => {
  it('finds both, tells them apart and can be told which', () => {
    expect(names('crane')).toEqual(['d.jpg', 'e.jpg'])
    expect(names('crane (bird)')).toEqual(['d.jpg'])
    expect(names('"crane (machine)"')).toEqual(['e.jpg'])
    expect(names('label:class:517')).toEqual(['e.jpg'])
    const shown = windowOf(reader, lexicon, search('crane'), 0, 2).map(({ best }) => best?.label)
    expect(shown).toEqual(['crane (bird)', 'crane (machine)'])
  })
})

describe('C52: commas', () => {
  it('neither split a label nor a keyword', () => {
    expect(photoDetails(reader, lexicon, 6, 'en')?.keywords).toEqual(['дача, весна'])
    expect(names('keyword:"дача, весна"')).toEqual(['f.jpg'])
    for (const { label } of labelsOf(reader, lexicon, { text: '', language: 'en' }))
      expect(label).not.toContain(',')
  })
})

describe('C53: a keyword that is a number', () => {
  it.each(['2024', '"2024"', 'keyword:2024', 'ключ:2024'])('is found by %s', (text) => {
    expect(names(text)).toEqual(['cat.jpg'])
  })
})

describe('C54: own labels', () => {
  it.each(['bag', 'BAG', 'label:Bag', 'label:own:1'])('are found in any case: %s', (text) => {
    expect(names(text)).toContain('e.jpg')
  })

  it('are found alone by their key', () => {
    expect(names('label:own:1')).toEqual(['e.jpg'])
  })
})

const countOfDogs = (): number =>
  facetsOf(reader, lexicon, 'en').find(({ term }) => term === 'category:dog')?.count ?? 0

describe('C55: a removed label', () => {
  it('counts nowhere any more until that is undone', () => {
    const before = countOfDogs()
    decideOn(db, 1, { ...chihuahua, decisions: [[dog, 'removed']] }, lexicon)
    expect(names('dog')).toEqual(['b.jpg'])
    expect(names('-dog')).toContain('a.jpg')
    expect(countOfDogs()).toBe(before - 1)
    expect(searchPage(reader, lexicon, search('dog'), 0).total).toBe(1)
    decideOn(db, 1, chihuahua, lexicon)
    expect(names('dog')).toEqual(['a.jpg', 'b.jpg'])
    expect(countOfDogs()).toBe(before)
  })
})

describe('what a script gets', () => {
  it('is the document of the command line', () => {
    const found = searchResult(reader, lexicon, search('dog'), { offset: 0, limit: 1 })
    expect(found).toMatchObject({ query: 'dog', total: 2, understood: [{ kind: 'category', text: 'dog' }] })
    expect(found.photos).toEqual([
      {
        id: 1,
        path: '/photos/Ägypten/a.jpg',
        confidence: expect.closeTo(0.95, 4),
        because: [{ word: 'dog', kind: 'category', met: 'dog', probability: 0.95 }],
        takenAt: null,
        takenPrecision: null,
        tags: [
          {
            term: 'class:151',
            label: 'Chihuahua',
            rank: 1,
            classIndex: 151,
            synset: 'n02085620',
            probability: 0.9,
            sure: true,
          },
        ],
      },
    ])
  })
})
