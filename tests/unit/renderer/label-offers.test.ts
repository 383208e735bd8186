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
const lines = (...asked: Parameters<typeof offersFor>) =>
  offersFor(...asked).map(({ term, name }) => (term === null ? `new ${name}` : name))

describe('what the label picker offers', () => {
  it('begins with the label of exactly that name, and makes no second one of it', () => {
    expect(lines('cat', [match('cat', true), match('cattle dog', false, 'cattle dog')], true)).toEqual([
      'cat',
      'cattle dog',
    ])
    expect(lines('CAT', [match('cat', true)], true)).toEqual(['cat'])
  })

  it('begins with a new label where nothing has that name, and goes on with what begins like it', () => {
    expect(lines('gold', [match('goldfinch', false), match('goldfish', false)], true)).toEqual([
      'new gold',
      'goldfinch',
      'goldfish',
    ])
    expect(lines('my dog', [], true)).toEqual(['new my dog'])
  })

  it('offers both, the known label first, for another name of it', () => {
    expect(lines('puppy', [match('dog', true, 'puppy')], true)).toEqual(['dog', 'new puppy'])
  })

  it('makes nothing where labels are confirmed or removed', () => {
    expect(lines('gold', [match('goldfinch', false)], false)).toEqual(['goldfinch'])
    expect(lines('my dog', [], false)).toEqual([])
  })
})
