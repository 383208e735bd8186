import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { removePart } from '../../../electron/core/contract/remove-part.ts'
import { formatQuery, sameQuery } from '../../../electron/core/search/format-query.ts'
import type { Query } from '../../../electron/core/search/query.ts'
import { read, understood } from './lexicon.ts'

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
      'italy',
      'IMG_12',
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
      'label:',
      'category:dog',
      'label:"hot dog"',
      'метка:собака',
      'label:class:134',
      'label:own:1',
      'label:x',
    ],
    ['folder:', 'folder:"My "Photos"', 'camera:canon', 'type:JPG', 'is:problem', 'is:x', 'has:', 'has:place'],
    ['before:2019', 'after:9999', 'since:1000', 'until:07.2019', 'year:>2018', 'year:soon', 'date:..'],
    [
      'confidence:>0.6',
      'confidence:<5%',
      'confidence:',
      'confidence>1',
      'уверенность: > 0,6',
      'name:',
      'name:a_b',
    ],
    ['keyword:2024', 'a:b', ':', '：', '%', '*', '{x}', 'NOT', '\ud800', '\u0301', 'ａｂ：ｃ', "'", '`'],
  ].flat(),
)
const likely = fc
  .array(fc.tuple(pieces, fc.constantFrom(' ', ' ', ' ', '', '  ', '\t', '\u00a0')), { maxLength: 12 })
  .map((parts) => parts.flat().join(''))
const anyText = fc.oneof(
  likely,
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
)
const runs = { numRuns: 3000 }

const without = (query: Query, start: number): Query => ({
  ...query,
  groups: query.groups
    .map((group) => group.filter((part) => part.start !== start))
    .filter((group) => group.length > 0),
})

describe('whatever is typed', () => {
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

  it('is the same query in its plainest spelling', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const query = read(text)
        const again = read(formatQuery(query))
        const plain = formatQuery(query)
        expect({ plain: formatQuery(again), same: sameQuery(again, query) }).toEqual({ plain, same: true })
      }),
      runs,
    )
  })

  it('is the same query without one part, once that part is removed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parts = understood(text)
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
        const again = groups.map((alternatives) => alternatives.join(' or ')).join(' & ')
        expect({ again, same: sameQuery(read(again), read(text)) }).toEqual({ again, same: true })
      }),
      runs,
    )
  })
})
