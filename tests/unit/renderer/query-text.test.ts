import { describe, expect, it } from 'vitest'
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
