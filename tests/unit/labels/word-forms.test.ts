import { describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { baseForms } from '../../../electron/core/labels/word-forms.ts'

describe('the singular of an English plural', () => {
  it.each([
    ['-ves of -f', 'wolves wolf, calves calf, loaves loaf, scarves scarf, leaves leaf, shelves shelf'],
    ['-ves of -fe', 'knives knife, wives wife, lives life, midwives midwife'],
    ['-ves of -ve', 'doves dove, stoves stove, beehives beehive, gloves glove'],
    ['-ies of -y', 'puppies puppy, butterflies butterfly'],
    ['-ies of -ie', 'collies collie, ties tie'],
    [
      '-es after a hiss',
      'foxes fox, buses bus, waltzes waltz, benches bench, brushes brush, lionesses lioness',
    ],
    ['-es after a doubled letter', 'quizzes quiz, gasses gas'],
    ['-es and -s after -o', 'potatoes potato, banjos banjo'],
    ['-s after -e', 'horses horse, axes axe, shoes shoe, mazes maze, caches cache'],
    ['-s', 'zebras zebra, days day'],
    ['another vowel or ending', 'mice mouse, oxen ox, firemen fireman, snowwomen snowwoman'],
  ])('is known for %s: %s', (_, pairs) => {
    for (const pair of pairs.split(', ')) {
      const [plural = '', singular = ''] = pair.split(' ')
      expect(baseForms(plural)).toContain(singular)
    }
  })

  it.each(['glass', 'grass', 'gas', 'bus', 'as'])('is not looked for in %s', (word) => {
    expect(baseForms(word)).not.toContain(word.slice(0, -1))
  })

  it('finds what the singular finds', () => {
    const lexicon = loadLexicon()
    for (const [plural, singular] of [
      ['knives', 'knife'],
      ['scarves', 'scarf'],
      ['loaves', 'loaf'],
    ] as const) {
      expect(lexicon.lookup(singular)).not.toEqual([])
      expect(lexicon.lookup(plural)).toEqual(lexicon.lookup(singular))
    }
  })
})
