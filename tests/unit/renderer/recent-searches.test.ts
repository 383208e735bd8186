import { beforeEach, describe, expect, it } from 'vitest'
import { pageOf, statusOf } from '../../fixtures/contract-values.ts'
import { openWindow, settled, type Answers } from '../../fixtures/scripted-shell.ts'
import { useLibrary } from '../../../renderer/src/app/library.ts'
import { useRecentSearches } from '../../../renderer/src/search/recent-searches.ts'
import { useSearch } from '../../../renderer/src/search/search.ts'

/** A search that finds as many photos as its text has letters, but no unicorns. */
const counting = (libraryPath: string): Answers => ({
  search: ({ search: { text } }) => pageOf(text.includes('unicorn') ? 0 : text.length),
  getStatus: () => statusOf({ libraryPath }),
})

async function windowOn(libraryPath = '/library') {
  // A window opened by a test begins with nothing kept.
  const kept = { ...localStorage }
  openWindow(counting(libraryPath))
  for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value)
  const search = useSearch()
  const recent = useRecentSearches()
  await useLibrary().load()
  await search.load()
  await settled()
  const ask = async (text: string) => {
    search.ask(text)
    await settled()
  }
  return { search, recent, ask }
}

beforeEach(() => localStorage.clear())

describe('recent searches', () => {
  it('are the questions that found photos, the latest first, each once', async () => {
    const { recent, ask } = await windowOn()
    for (const text of ['dog', 'unicorn', 'cat ', '', 'dog']) await ask(text)
    expect(recent.texts).toEqual(['dog', 'cat'])
  })

  it('leave out what is still being typed, and the beginning of a word that was typed on', async () => {
    const { search, recent, ask } = await windowOn()
    search.type('wedd')
    await settled()
    expect(recent.texts).toEqual([])
    search.settle()
    await settled()
    expect(recent.texts).toEqual(['wedd'])
    await ask('wedding')
    await ask('wedding 2019')
    expect(recent.texts).toEqual(['wedding 2019', 'wedding'])
  })

  it('are no more than eight, kept for each library apart', async () => {
    const { ask } = await windowOn()
    for (let at = 1; at <= 10; at++) await ask(`dog number ${at} of ten`)
    const again = await windowOn()
    expect(again.recent.texts).toHaveLength(8)
    expect(again.recent.texts[0]).toBe('dog number 10 of ten')
    expect((await windowOn('/other')).recent.texts).toEqual([])
  })

  it('can be forgotten, one or all', async () => {
    const { recent, ask } = await windowOn()
    for (const text of ['dog', 'cat', 'bird']) await ask(text)
    recent.forget('cat')
    expect(recent.texts).toEqual(['bird', 'dog'])
    expect((await windowOn()).recent.texts).toEqual(['bird', 'dog'])
    recent.forgetAll()
    expect((await windowOn()).recent.texts).toEqual([])
  })

  it('begin anew where what was kept makes no sense', async () => {
    localStorage.setItem('kartoteka.recent /library', '{')
    expect((await windowOn()).recent.texts).toEqual([])
    localStorage.setItem('kartoteka.recent /library', '[1, "dog", null]')
    expect((await windowOn()).recent.texts).toEqual(['dog'])
  })
})
