import { describe, expect, it } from 'vitest'
import type { Facet } from '../../../electron/core/contract/values.ts'
import { thingSections, thingsFound } from '../../../renderer/src/things/thing-sections.ts'

const facet = (term: string, count: number, parent: string | null = null): Facet => ({
  term,
  label: term.slice(term.indexOf(':') + 1),
  count,
  parent,
  kind: term.startsWith('category:') ? 'category' : term.startsWith('own:') ? 'own' : 'class',
})

const animals = [
  facet('category:animal', 40),
  facet('category:mammal', 30, 'category:animal'),
  facet('category:dog', 20, 'category:mammal'),
  facet('category:bird', 9, 'category:animal'),
  facet('class:340', 3, 'category:mammal'),
]
const shape = (facets: readonly Facet[]) =>
  thingSections(facets).map(({ kind, of, things }) => [kind, of?.label, things.map(({ label }) => label)])

const found = (...terms: string[]) =>
  thingsFound([...animals, facet('own:1', 1)], terms).map(({ label }) => label)

describe('the page of things', () => {
  it('begins with the person’s own labels, then what most photos show', () => {
    expect(shape([...animals, facet('own:1', 1), facet('own:2', 5), facet('class:8', 2)])).toEqual([
      ['own', undefined, ['2', '1']],
      ['group', 'animal', ['mammal', 'dog', 'bird', '340']],
      ['rest', undefined, ['8']],
    ])
  })

  it('puts categories in the order of their photos, and all that lies in them under the uppermost', () => {
    const food = ['a', 'b', 'c', 'd'].map((key, at) => facet(`category:${key}`, 90 - at, 'category:food'))
    expect(shape([...animals, facet('category:food', 99), ...food])).toEqual([
      ['group', 'food', ['a', 'b', 'c', 'd']],
      ['group', 'animal', ['mammal', 'dog', 'bird', '340']],
    ])
  })

  it('makes no section of a category with a few labels: they stand with the rest', () => {
    expect(
      shape([facet('category:cart', 4), facet('class:1', 3, 'category:cart'), facet('class:2', 5)]),
    ).toEqual([['rest', undefined, ['2', 'cart', '1']]])
  })

  it('is empty where nothing was recognised', () => {
    expect(shape([])).toEqual([])
  })

  it('gives each card the question that finds its photos', () => {
    expect(thingSections(animals)[0]?.things.map(({ query }) => query)).toContain('category:dog')
  })
})

describe('things that were looked for', () => {
  it('bring what lies in them along, each once', () => {
    expect(found('category:mammal', 'class:340')).toEqual(['mammal', 'dog', '340'])
  })

  it('begin with the person’s own', () => {
    expect(found('own:1', 'category:bird')).toEqual(['1', 'bird'])
  })

  it('are none where nothing is called so', () => {
    expect(found()).toEqual([])
  })
})
