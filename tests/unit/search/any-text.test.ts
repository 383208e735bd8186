import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { removePart } from '../../../electron/core/contract/remove-part.ts'
import type { Query } from '../../../electron/core/search/language/query.ts'
import {
  longestPart,
  longestText,
  mostParts,
  mostWritten,
} from '../../../electron/core/search/language/read-query.ts'
import { read, sameQuery, told, understood } from './lexicon.ts'

/** Pieces that mean something to the parser, in any order, between pieces of noise. */
const pieces = fc.constantFrom(
  ...[
    [
      'dog',
      'hot dog',
      'black',
      'swan',
      'crane',
      'crane (bird)',
      'собак',
      'чёрный лебедь',
      'grandma',
      'ольга',
    ],
    [
      'лето',
      'lake',
      'sea',
      'sun',
      'moon',
      'italy',
      'IMG_12',
      'IMG_12.jpg',
      'zebra.PNG',
      '.cr2',
      'zzz',
      'tulip',
      'Ünïcödé',
      "jack-o'-lantern",
      'bow-tie',
      'נתב"ג',
      '5" screw',
      '🐕',
      'C++',
    ],
    [
      'or',
      'или',
      '|',
      'and',
      '&',
      'not',
      'без',
      '-',
      '–',
      '!',
      'in',
      '"',
      '«',
      '»',
      ',',
      ';',
      '(',
      ')',
      '..',
      '\0',
    ],
    [
      '2019',
      '2019-07',
      '14.07.2019',
      '2019..2021',
      '..2021',
      'july',
      'июля',
      '14',
      '2019 года',
      '9999',
      '1000',
    ],
    [
      'december',
      'dec',
      'summer',
      'летом',
      'monday',
      'по',
      'средам',
      'weekend',
      'last',
      'прошлой',
      'week',
      'неделе',
      'year',
      '3',
      'days',
      'лет',
      'ago',
      'назад',
      'yesterday',
      'before',
      'this',
      'day',
      'ночью',
      '1990s',
      '90-е',
      '12/25/2015',
      'from',
      'to',
      'between',
      'с',
      'may-july',
    ],
    [
      'label:',
      'category:dog',
      'label:"hot dog"',
      'метка:собака',
      'label:class:134',
      'label:own:1',
      'label:x',
    ],
    [
      'folder:',
      'folder:"My "Photos"',
      'camera:canon',
      'type:JPG',
      'is:problem',
      'is:x',
      'has:',
      'has:place',
      'place:',
      'near:x',
    ],
    ['before:2019', 'after:9999', 'since:1000', 'until:07.2019', 'year:>2018', 'year:soon', 'date:..'],
    [
      'confidence:>0.6',
      'confidence:<5%',
      'confidence:',
      'confidence>1',
      'уверенность: > 0,6',
      'name:',
      'name:a_b',
      'name:italy.jpg',
    ],
    ['keyword:2024', 'a:b', ':', '：', '%', '*', '{x}', 'NOT', '\ud800', '\u0301', 'ａｂ：ｃ', "'", '`'],
  ].flat(),
)
const likely = fc
  .array(fc.tuple(pieces, fc.constantFrom(' ', ' ', ' ', '', '  ', '\t', '\u00a0')), { maxLength: 12 })
  .map((parts) => parts.flat().join(''))
/** Many pieces joined by links, some of them standing right beside a quote. */
const linked = fc
  .array(
    fc.tuple(
      pieces,
      fc.constantFrom('', '', '"', ' "', '" ', '-"', '"of'),
      fc.constantFrom(' or ', ' or ', '|', ' & ', ' and ', ' not ', ', '),
    ),
    { maxLength: 9 },
  )
  .map((parts) => parts.flat().join(''))
/** Made to ask for much: very many labels, negations, alternatives and unknown words, and pieces without an end. */
const much = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.constantFrom('', '-', '', 'not ', '"', 'label:'),
        fc.oneof(
          fc.integer({ min: 0, max: 999 }).map((index) => `label:class:${index}`),
          fc.constantFrom('dog', 'hot dog', 'crane', 'zzz', 'img 12', 'кошка', '2019', 'folder:a', 'of'),
          fc
            .constantFrom('x', 'a b ', '\u0301', '🐕', 'folder:', '"', 'é')
            .map((piece) => piece.repeat(longestPart)),
        ),
      ),
      { maxLength: 3 },
    ),
    fc.integer({ min: 1, max: 40 }),
    fc.constantFrom(' ', ' or ', ' & ', ', ', ' | -'),
  )
  .map(([parts, times, between]) => {
    const one = parts.map((part) => part.join('')).join(between)
    return Array.from({ length: times }, () => one).join(between)
  })
