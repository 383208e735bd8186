import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { QueryPart, Reason } from '../../../electron/core/contract/values.ts'
import { partOf } from '../../fixtures/contract-values.ts'
import { i18n } from '../../../renderer/src/i18n/i18n.ts'
import { questionHeading, questionTitle } from '../../../renderer/src/search/question-title.ts'
import { meaningText, reasonsByWord, reasonsText } from '../../../renderer/src/search/reason-text.ts'
import { leftOut, whyLeftOut } from '../../../renderer/src/search/set-aside.ts'

beforeEach(() => {
  i18n.global.locale.value = 'en'
})
afterEach(() => {
  i18n.global.locale.value = 'en'
})

const because = (kind: Reason['kind'], met: string, probability: number | null = null): Reason => ({
  word: met,
  kind,
  met,
  probability,
})

describe('the title of an answer', () => {
  it('is what its one part means, else the question', () => {
    const text = 'folder:Olga'
    const folder = partOf(text, text, { kind: 'folder', meaning: 'folder Olga' })
    expect(questionTitle(' ', [])).toBe('All photos')
    expect(questionTitle(text, [folder])).toBe('folder Olga')
    expect(questionTitle(text, [{ ...folder, negated: true }])).toBe('not folder Olga')
    expect(questionTitle(' dog 2019 ', [partOf('dog 2019', 'dog'), partOf('dog 2019', '2019')])).toBe(
      'dog 2019',
    )
  })

  it('is the word where that means several things, or nothing', () => {
    for (const kind of ['word', 'unknown'] as const)
      expect(
        questionTitle('dog', [partOf('dog', 'dog', { kind, meaning: 'dog (category), in folders' })]),
      ).toBe('dog')
  })
})

const headingOf = (text: string, kind: QueryPart['kind'], meaning = '') =>
  questionHeading([partOf(text, text, { kind, meaning })])

describe('the heading above photos', () => {
  it('is the name of the folder, the day or the place', () => {
    expect(headingOf('folder:/home/anna/Wedding', 'folder')).toBe('Wedding')
    expect(headingOf(String.raw`folder:"C:\Photos\Lake Baikal"`, 'folder')).toBe('Lake Baikal')
    expect(headingOf('place:"Irkutsk"', 'place')).toBe('Irkutsk')
    expect(headingOf('2019-07', 'date', 'July 2019')).toBe('July 2019')
  })

  it('is none for words, for what is left out, and for more than one part', () => {
    expect(headingOf('dog', 'category', 'dog')).toBeNull()
    const folder = partOf('folder:a dog', 'folder:a', { kind: 'folder' })
    expect(questionHeading([{ ...folder, negated: true }])).toBeNull()
    expect(questionHeading([folder, partOf('folder:a dog', 'dog')])).toBeNull()
    expect(questionHeading([])).toBeNull()
  })
})

describe('the reasons of a photo', () => {
  it('are told one after another, each once', () => {
    const olga = because('folder', 'Wedding Olga')
    expect(reasonsText([olga, because('label', 'beach', 0.83), { ...olga, word: 'wedding' }])).toBe(
      'folder Wedding Olga · seen: beach 83%',
    )
    expect(reasonsText([])).toBe('')
  })

  it('stand together by the word that they are of, those of no word apart', () => {
    const dog = { ...because('label', 'dog', 0.9), word: 'dog' }
    const date = { ...because('date', 'July 2019'), word: '' }
    expect(reasonsByWord([dog, date, { ...because('folder', 'Dogs'), word: 'dog' }, dog])).toEqual([
      { word: 'dog', reasons: 'seen: dog 90% · folder Dogs' },
      { word: '', reasons: 'date: July 2019' },
    ])
    expect(reasonsByWord([{ ...date, word: 'july 2019' }])).toEqual([
      { word: 'july 2019', reasons: 'date: July 2019' },
    ])
    expect(reasonsByWord([])).toEqual([])
  })

  it('tell what was seen from what a person said', () => {
    expect(reasonsText([because('label', 'beach')])).toBe('you said: beach')
    expect(reasonsText([because('own-label', 'Olga')])).toBe('your label Olga')
  })

  it('turn no text around them', () => {
    expect(reasonsText([because('name', 'a\u202egpj.exe')])).not.toContain('\u202e')
  })
})

describe('what a word can mean', () => {
  it('is told by its kind, a label that is seen by its name too', () => {
    const meaning = { query: '', count: 1, name: null }
    expect(meaningText({ ...meaning, kind: 'folder' })).toBe('in folders')
    expect(meaningText({ ...meaning, kind: 'label', name: 'bridegroom' })).toBe('seen: bridegroom')
  })
})

describe('words that were left out', () => {
  const query = 'sunset dog "old sunset" zebra'
  const aside = { setAside: true, kind: 'unknown' } as const
  const parts = [
    partOf(query, 'sunset', aside),
    partOf(query, 'dog'),
    partOf(query, '"old sunset"', aside),
    partOf(query, 'zebra', { ...aside, terms: ['class:340'] }),
  ]

  it('are told with the reason: called nothing, or shown by no photo', () => {
    expect(whyLeftOut(parts)).toBe('Nothing is called “sunset” or “old sunset”. No photo shows “zebra”.')
    expect(whyLeftOut(parts.slice(1, 2))).toBe('')
  })

  it('are quoted as the language does, each once', () => {
    i18n.global.locale.value = 'ru'
    expect(leftOut([...parts, partOf(query, 'sunset', aside)])).toEqual([
      '«sunset»',
      '«old sunset»',
      '«zebra»',
    ])
    expect(whyLeftOut(parts)).toBe(
      'Нет ничего с названием «sunset» или «old sunset». Нет фотографий с меткой «zebra».',
    )
  })
})
