import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Facet } from '../../../electron/core/contract/values.ts'
import { indexingOf, statusOf } from '../../fixtures/contract-values.ts'
import { openWindow } from '../../fixtures/scripted-shell.ts'
import { useLibrary } from '../../../renderer/src/app/library.ts'
import { firstFinds } from '../../../renderer/src/first-run/first-finds.ts'
import { useFirstFinds } from '../../../renderer/src/first-run/offer-finds.ts'

const facet = (key: string, count: number, parent: string | null = null): Facet => ({
  term: `category:${key}`,
  label: key,
  count,
  parent: parent === null ? null : `category:${parent}`,
  kind: 'category',
})
const labels = (facets: readonly Facet[]): string[] => firstFinds(facets).map(({ label }) => label)

describe('first finds', () => {
  it('are the narrowest names that still stand for a good part of their category', () => {
    expect(
      labels([
        facet('animal', 100),
        facet('mammal', 53, 'animal'),
        facet('dog', 24, 'mammal'),
        facet('terrier', 6, 'dog'),
        facet('vehicle', 31),
        facet('boat', 5, 'vehicle'),
      ]),
    ).toEqual(['vehicle', 'dog'])
  })

  it('are a few, and none of one photo alone', () => {
    expect(labels(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key, at) => facet(key, 9 - at)))).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
      'f',
    ])
    expect(labels([facet('a', 1), facet('animal', 2), facet('dog', 1, 'animal')])).toEqual(['animal'])
    expect(labels([])).toEqual([])
  })
})

describe('offering them', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  let found: Facet[] = []
  async function windowOn(facets: Facet[]) {
    found = facets
    const shell = openWindow({
      getStatus: () => statusOf(),
      getFacets: () => found,
      getFolders: () => [],
    })
    const library = useLibrary()
    await library.loadRail()
    const finds = useFirstFinds()
    return {
      shell,
      finds,
      seen: () => finds.finds.map(({ label, count }) => `${count} ${label}`),
      nowFound: async (next: Facet[]) => {
        found = next
        await library.loadRail()
      },
    }
  }

  it('waits twenty seconds, or until all is looked at', async () => {
    const { finds, seen } = await windowOn([facet('dog', 3)])
    finds.begin()
    await vi.advanceTimersByTimeAsync(19_000)
    expect(seen()).toEqual([])
    await vi.advanceTimersByTimeAsync(1000)
    expect(seen()).toEqual(['3 dog'])

    const quick = await windowOn([facet('dog', 3)])
    quick.finds.begin()
    quick.shell.emit('indexing', indexingOf({ phase: 'indexing' }))
    await vi.advanceTimersByTimeAsync(10)
    quick.shell.emit('indexing', indexingOf({ phase: 'idle' }))
    await vi.advanceTimersByTimeAsync(10)
    expect(quick.seen()).toEqual(['3 dog'])
  })

  it('keeps to the same things while their numbers grow', async () => {
    const { finds, seen, nowFound } = await windowOn([])
    finds.begin()
    await vi.advanceTimersByTimeAsync(20_000)
    await nowFound([facet('dog', 3)])
    await nowFound([facet('dog', 8), facet('cat', 90)])
    expect(seen()).toEqual(['8 dog'])
  })

  it('happens on the first run alone, and not again once it is over', async () => {
    const { finds, seen } = await windowOn([facet('dog', 3)])
    await vi.advanceTimersByTimeAsync(30_000)
    expect(seen()).toEqual([])
    finds.begin()
    await vi.advanceTimersByTimeAsync(20_000)
    finds.end()
    finds.begin()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(seen()).toEqual([])
  })
})
