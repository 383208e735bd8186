import { describe, expect, it } from 'vitest'
import { operatorOf } from '../../../electron/core/search/language/operators.ts'
import { en } from '../../../renderer/src/i18n/messages-en.ts'
import { ru } from '../../../renderer/src/i18n/messages-ru.ts'
import { partOf } from '../../fixtures/contract-values.ts'
import { completed, goesOn, isRequired, refined } from '../../../renderer/src/search/query-text.ts'

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

describe('a question that goes on', () => {
  it('has all words of the one before', () => {
    expect([goesOn('dog', 'dog 2019'), goesOn('dog', 'big dog'), goesOn('dog ', 'dog')]).toEqual([
      true,
      true,
      true,
    ])
    expect([goesOn('dog', 'cat'), goesOn('dog', ''), goesOn('', 'dog')]).toEqual([false, false, false])
  })
})

describe('what is clicked beside the photos', () => {
  const folder = partOf('folder:a dog', 'folder:a', { kind: 'folder' })
  const dog = partOf('folder:a dog', 'dog')

  it('is the question where none stands, and else comes to it', () => {
    expect(refined('', [], 'label:cat', false)).toBe('label:cat')
    expect(refined('dog ', [dog], 'label:cat', false)).toBe('dog label:cat')
    expect(refined('dog', [partOf('dog', 'dog')], 'folder:b', true)).toBe('dog folder:b')
  })

  it('takes the place of another folder', () => {
    expect(refined('folder:a dog', [folder, dog], 'folder:b', true)).toBe('folder:b dog')
    expect(refined('folder:a dog', [folder, dog], 'label:cat', false)).toBe('folder:a dog label:cat')
  })

  it('leaves a word, an alternative and what is to be left out as they are', () => {
    const word = partOf('wedding', 'wedding', { kind: 'folder' })
    expect(refined('wedding', [word], 'folder:b', true)).toBe('wedding folder:b')
    const either = 'folder:a or dog'
    const parts = [
      partOf(either, 'folder:a', { kind: 'folder', group: 0 }),
      partOf(either, 'dog', { group: 0 }),
    ]
    expect(refined(either, parts, 'folder:b', true)).toBe('folder:a or dog folder:b')
    const without = partOf('-folder:a', '-folder:a', { kind: 'folder', negated: true })
    expect(refined('-folder:a', [without], 'folder:b', true)).toBe('-folder:a folder:b')
  })

  it('stands alone when it is in the question already', () => {
    expect(refined('folder:a dog', [folder, dog], 'folder:a', true)).toBe('folder:a')
  })
})

describe('a word with a plus', () => {
  it('is required unless it is to be left out', () => {
    expect([
      isRequired({ text: '+dog', negated: false }),
      isRequired({ text: '＋dog', negated: false }),
      isRequired({ text: 'dog', negated: false }),
      isRequired({ text: '+-dog', negated: true }),
    ]).toEqual([true, true, false, false])
  })
})
