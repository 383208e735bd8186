import { describe, expect, it } from 'vitest'
import { noDay } from '../../../electron/core/contract/values.ts'
import { pageOf, partOf, settingsOf, wallPhoto } from '../../fixtures/contract-values.ts'
import { openWindow, refusal, settled, type Answers } from '../../fixtures/scripted-shell.ts'
import { speak } from '../../../renderer/src/i18n/i18n.ts'
import { summaryOf } from '../../../renderer/src/search/search-summary.ts'
import { useToasts } from '../../../renderer/src/notices/toasts.ts'
import { firstPage, useSearch } from '../../../renderer/src/search/search.ts'
import { useSettings } from '../../../renderer/src/settings/settings.ts'

/** A search that found as many photos as its text has letters. */
const counting: Answers = { search: ({ search: { text } }) => pageOf(text.length) }

async function searching(answers: Answers = counting) {
  const shell = openWindow(answers)
  const search = useSearch()
  await search.load()
  return { shell, search }
}

describe('the answer of a search', () => {
  it('belongs to the question asked last, whichever answer comes first', async () => {
    const waiting = new Map<string, () => void>()
    const { shell, search } = await searching()
    shell.answer({
      search: ({ search: { text } }) =>
        new Promise((resolve) => waiting.set(text, () => resolve(pageOf(text.length)))),
    })
    search.ask('dog')
    await settled()
    search.ask('zebra')
    await settled()
    expect(search.loading).toBe(true)
    waiting.get('zebra')?.()
    await settled()
    waiting.get('dog')?.()
    await settled()
    expect([search.summary?.total, search.shown?.text, search.loading]).toEqual([5, 'zebra', false])
  })

  it('stays that of the question before while there is none, and that is said', async () => {
    const { shell, search } = await searching()
    search.ask('dog')
    await settled()
    shell.answer({
      search: () => {
        throw refusal('No such folder.')
      },
    })
    search.ask('folder:x')
    await settled()
    expect([search.summary?.total, search.shown?.text, search.loading]).toEqual([3, 'dog', false])
    expect(useToasts().toasts.map(({ detail }) => detail)).toEqual(['No such folder.'])
  })
})

describe('the first page', () => {
  it('comes with the answer, and its days by their names', async () => {
    const { shell, search } = await searching({
      search: () => pageOf(3, { days: [18_091, 2, -1, 1, noDay, 0], photos: [7, 8, 9].map(wallPhoto) }),
    })
    expect(search.firstPhotos.map(({ id }) => id)).toEqual([7, 8, 9])
    expect(search.summary?.sections).toEqual([
      { day: '2019-07-14', count: 2 },
      { day: '1969-12-31', count: 1 },
      { day: null, count: 0 },
    ])
    expect(shell.asked('search').map(({ limit }) => limit)).toEqual([firstPage])
  })
})

describe('a list that stands', () => {
  it('is asked for under one name until it is asked anew, be it in the same order', async () => {
    const { shell, search } = await searching()
    const asked = () => shell.asked('search').map(({ listId }) => listId)
    await search.load()
    search.sortBy('confidence')
    await settled()
    await search.load()
    search.sortBy('confidence')
    await settled()
    search.ask('dog')
    await settled()
    search.ask('')
    await settled()
    const [first, again, sorted, sortedAgain, ...anew] = asked()
    expect([again, sortedAgain]).toEqual([first, sorted])
    expect(new Set([first, sorted, ...anew]).size).toBe(5)
  })

  it('keeps the shapes that do not come again', async () => {
    const { shell, search } = await searching()
    search.ask('dog')
    await settled()
    const { shapes, shapesVersion } = search.summary ?? {}
    shell.answer({ search: () => pageOf(3, { shapes: null }) })
    await search.load()
    expect(search.summary?.shapes).toBe(shapes)
    expect(shell.asked('search').at(-1)?.knownShapes).toBe(shapesVersion)
  })
})

describe('the sections of a list', () => {
  it('are named by as much of their date as is known', () => {
    const page = pageOf(4, {
      days: [18_091, 1, -1826, 1, -1826, 2],
      daysInPart: [
        { section: 1, unit: 'month' },
        { section: 2, unit: 'year' },
      ],
    })
    expect(summaryOf(page).sections).toEqual([
      { day: '2019-07-14', count: 1 },
      { day: '1965-01', count: 1 },
      { day: '1965', count: 2 },
    ])
  })
})

