import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../../../electron/core/labels/fold.ts'

describe('folding words for comparison', () => {
  it.each([
    ['Ägypten', 'agypten'],
    ['ÄGYPTEN', 'agypten'],
    ['A\u0308gypten', 'agypten'],
    ['consommé', 'consomme'],
    ['Straße', 'strasse'],
    ['ΣΊΣΥΦΟΣ', 'σισυφοσ'],
    ['İstanbul', 'istanbul'],
    ['Łódź', 'lodz'],
    ['ЁЖИК', 'ежик'],
    ['Йогурт', 'йогурт'],
    ['й', 'й'],
    ['ＤＯＧ', 'dog'],
    ['ﬁsh', 'fish'],
  ])('%s is compared as %s', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  it.each([
    ["jack-o'-lantern", 'jack o lantern'],
    ['lady’s slipper', 'ladys slipper'],
    ['ladyʼs slipper', 'ladys slipper'],
    ["McDonald's", 'mcdonalds'],
    ['bow-tie', 'bow tie'],
    ['bow_tie', 'bow tie'],
    ['bow\u2011tie', 'bow tie'],
    ['  bow \t\n tie ', 'bow tie'],
    ['do\u00adg', 'dog'],
    ['dog\u200b', 'dog'],
    ['dog\u0000s', 'dog s'],
  ])('%j is compared as %j', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  it('keeps marks that make another letter', () => {
    expect(fold('が')).not.toBe(fold('か'))
    expect(fold('हिन्दी')).toBe('हिन्दी')
    expect(fold('한국어')).toBe('한국어')
  })

  it('gives a well-formed string that folding again leaves alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const folded = fold(text)
        expect(folded.isWellFormed()).toBe(true)
        expect(fold(folded)).toBe(folded)
        expect(folded).toBe(folded.trim())
        expect(folded).not.toMatch(/ {2}|\0/u)
      }),
      { numRuns: 2000 },
    )
  })

  it('makes upper and lower case of any letters the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
        expect(fold(text.toUpperCase())).toBe(fold(text))
      }),
      { numRuns: 1000 },
    )
  })
})
