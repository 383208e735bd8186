import { describe, expect, it } from 'vitest'
import type { LabelMatch } from '../../../electron/core/contract/values.ts'
import { offersFor } from '../../../renderer/src/labels/label-offers.ts'

const match = (name: string, exact: boolean, spelling: string | null = null): LabelMatch => ({
  term: `class:${name.length}`,
  kind: 'class',
  name,
  spelling,
  exact,
})
/** The lines, the one that is meant in brackets. */
const lines = (...asked: Parameters<typeof offersFor>) => {
  const { offers, meant } = offersFor(...asked)
  return offers
    .map(({ term, name }) => (term === null ? `new ${name}` : name))
    .map((line, at) => (at === meant ? `[${line}]` : line))
}

describe('what the label picker offers', () => {
  it('begins with the label of exactly that name, and makes no second one of it', () => {
    expect(lines('cat', [match('cattle dog', false), match('cat', true)], true)).toEqual([
      '[cat]',
      'cattle dog',
    ])
    expect(lines('CAT', [match('cat', true)], true)).toEqual(['[cat]'])
  })

  it('shows what is there already before a new label, which is meant where nothing has that name', () => {
    expect(lines('gold', [match('goldfinch', false), match('goldfish', false)], true)).toEqual([
      'goldfinch',
      'goldfish',
      '[new gold]',
    ])
    expect(lines('my dog', [], true)).toEqual(['[new my dog]'])
  })

  it('means the known label by another name of it, and offers a new one after all others', () => {
    expect(lines('puppy', [match('dog', true, 'puppy'), match('puppy mill', false)], true)).toEqual([
      '[dog]',
      'puppy mill',
      'new puppy',
    ])
  })

  it('makes nothing where labels are confirmed or removed', () => {
    expect(lines('gold', [match('goldfinch', false)], false)).toEqual(['[goldfinch]'])
    expect(lines('my dog', [], false)).toEqual([])
  })
})