describe('what is asked', () => {
  it('is in the order that suits the answer, unless one was chosen', async () => {
    const { shell, search } = await searching()
    search.ask('dog')
    await settled()
    search.sortBy('date')
    await settled()
    search.ask('zebra')
    await settled()
    expect(shell.asked('search').map(({ search: { text, sort } }) => [text, sort])).toEqual([
      ['', 'auto'],
      ['dog', 'auto'],
      ['dog', 'date'],
      ['zebra', 'date'],
    ])
  })

  it('keeps what was chosen for it while words come to it, and not for another question', async () => {
    const { search } = await searching()
    search.ask('dog')
    search.demand(0.7)
    search.sortBy('confidence')
    search.type('dog 2019')
    search.refine('folder:x', true)
    expect([search.search.minConfidence, search.search.sort]).toEqual([0.7, 'confidence'])
    search.type('z')
    expect([search.search.minConfidence, search.search.sort]).toEqual([null, 'auto'])
  })

  it('has the cut-off that was chosen, else that of the settings, else each label its own', async () => {
    const { shell, search } = await searching({
      ...counting,
      getSettings: () => settingsOf({ minConfidence: 0.4 }),
    })
    await useSettings().load()
    await settled()
    search.demand(0.7)
    await settled()
    search.demand(null)
    await settled()
    expect(shell.asked('search').map(({ search: asked }) => asked.minConfidence)).toEqual([
      null,
      0.4,
      0.7,
      0.4,
    ])
  })

  it('is asked in the language of the window', async () => {
    const { shell } = await searching()
    speak('ru')
    await settled()
    speak('en')
    await settled()
    expect(shell.asked('search').map(({ search: { language } }) => language)).toEqual(['en', 'ru', 'en'])
  })

  it('is asked once, however often it is chosen', async () => {
    const { shell, search } = await searching()
    search.ask('dog')
    await settled()
    search.ask('dog')
    search.type('dog')
    await settled()
    expect(shell.asked('search')).toHaveLength(2)
  })

  it('is asked again as the library changes, once for all that changed while it was being answered', async () => {
    const { shell, search } = await searching()
    const waiting: (() => void)[] = []
    shell.answer({
      search: () =>
        new Promise((resolve) => {
          waiting.push(() => resolve(pageOf(waiting.length)))
        }),
    })
    const before = shell.asked('search').length
    for (let revision = 1; revision <= 100; revision++) {
      shell.emit('libraryChanged', { revision, what: ['tags'] })
      await settled()
    }
    expect(shell.asked('search').length - before).toBe(1)
    waiting[0]?.()
    await settled()
    expect(shell.asked('search').length - before).toBe(2)
    waiting[1]?.()
    await settled()
    expect([shell.asked('search').length - before, search.summary?.total]).toEqual([2, 2])
  })

  it('can be asked again as it was before', async () => {
    const { search } = await searching()
    search.ask('dog')
    search.sortBy('date')
    search.demand(0.5)
    const before = search.asked
    search.ask('zebra')
    search.sortBy('confidence')
    search.demand(null)
    search.askAgain(before)
    expect(search.search).toMatchObject({ text: 'dog', sort: 'date', minConfidence: 0.5, language: 'en' })
  })

  it('counts as being typed until it is asked or stands', async () => {
    const { search } = await searching()
    search.type('do')
    expect(search.typing).toBe(true)
    search.settle()
    expect([search.typing, search.text]).toEqual([false, 'do'])
    search.type('do')
    expect(search.typing).toBe(false)
    search.type('dog')
    search.ask('dogs')
    expect([search.typing, search.text]).toEqual([false, 'dogs'])
  })
})

describe('a part of the question', () => {
  const query = 'label:"My dog" 2019 -cat'
  const understood = [
    partOf(query, 'label:"My dog"', { kind: 'own-label', terms: ['own:7'] }),
    partOf(query, '2019', { kind: 'date' }),
    partOf(query, '-cat', { negated: true }),
  ]

  async function asking() {
    const { search } = await searching({ search: () => pageOf(1, { understood }) })
    search.ask(query)
    await settled()
    return search
  }

  it('can be taken out, whichever it is', async () => {
    const rests = ['2019 -cat', 'label:"My dog" -cat', 'label:"My dog" 2019']
    for (const [at, rest] of rests.entries()) {
      const search = await asking()
      const taken = understood[at]
      if (taken === undefined) throw new Error('No such part')
      search.remove(taken)
      expect(search.text).toBe(rest)
    }
  })

  it('is taken out of the question it was understood in, not of what is being typed', async () => {
    const search = await asking()
    search.type('something else')
    const [, year] = understood
    if (year === undefined) throw new Error('No such part')
    search.replace(year, '2020')
    expect(search.text).toBe('label:"My dog" 2020 -cat')
  })

  it('follows the new name of a label of one’s own, whatever is in it, and only of that one', async () => {
    const search = await asking()
    search.followRenaming('own:8', 'Another')
    expect(search.text).toBe(query)
    search.followRenaming('own:7', 'My "big" dog')
    expect(search.text).toBe('label:"My big dog" 2019 -cat')
  })

  it('that was left out can be made to count', async () => {
    const words = 'sunset dog "old zebbra"'
    const { search } = await searching({
      search: () =>
        pageOf(1, {
          understood: [
            partOf(words, 'sunset', { kind: 'unknown', setAside: true }),
            partOf(words, 'dog'),
            partOf(words, '"old zebbra"', { kind: 'unknown', setAside: true }),
          ],
        }),
    })
    search.ask(words)
    await settled()
    search.requireAll()
    expect(search.text).toBe('+sunset dog +"old zebbra"')
  })
})
