import { describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { baseForms } from '../../../electron/core/labels/word-forms.ts'

describe('the singular of an English plural', () => {
  it.each([
    // -ves of -f and of -fe
    ...['wolves wolf', 'calves calf', 'loaves loaf', 'scarves scarf', 'leaves leaf', 'shelves shelf'],
    ...['knives knife', 'wives wife', 'lives life', 'midwives midwife'],
    // -ves of -ve
    ...['doves dove', 'stoves stove', 'beehives beehive', 'gloves glove'],
    // -ies of -y and of -ie
    ...['puppies puppy', 'butterflies butterfly', 'collies collie', 'ties tie'],
    // -es after a hiss and after -o
    ...['foxes fox', 'buses bus', 'waltzes waltz', 'benches bench', 'brushes brush', 'lionesses lioness'],
    ...['quizzes quiz', 'potatoes potato', 'banjos banjo'],
    // -es of -e
    ...['horses horse', 'axes axe', 'shoes shoe', 'mazes maze', 'caches cache'],
    ...['zebras zebra', 'days day', 'mice mouse', 'oxen ox', 'firemen fireman', 'snowwomen snowwoman'],
  ])('%s', (pair) => {
    const [plural = '', singular = ''] = pair.split(' ')
    expect(baseForms(plural)).toContain(singular)
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
