import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { completedWord } from '../../../electron/core/contract/completed-word.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { decidedScore } from '../../../electron/core/library/photos/index-entries.ts'
import { complete } from '../../../electron/core/search/complete.ts'
import { countOf, countsFrom } from '../../../electron/core/search/engine/counts.ts'
import { searchPage } from '../../../electron/core/search/search.ts'
import { labelsOf, facetsOf } from '../../../electron/core/search/facets.ts'
import { putSample, sampleLibrary } from './sample-library.ts'

const lexicon = loadLexicon()
const category = (key: string): number => lexicon.idOf(`category:${key}`) ?? 0
const { reader, close } = sampleLibrary(
  [
    {
      name: 'a.jpg',
      folder: 'My Photos',
      tags: [[151, 0.9]],
      categoryProbabilities: [[category('dog'), 0.95]],
      takenAt: '2019-07-14T10:00:00',
    },
    {
      name: 'b.jpg',
      folder: 'My Photos/Rome',
      tags: [[134, 0.8]],
      camera: 'Canon EOS',
      decisions: [[10_001, 'added']],
    },
    {
      name: 'c.png',
      tags: [[100, 0.9]],
      categoryProbabilities: [[category('dog'), 0.6]],
      format: 'png',
      takenAt: '2020-01-01T00:00:00',
    },
    { name: 'd.png', tags: [[151, 0.02]], format: 'png' },
  ],
  lexicon,
  ['Grandma Olga'],
)
afterAll(close)

const inserts = (text: string, language: 'en' | 'ru' = 'en', caret = text.length): string[] =>
  complete(reader, lexicon, { text, caret, language }).map(({ insert }) => insert)

/** The text once a completion is taken. */
const taken = (text: string, insert: string, caret = text.length): string => {
  const { start, end } = completedWord(text, caret)
  return text.slice(0, start) + insert + text.slice(end)
}

