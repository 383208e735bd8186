import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completed, withoutPart, wordAt } from '../../../renderer/src/search/query-text.ts'

const part = (text: string, piece: string) => {
  const start = text.indexOf(piece)
  return { start, end: start + piece.length }
}

describe('the text of a search', () => {
  it.each([
    ['dog beach 2019', 'beach', 'dog 2019'],
    ['dog', 'dog', ''],
    ['dog or cat', 'cat', 'dog'],
    ['dog or cat', 'dog', 'cat'],
    ['dog or cat or bird', 'cat', 'dog or bird'],
    ['собака или кошка', 'кошка', 'собака'],
    ['  "hot dog"   -cat ', '"hot dog"', '-cat'],
    ['orange fox', 'fox', 'orange'],
  ])('%j without %j is %j', (text, piece, rest) => {
    expect(withoutPart(text, part(text, piece)).trim()).toBe(rest)
  })

  it('completes the word under the caret and leaves the others alone', () => {
    expect(completed('big zeb 2019', 7, 'zebra')).toEqual({ text: 'big zebra 2019', caret: 10 })
    expect(completed('zeb', 3, 'zebra')).toEqual({ text: 'zebra ', caret: 6 })
  })

  it('keeps the minus of a word that is to be left out', () => {
    expect(completed('dog -ca', 7, 'cat').text).toBe('dog -cat ')
  })

  it('completes a phrase in quotes as a whole', () => {
    expect(completed('label:"golden ret', 17, 'label:"golden retriever"').text).toBe(
      'label:"golden retriever" ',
    )
  })

  it('goes on right after a field name', () => {
    expect(completed('fol', 3, 'folder:')).toEqual({ text: 'folder:', caret: 7 })
  })

  it('finds a piece of the text, whatever is written and wherever the caret stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (text, seed) => {
        const caret = text.length === 0 ? 0 : seed % (text.length + 1)
        const { start, end } = wordAt(text, caret)
        expect(start).toBeLessThanOrEqual(caret)
        expect(end).toBeGreaterThanOrEqual(caret)
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})
