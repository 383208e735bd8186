import { describe, expect, it } from 'vitest'
import type { PhotoDetails } from '../../../electron/core/contract/values.ts'
import { detailsOf } from '../../fixtures/contract-values.ts'
import { panelLabels, type PanelLabel } from '../../../renderer/src/viewer/panel-labels.ts'

const seen = (label: string, probability: number, sure: boolean) => ({
  term: `class:${label}`,
  label,
  probability,
  sure,
  rank: 1,
  classIndex: 1,
  synset: 'n00000001',
})
const said = (term: string, verdict: PhotoDetails['decisions'][number]['verdict']) => ({
  term,
  label: term.replace(/^.*:/u, ''),
  verdict,
})
const names = (labels: readonly PanelLabel[]) => labels.map(({ label }) => label)

const photo = (more: Partial<PhotoDetails> = {}) =>
  detailsOf(1, {
    tags: [seen('zebra', 0.97, true), seen('gazelle', 0.02, false), seen('ostrich', 0.01, false)],
    categories: [
      { term: 'category:animal', label: 'animal', probability: 0.99, sure: true },
      { term: 'category:bird', label: 'bird', probability: 0.03, sure: false },
    ],
    ...more,
  })

describe('the labels of the panel', () => {
  it('are the sure ones first, tags before categories; what is unsure is folded', () => {
    const { own, first, more } = panelLabels(photo())
    expect(own).toEqual([])
    expect(names(first)).toEqual(['zebra', 'animal'])
    expect(names(more)).toEqual(['gazelle', 'ostrich', 'bird'])
  })

  it('are no more than four at once, however many are sure', () => {
    const tags = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => seen(name, 0.9, true))
    const { first, more } = panelLabels(photo({ tags, categories: [] }))
    expect(names(first)).toEqual(['a', 'b', 'c', 'd'])
    expect(names(more)).toEqual(['e', 'f'])
  })

  it('are first as well where the person said something of them, also what they removed', () => {
    const decisions = [said('class:gazelle', 'confirmed'), said('category:bird', 'removed')]
    const { first } = panelLabels(photo({ decisions }))
    expect(names(first)).toEqual(['zebra', 'gazelle', 'animal', 'bird'])
  })

  it('do not move while they are decided on among the folded ones', () => {
    const decisions = [said('class:gazelle', 'confirmed')]
    const { first, more } = panelLabels(photo({ decisions }), new Set(['class:gazelle']))
    expect(names(first)).toEqual(['zebra', 'animal'])
    expect(names(more)).toEqual(['gazelle', 'ostrich', 'bird'])
    expect(more[0]?.verdict).toBe('confirmed')
  })

  it('are apart where the person alone thought of them', () => {
    const decisions = [said('own:1', 'added'), said('class:lion', 'added'), said('category:cat', 'removed')]
    const { own, first } = panelLabels(photo({ decisions }))
    expect(names(own)).toEqual(['1', 'lion'])
    expect(names(first)).toEqual(['zebra', 'animal', 'cat'])
  })
})