describe('completion', () => {
  it('offers what the library holds first, with counts of sure photos', () => {
    expect(complete(reader, lexicon, { text: 'do', caret: 2, language: 'en' })[0]).toEqual({
      insert: 'dog',
      label: 'dog',
      kind: 'category',
      term: 'category:dog',
      count: 2,
    })
    expect(inserts('соб', 'ru')[0]).toBe('собака')
    expect(inserts('')[0]).toBe('dog')
  })

  it('goes on with a name whose first words stand there', () => {
    expect(inserts('black sw')[0]).toBe('swan')
    expect(taken('dog black sw', inserts('dog black sw')[0] ?? '')).toBe('dog black swan')
  })

  it('keeps a sign and tells things of one name apart', () => {
    expect(inserts('dog -do')[0]).toBe('-dog')
    expect(inserts('cran').slice(0, 2)).toEqual(['"crane (bird)"', '"crane (machine)"'])
  })

  it('knows own labels, folders, cameras, formats, years and operators', () => {
    expect(inserts('gran')[0]).toBe('"Grandma Olga"')
    expect(inserts('folder:my')).toEqual(['folder:"My Photos"'])
    expect(inserts('folder:"my ph')).toEqual(['folder:"My Photos"'])
    expect(inserts('camera:')).toEqual(['camera:"Canon EOS"'])
    expect(inserts('place:mos')).toEqual(['place:"Moscow"'])
    expect(inserts('место:russ', 'ru')).toEqual(['место:"Россия"'])
    expect(inserts('type:')).toEqual(['type:jpeg', 'type:png'])
    expect(inserts('year:20')).toEqual(['year:2020', 'year:2019'])
    expect(inserts('is:dam')).toEqual(['is:damaged'])
    expect(inserts('это:пов', 'ru')).toEqual(['это:повреждено'])
    expect(inserts('is:und')).toEqual(['is:undated'])
    expect(inserts('is:rej')).toEqual(['is:rejected'])
    expect(inserts('это:без', 'ru')).toEqual(['это:без-меток', 'это:без-даты'])
    expect(inserts('stars:')).toEqual(['stars:5', 'stars:>=4', 'stars:>=3', 'stars:0'])
    expect(inserts('is:fav')).toEqual(['is:favourite'])
    expect(inserts('звё', 'ru')).toContain('звёзды:')
    expect(inserts('conf')).toContain('confidence:')
    expect(inserts('my')).toContain('folder:"My Photos"')
  })

  it('offers what got its first photo a moment ago, and no number that is no longer so', () => {
    const samples = [
      { name: 'a.jpg', folder: 'Zoo' },
      { name: 'b.jpg', folder: 'Zoo', decisions: [[100, 'added']] as const },
    ]
    const library = sampleLibrary(samples, lexicon, ['Zelda'])
    const counts = (text: string) =>
      Object.fromEntries(
        complete(library.reader, lexicon, { text, caret: text.length, language: 'en' }).map(
          ({ label, count }) => [label, count],
        ),
      )
    try {
      expect(counts('z')).toMatchObject({ Zelda: 0, zebra: 0, Zoo: 2 })
      library.db.transaction(() =>
        putSample(
          library.db,
          3,
          {
            name: 'c.jpg',
            folder: 'Zoo',
            decisions: [
              [340, 'added'],
              [10_001, 'added'],
            ],
          },
          lexicon,
        ),
      )()
      expect(counts('z')).toMatchObject({ Zelda: 1, zebra: 1, Zoo: 3 })
      expect(Object.keys(counts('z')).slice(0, 2).sort()).toEqual(['Zelda', 'zebra'])
      expect(counts('black sw')).toMatchObject({ 'black swan': 1 })
    } finally {
      library.close()
    }
  })

  it('looks at the word under the caret', () => {
    expect(inserts('do bird', 'en', 2)[0]).toBe('dog')
    expect(taken('do bird', 'dog', 2)).toBe('dog bird')
  })

  it('keeps the sign before the word', () => {
    expect(inserts('-do')[0]).toBe('-dog')
    expect(inserts('+do')[0]).toBe('+dog')
  })

  it('is read as the term it names, for every name of every language', () => {
    const prefixes = [...new Set(lexicon.classes.map(({ index }) => lexicon.label(index, 'ru').slice(0, 3)))]
    for (const prefix of [...prefixes, 'cra', 'ca', 'st'])
      for (const { insert, term } of complete(reader, lexicon, {
        text: prefix,
        caret: prefix.length,
        language: 'ru',
      })) {
        if (term === null) continue
        const search = {
          text: taken(prefix, insert),
          sort: 'date',
          minConfidence: null,
          language: 'ru',
        } as const
        const read = searchPage(reader, lexicon, search, 0).understood.map(({ terms }) => terms)
        expect({ insert, read }).toEqual({ insert, read: [[term]] })
      }
  })

  it('answers any text at any caret', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.stringMatching(/^[a-z:" -]{0,12}$/),
    )
    fc.assert(
      fc.property(
        text,
        fc.nat(40),
        fc.constantFrom('en' as const, 'ru' as const),
        (text, caret, language) => {
          const { start, end } = completedWord(text, caret)
          expect(0 <= start && start <= end && end <= text.length).toBe(true)
          expect(complete(reader, lexicon, { text, caret, language }).length).toBeLessThanOrEqual(12)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('facets', () => {
  it('are the labels with sure photos, most frequent first', () => {
    const facets = facetsOf(reader, lexicon, 'en')
    expect(facets[0]).toEqual({
      term: 'category:dog',
      label: 'dog',
      kind: 'category',
      count: 2,
      parent: expect.any(String),
    })
    expect(facets.map(({ term }) => term)).toEqual(expect.arrayContaining(['class:134', 'own:1']))
    expect(facets.find(({ term }) => term === 'class:151')?.count).toBe(1)
    expect(facets.every(({ count }) => count > 0)).toBe(true)
  })

  it('have as many photos as a search for them finds', () => {
    for (const { term, count } of facetsOf(reader, lexicon, 'en')) {
      const search = {
        text: `label:${term}`,
        sort: 'confidence',
        minConfidence: null,
        language: 'en',
      } as const
      const { total } = searchPage(reader, lexicon, search, 0)
      expect({ term, total }).toEqual({ term, total: count })
    }
  })

  it('are found by text for the command line, also those without photos', () => {
    const found = labelsOf(reader, lexicon, { text: 'crane', language: 'en' })
    expect(found.slice(0, 2)).toMatchObject([
      { term: 'class:134', count: 1 },
      { term: 'class:517', count: 0 },
    ])
  })
})

describe('counts of all labels at once', () => {
  it('are those of each label asked for by itself, at any least score', () => {
    const terms = [151, 134, 100, 281, category('dog'), category('animal'), 10_001]
    const score = fc.oneof(
      fc.integer({ min: 0, max: 20_000 }),
      fc.constantFrom(199, 200, 201, 5999, 6000, 6001),
    )
    fc.assert(
      fc.property(fc.array(score, { minLength: terms.length, maxLength: terms.length }), (scores) => {
        const least = terms.map((term, at) => [term, scores[at] ?? 0] as const)
        const counts = countsFrom(reader, least)
        for (const [term, min] of least)
          expect([term, min, counts.get(term) ?? 0]).toEqual([
            term,
            min,
            countOf(reader, { term, min, max: decidedScore }),
          ])
      }),
    )
  })
})
