import { beforeEach, describe, expect, it } from 'vitest'
import { pageOf, statusOf } from '../../fixtures/contract-values.ts'
import { openWindow, settled } from '../../fixtures/scripted-shell.ts'
import { useLibrary } from '../../../renderer/src/app/library.ts'
import { useSearch } from '../../../renderer/src/search/search.ts'
import { useUsedThings } from '../../../renderer/src/things/used-things.ts'
import type { QueryPart } from '../../../electron/core/contract/values.ts'

/** Every word of the query names the category that is called so. */
function understood(text: string): QueryPart[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word, group) => ({
      kind: 'category',
      text: word,
      start: text.indexOf(word),
      end: text.indexOf(word) + word.length,
      negated: word.startsWith('-'),
      group,
      meaning: word,
      terms: [`category:${word.replace('-', '')}`],
      names: [word],
      meanings: [],
      setAside: false,
      nearest: [],
    }))
}

async function windowOn(libraryPath: string) {
  const kept = { ...localStorage }
  openWindow({
    getStatus: () => statusOf({ libraryPath }),
    search: ({ search: { text } }) => ({
      ...pageOf(text === 'nothing' ? 0 : 3),
      understood: understood(text),
    }),
  })
  for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value)
  const used = useUsedThings()
  const search = useSearch()
  await useLibrary().load()
  await search.load()
  await settled()
  const ask = async (text: string) => {
    search.ask(text)
    await settled()
  }
  return { used, search, ask }
}

beforeEach(() => localStorage.clear())

describe('the things that a person uses', () => {
  it('are those that were asked for, in the next window on the same library', async () => {
    const { ask, used } = await windowOn('/one')
    for (const text of ['cat', 'dog', 'dog beach', 'dog -car', '', 'dog']) await ask(text)
    expect(used.terms).toEqual([])
    expect((await windowOn('/one')).used.terms).toEqual(['category:dog', 'category:beach', 'category:cat'])
    expect((await windowOn('/two')).used.terms).toEqual([])
  })

  it('are none that are still being typed, or that found nothing', async () => {
    const { ask, search } = await windowOn('/one')
    search.type('d')
    await settled()
    await ask('nothing')
    expect((await windowOn('/one')).used.terms).toEqual([])
  })
})
