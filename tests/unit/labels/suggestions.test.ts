import { resolve } from 'node:path'
import { distance } from 'fastest-levenshtein'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../../../electron/core/labels/fold.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { readLabelData } from '../../../electron/core/labels/load-data.ts'
import { slipsBetween } from '../../../electron/core/labels/nearest.ts'
import { baseForms } from '../../../electron/core/labels/word-forms.ts'

const lexicon = loadLexicon()
const { unseen } = readLabelData(resolve(import.meta.dirname, '../../../native-models/labels'))
const named = new Set(unseen.flatMap(({ words }) => words.map(fold)))
const texts = (found: readonly { text: string }[]) => found.map(({ text }) => text)

describe('the nearest known words', () => {
  it.each([
    ['elefant', 'elephant'],
    ['pengiun', 'penguin'],
    ['kitens', 'kitten'],
    ['golden retreiver', 'golden retriever'],
    ['сабака', 'собака'],
    ['лашадь', 'лошадь'],
    ['dogg', 'dog'],
    ['computr', 'computer'],
    ['бабчка', 'бабочка'],
  ])('to %s is %s', (word, known) => {
    expect(texts(lexicon.nearest(word, 3))).toContain(known)
  })

  it.each([
    ['sunset', 'landscape'],
    ['summer', 'beach'],
    ['wives', 'bridegroom'],
    ['Baby', 'baby things'],
    ['деревья', 'растение'],
    ['детей', 'детские вещи'],
    ['закатом', 'пейзаж'],
  ])('to %s, which the model cannot see, is %s', (word, known) => {
    expect(texts(lexicon.nearest(word, 5))).toContain(known)
  })

  it.each([
    ['qqqqqqq', ''],
    ['people', 'bridegroom'],
    ['человек', 'жених'],
    ['summer', 'jumper'],
    ['robot', 'roof'],
    ['jpg', 'jug'],
    ['work', 'wok'],
    ['cook', 'cock'],
    ['news', 'newt'],
    ['мир', 'море'],
    ['пилот', 'пила'],
  ])('to %s are not "%s", which is only spelt like it or has little to do with it', (word, other) => {
    expect(texts(lexicon.nearest(word, 9))).not.toContain(other)
  })

  it('differ from what was typed in at most one letter of four', () => {
    const term = fc.constantFrom(...lexicon.classes.map(({ index }) => index))
    const slip = fc.tuple(fc.nat(30), fc.constantFrom(...'abcdeiklmnoprstu', ''))
    fc.assert(
      fc.property(term, fc.array(slip, { maxLength: 4 }), (index, slips) => {
        let typed = fold(lexicon.label(index, 'en'))
        for (const [at, letter] of slips) typed = typed.slice(0, at) + letter + typed.slice(at + 1)
        typed = fold(typed)
        fc.pre(!baseForms(typed).some((form) => named.has(form)))
        const tooFar = texts(lexicon.nearest(typed, 5)).filter((text) =>
          baseForms(typed).every((form) => {
            const longer = Math.max(form.length, fold(text).length)
            return slipsBetween(form, fold(text)) * 4 > longer
          }),
        )
        expect(tooFar).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('are exactly those of the label files for what the model cannot see', () => {
    const wrong = unseen.flatMap(({ words, nearest }) =>
      words.filter((word) => {
        const found = lexicon.nearest(word, 20).map(({ term }) => term)
        return found.length !== nearest.length || nearest.some((term) => !found.includes(term))
      }),
    )
    expect(wrong).toEqual([])
  })

  it('are not listed for what is known', () => {
    expect(unseen.flatMap(({ words }) => words).filter((word) => lexicon.lookup(word).length > 0)).toEqual([])
  })

  it('are no more than asked for, each thing once', () => {
    expect(lexicon.nearest('cat', 0)).toEqual([])
    const terms = lexicon.nearest('terier', 20).map(({ term }) => term)
    expect(new Set(terms).size).toBe(terms.length)
  })
})

describe('slips between two words', () => {
  it.each([
    ['dog', 'dog', 0],
    ['dgo', 'dog', 1],
    ['elefant', 'elephant', 2],
    ['', 'dog', 3],
  ])('%s → %s', (a, b, slips) => {
    expect(slipsBetween(a, b)).toBe(slips)
  })

  it('are at most the letters to change one by one, at least half of them, and the same both ways', () => {
    const word = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 }).map((letters) => letters.join(''))
    fc.assert(
      fc.property(word, word, (a, b) => {
        const slips = slipsBetween(a, b)
        expect(slips).toBe(slipsBetween(b, a))
        expect(slips).toBeLessThanOrEqual(distance(a, b))
        expect(slips * 2).toBeGreaterThanOrEqual(distance(a, b))
      }),
    )
  })
})

describe('completing what is typed', () => {
  it('gives names in the asked language that start so, categories first', () => {
    const found = texts(lexicon.startingWith('do', 'en', 10))
    expect(found[0]).toBe('dog')
    for (const text of found) expect(fold(text).startsWith('do')).toBe(true)
    expect(texts(lexicon.startingWith('Соба', 'ru', 3))[0]).toBe('собака')
  })

  it('falls back on the other languages', () => {
    expect(texts(lexicon.startingWith('соба', 'en', 3))[0]).toBe('собака')
    expect(texts(lexicon.startingWith('terri', 'ru', 3))[0]).toBe('terrier')
  })

  it('finds every name by all of its beginnings', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 40 }), (index, length) => {
        const label = lexicon.label(index, 'ru')
        const found = lexicon.startingWith(label.slice(0, length), 'ru', 2000)
        expect(found.map(({ term }) => term)).toContain(index)
      }),
      { numRuns: 200 },
    )
  })

  it('lists categories for nothing typed yet, and nothing for mere punctuation of no name', () => {
    expect(lexicon.startingWith('', 'en', 4)).toHaveLength(4)
    expect(lexicon.startingWith('%', 'en', 4)).toEqual([])
    expect(lexicon.startingWith('dog', 'en', 0)).toEqual([])
  })
})
