import { describe, expect, it } from 'vitest'
import { linkOf, operatorOf } from '../../../electron/core/search/language/operators.ts'
import { en } from '../../../renderer/src/i18n/messages-en.ts'
import { ru } from '../../../renderer/src/i18n/messages-ru.ts'
import { partOf } from '../../fixtures/contract-values.ts'
import {
  completed,
  goesOn,
  isRequired,
  refined,
  withAllWords,
  withinArea,
} from '../../../renderer/src/search/query-text.ts'
import { read, understood } from '../search/lexicon.ts'

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

const label = (text: string) => refined(text, [], 'label:cat', false)

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

  it('is added to a text that is not finished as to one that is', () => {
    expect(label('"black swan')).toBe('"black swan" label:cat')
    expect(label('dog folder:"My ph ')).toBe('dog folder:"My ph" label:cat')
    expect(label('«чёрный лебедь')).toBe('«чёрный лебедь" label:cat')
    expect(label('dog "')).toBe('dog label:cat')
    expect(label('"black swan" 5"4')).toBe('"black swan" 5"4 label:cat')
    for (const link of 'or AND not without except или либо и не без кроме | & ｜'.split(' ')) {
      expect(linkOf(link) ?? link).toMatch(/^(?:or|and|not|[|&｜])$/u)
      expect(label(`dog ${link} `)).toBe('dog label:cat')
      expect(label(link)).toBe('label:cat')
    }
    expect(label('dog and not')).toBe('dog label:cat')
    expect(label('dog|')).toBe('dog label:cat')
    expect(label('labrador')).toBe('labrador label:cat')
    expect(label('"dog or"')).toBe('"dog or" label:cat')
    expect(read(label('"black swan')).groups).toHaveLength(2)
  })

  it('leaves a name that ends like a link as it is', () => {
    const name = 'lake or'
    expect(refined(name, [partOf(name, name)], 'label:cat', false)).toBe('lake or label:cat')
  })

  it('stands alone when it is in the question already', () => {
    expect(refined('folder:a dog', [folder, dog], 'folder:a', true)).toBe('folder:a')
  })
})

/** The query once some of its words, which were left out, are required. */
const withAll = (text: string, ...aside: string[]) =>
  withAllWords(
    text,
    understood(text).map((part) => ({ ...part, setAside: aside.includes(part.text) })),
  )
const shape = (text: string) =>
  read(text).groups.map((group) => group.map(({ required }) => (required ? 'must' : 'may')))

describe('a query that leaves out no word', () => {
  it('has a plus before those that were left out', () => {
    expect(withAll('dog sunset', 'sunset')).toBe('dog +sunset')
    expect(withAll('photos of zebra and "old sunset" dog', 'zebra', '"old sunset"')).toBe(
      'photos of +zebra and +"old sunset" dog',
    )
    expect(withAll('dog, cat')).toBe('dog, cat')
  })

  it('asks for either where the commas did', () => {
    const text = 'zebra, otter & beach'
    expect(shape(text)).toEqual([['may', 'may'], ['may']])
    expect(withAll(text, 'zebra', 'otter')).toBe('+zebra | +otter & beach')
    expect(shape('+zebra | +otter & beach')).toEqual([['must', 'must'], ['may']])
  })

  it('does not make either of what was both', () => {
    const text = 'qwertz, dog, cat'
    const groups = shape(text).length
    expect(shape(withAll(text, 'qwertz'))).toHaveLength(groups)
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

const within = (text: string, box: string) => withinArea(text, understood(text), box)

describe('a box on the map', () => {
  const [old, next] = ['area:1,2..3,4', 'area:5,-6..7,8']

  it('is added to what is asked for, or asked for alone', () => {
    expect(within('', next)).toBe(next)
    expect(within('dog 2019', next)).toBe(`dog 2019 ${next}`)
    expect(within('"hot dog', next)).toBe(`"hot dog" ${next}`)
    expect(within('dog or', next)).toBe(`dog ${next}`)
  })

  it('takes the place of the boxes before it', () => {
    expect(within(old, next)).toBe(next)
    expect(within(`dog ${old} 2019`, next)).toBe(`dog & 2019 ${next}`)
    expect(within(`${old} dog area:0,0..1,1`, next)).toBe(`dog ${next}`)
  })

  it('leaves alone the boxes that are asked against', () => {
    expect(within(`dog -${old}`, next)).toBe(`dog -${old} ${next}`)
  })
})
