import { describe, expect, it } from 'vitest'
import type { PhotoDetails } from '../../../electron/core/contract/values.ts'
import { detailsOf } from '../../fixtures/contract-values.ts'
import { labelMeant } from '../../../renderer/src/viewer/keyed-label.ts'

type Said = readonly (readonly [term: string, verdict: 'confirmed' | 'removed' | 'added'])[]

const tag = (label: string, rank: number) => ({
  term: `class:${rank}`,
  label,
  rank,
  classIndex: rank,
  synset: '',
  probability: 1 / rank,
  sure: true,
})

/** A photo of a warplane that is taken for a bird. */
const photo = (...said: Said): PhotoDetails =>
  detailsOf(1, {
    tags: [tag('kite', 1), tag('eagle', 2)],
    categories: said.some(([term, verdict]) => term === 'category:bird' && verdict === 'removed')
      ? []
      : [{ term: 'category:bird', label: 'bird', probability: 0.6, sure: true }],
    decisions: said.map(([term, verdict]) => ({
      term,
      label: term === 'category:bird' ? 'bird' : term,
      verdict,
    })),
  })

const none = { looked: null, best: null }

describe('the key that confirms or removes', () => {
  it('means the label that is looked at, category or not', () => {
    expect(labelMeant(photo(), 'removed', { looked: 'class:2', best: 'class:1' })?.choice.name).toBe('eagle')
    expect(labelMeant(photo(), 'removed', { looked: 'category:bird', best: null })?.choice.name).toBe('bird')
  })

  it('means what was asked for in a search: in a search for “bird” the bird, not its best tag', () => {
    expect(labelMeant(photo(), 'removed', { looked: null, best: 'category:bird' })).toEqual({
      verdict: 'removed',
      choice: { term: 'category:bird', name: 'bird' },
    })
  })

  it('means the best that still stands when nothing is looked at', () => {
    expect(labelMeant(photo(), 'confirmed', none)?.choice.name).toBe('kite')
    expect(labelMeant(photo(['class:1', 'removed']), 'removed', none)?.choice.name).toBe('eagle')
    expect(
      labelMeant(photo(['category:bird', 'removed']), 'removed', { looked: null, best: 'category:bird' })
        ?.choice.name,
    ).toBe('kite')
  })

  it('takes back on the second press, and changes its mind with the other key', () => {
    const confirmed = photo(['class:1', 'confirmed'])
    expect(labelMeant(confirmed, 'confirmed', none)?.verdict).toBe('clear')
    expect(labelMeant(confirmed, 'removed', none)?.verdict).toBe('removed')
    const removed = photo(['category:bird', 'removed'])
    expect(labelMeant(removed, 'removed', { looked: 'category:bird', best: null })?.verdict).toBe('clear')
  })

  it('means nothing where nothing is left', () => {
    expect(labelMeant(photo(['class:1', 'removed'], ['class:2', 'removed']), 'removed', none)).toBeNull()
  })
})
