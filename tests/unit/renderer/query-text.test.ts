import { describe, expect, it } from 'vitest'
import { operatorOf } from '../../../electron/core/search/language/operators.ts'
import { en } from '../../../renderer/src/i18n/messages-en.ts'
import { ru } from '../../../renderer/src/i18n/messages-ru.ts'
import { completed } from '../../../renderer/src/search/query-text.ts'

describe('a completion', () => {
  it('takes the place of the word under the caret and leaves the others alone', () => {
    expect(completed('big zeb 2019', 7, 'zebra')).toEqual({ text: 'big zebra 2019', caret: 10 })
    expect(completed('zeb', 3, 'zebra')).toEqual({ text: 'zebra ', caret: 6 })
  })

  it('brings the minus of a word that is to be left out with it', () => {
    expect(completed('dog -ca', 7, '-cat').text).toBe('dog -cat ')
  })

  it('takes the place of a phrase in quotes as a whole', () => {
    expect(completed('label:"golden ret', 17, 'label:"golden retriever"').text).toBe(
      'label:"golden retriever" ',
    )
  })

  it('goes on right after a field name', () => {
    expect(completed('fol', 3, 'folder:')).toEqual({ text: 'folder:', caret: 7 })
  })
})

describe('the questions that the window writes itself', () => {
  it('are in words that the search understands, in each language', () => {
    for (const { query } of [en, ru])
      for (const [operator, word] of Object.entries(query))
        expect([word, operatorOf(word)]).toEqual([word, operator])
  })
})
