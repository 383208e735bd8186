import { describe, expect, it } from 'vitest'
import type { Facet } from '../../../electron/core/contract/values.ts'
import { railThings, type RailThings } from '../../../renderer/src/rail/rail-things.ts'
import { mostUsed } from '../../../renderer/src/things/used-things.ts'

const category = (key: string, count: number, parent: string | null = null): Facet => ({
  term: `category:${key}`,
  label: key,
  count,
  parent: parent === null ? null : `category:${parent}`,
  kind: 'category',
})
const own = (id: number, count: number): Facet => ({
  term: `own:${id}`,
  label: `own ${id}`,
  count,
  parent: null,
  kind: 'own',
})
const many = Array.from({ length: 20 }, (_, at) => category(`c${at}`, 100 - at))
const animals = [category('animal', 500), category('dog', 60, 'animal'), category('puppy', 5, 'dog')]

const rail = (facets: readonly Facet[], more: Partial<RailThings> = {}) =>
  railThings(facets, { pinned: [], used: [], ...more })
const labels = (...asked: Parameters<typeof rail>) => rail(...asked).map(({ label }) => label)

describe('the things in the rail', () => {
  it('are a few categories of most photos while nothing was asked for', () => {
    expect(labels(many)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7'])
  })

  it('begin with what was pinned, then what is asked for most, wherever in the tree', () => {
    expect(
      labels([...many, ...animals], { pinned: ['category:c19'], used: ['category:dog'] }).slice(0, 3),
    ).toEqual(['c19', 'dog', 'animal'])
  })

  it('are all that was pinned, and no more beside it when that is a lot', () => {
    const pinned = many.slice(5).map(({ term }) => term)
    expect(rail(many, { pinned, used: ['category:c0'] }).map(({ key }) => key)).toEqual(pinned)
  })

  it('say which of them were pinned', () => {
    const pins = rail(many, { pinned: ['category:c3'] }).filter(({ pinned }) => pinned)
    expect(pins.map(({ label }) => label)).toEqual(['c3'])
  })

  it('leave room for categories beside many labels of one’s own', () => {
    const shown = labels([...many, ...Array.from({ length: 9 }, (_, at) => own(at + 1, 1))])
    expect(shown).toEqual(['own 1', 'own 2', 'own 3', 'own 4', 'c0', 'c1', 'c2', 'c3'])
  })

  it('leave out what no photo shows any more', () => {
    expect(labels(many.slice(0, 1), { pinned: ['category:gone'], used: ['own:7'] })).toEqual(['c0'])
  })

  it('have a key for each place, though a dog is shown twice', () => {
    const keys: string[] = []
    const gather = (branches: ReturnType<typeof rail>): void => {
      for (const { key, children } of branches) {
        keys.push(key)
        gather(children)
      }
    }
    gather(rail(animals, { used: ['category:dog'] }))
    expect(keys).toHaveLength(5)
    expect(new Set(keys).size).toBe(5)
  })
})

describe('what is used most', () => {
  it('is what was asked for most often, of equals the latest', () => {
    expect(mostUsed(['a', 'b', 'c', 'b', 'd', 'c'])).toEqual(['b', 'c', 'a', 'd'])
  })
})