const little = fc.oneof(
  likely,
  linked,
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

const without = (query: Query, start: number): Query => ({
  ...query,
  groups: query.groups
    .map((group) => group.filter((part) => part.start !== start))
    .filter((group) => group.length > 0),
})

const criteriaIn = ({ groups }: Query) => groups.flat().map(({ criterion }) => criterion)
/** Words that are looked for among those of all photos. */
const writtenIn = (query: Query): number =>
  criteriaIn(query).reduce((sum, criterion) => {
    if (criterion.kind === 'word') return sum + 1 + criterion.each.length
    return sum + (criterion.kind === 'name' || criterion.kind === 'keyword' ? 1 : 0)
  }, 0)
/** Words of the longest name: the last part may be one. */
const longestName = 8

describe.each([
  ['whatever is typed', little, { numRuns: 500 }],
  ['very much of it', much, { numRuns: 50 }],
] as const)('%s', (_, anyText, runs) => {
  it('asks for a bounded amount of work', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const query = read(text)
        const criteria = criteriaIn(query)
        expect(criteria.length).toBeLessThanOrEqual(mostParts + 1)
        expect(writtenIn(query)).toBeLessThanOrEqual(mostWritten + longestName)
        const lengths = criteria.map((criterion) => ('words' in criterion ? criterion.words.length : 0))
        expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(longestPart)
      }),
      runs,
    )
  })

  it('is read without an error, part by part and in order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let end = 0
        for (const part of understood(text)) {
          expect(part.start).toBeGreaterThanOrEqual(end)
          expect(part.end).toBeGreaterThan(part.start)
          expect(part.text).toBe(text.slice(part.start, part.end))
          end = part.end
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }),
      runs,
    )
  })

  it('is the same query without one part, once that part is removed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parts = understood(text)
        // With one part less, one more of those that were too many is understood.
        if (parts.length > mostParts || writtenIn(read(text)) >= mostWritten) return
        for (const part of parts) {
          const left = removePart(text, parts, part)
          const same = sameQuery(read(left), without(read(text), part.start))
          expect({ left, same }).toEqual({ left, same: true })
        }
      }),
      runs,
    )
  })

  it('keeps its meaning when its pieces are put together again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const groups: string[][] = []
        for (const part of understood(text)) (groups[part.group] ??= []).push(part.text)
        const again = groups.map((alternatives) => alternatives.join(' | ')).join(' & ')
        if (text.length <= longestText && again.length > longestText) return
        expect({ again, same: sameQuery(read(again), read(text)) }).toEqual({ again, same: true })
      }),
      runs,
    )
  })
})

const withoutPart = (text: string, index: number): string => {
  const parts = understood(text)
  const part = parts[index]
  if (part === undefined) throw new RangeError(`${text} has no part ${index}`)
  return removePart(text, parts, part)
}

describe('a query of which a part is removed', () => {
  it('keeps its other alternatives', () => {
    expect(withoutPart('dog or cat or bird', 1)).toBe('dog | bird')
    expect(withoutPart('dog or cat or bird', 0)).toBe('cat or bird')
    expect(withoutPart('dog or cat or bird', 2)).toBe('dog or cat')
  })

  it('does not glue its neighbours to each other when nothing stood between them', () => {
    expect(withoutPart('dog or "black swan "of or bird', 1)).toBe('dog | bird')
    expect(withoutPart('dog or «zzz »\u0301 or 2019', 1)).toBe('dog | 2019')
  })

  it('does not become a label that has "or" or "and" in its name', () => {
    expect(told('lake or sea')).toBe('own-label(Lake or sea (own label))')
    expect(told(withoutPart('lake | zzz or sea', 1))).toBe(`${told('lake')} | ${told('sea')}`)
    expect(told(withoutPart('sun dog and moon', 1))).toBe(`${told('sun')}, ${told('moon')}`)
  })
})

describe('a query that is too long', () => {
  const labels = Array.from({ length: 300 }, (_, index) => `-label:class:${index}`)

  it('is understood as far as it goes; the rest is named as left out', () => {
    const parts = understood(labels.join(' '))
    expect(parts).toHaveLength(mostParts + 1)
    expect(parts.at(-1)).toMatchObject({
      kind: 'unknown',
      text: labels.slice(mostParts).join(' '),
      meaning: 'left out: too long',
      negated: false,
      nearest: [],
    })
    expect(understood(labels.join(' '), 'ru').at(-1)?.meaning).toBe('не учтено: слишком длинно')
  })

  it('is understood whole when it just fits', () => {
    const parts = understood(labels.slice(0, mostParts).join(' '))
    expect(parts).toHaveLength(mostParts)
    expect(parts.every(({ kind, negated }) => kind === 'label' && negated)).toBe(true)
  })

  it('is not left out for words that ask for nothing', () => {
    expect(understood(`${labels.slice(0, mostParts).join(' ')} of the or and`)).toHaveLength(mostParts)
  })

  it('looks only so many words up among those of all photos', () => {
    const words = Array.from({ length: 30 }, (_, at) => `zzz${at}`)
    const parts = understood(words.join(' '))
    expect(parts).toHaveLength(mostWritten + 1)
    expect(parts.at(-1)?.text).toBe(words.slice(mostWritten).join(' '))
    expect(parts.filter(({ nearest }) => nearest.length > 0).length).toBeLessThanOrEqual(8)
  })

  it('is left out whole when it is longer than any query could be, spaces around it not counted', () => {
    const long = `dog ${'"'.repeat(longestText)} cat`
    expect(understood(`  ${long} `)).toMatchObject([
      { text: long, kind: 'unknown', meaning: 'left out: too long' },
    ])
    expect(told(`${' '.repeat(longestText)}dog${' '.repeat(longestText)}`)).toBe('category(dog (category))')
    expect(understood(' '.repeat(2 * longestText))).toEqual([])
  })

  it('loses only the piece that is too long, not what stands around it', () => {
    const long = 'x'.repeat(longestPart + 1)
    expect(told(`dog or not ${long} or cat`)).toBe(
      'category(dog (category)), unknown(left out: too long), category(cat (category))',
    )
    expect(understood(`dog "${long} cat`)).toHaveLength(2)
    expect(understood(`dog not ${long}`).at(-1)?.text).toBe(`not ${long}`)
  })
})
