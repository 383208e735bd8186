import { describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { classesUnder, scoreWord } from './scoring.ts'
import { sharedPath } from '../shared.ts'

const lexicon = loadLexicon()
const under = classesUnder(sharedPath('labels/wordnet/imagenet1k-ancestors.tsv'))

const photo = (classIndex: number, seen: Readonly<Record<number, number>>) => {
  const probabilities = new Float32Array(1000)
  for (const [index, probability] of Object.entries(seen)) probabilities[Number(index)] = probability
  return { classIndex, probabilities }
}

describe('measuring a word', () => {
  it('takes the truth from WordNet', () => {
    expect(under(['n02084071']).size).toBe(118)
    expect([...under(['n02510455'])]).toEqual([388])
  })

  it('counts right, wrong and missed finds', () => {
    const photos = [
      photo(207, { 207: 0.9 }),
      photo(208, { 281: 0.9 }),
      photo(281, { 151: 0.2, 152: 0.2, 153: 0.2 }),
      photo(950, { 950: 0.9 }),
    ]
    const score = scoreWord('dogs', under(['n02084071']), photos, lexicon)
    expect(score).toEqual({ word: 'dogs', wanted: 2, found: 2, right: 1 })
  })

  it('finds a single class only from its threshold on, and among the five best', () => {
    const doubtful = [photo(258, { 258: 0.1 })]
    expect(scoreWord('Samoyed', new Set([258]), doubtful, lexicon).found).toBe(0)
    expect(scoreWord('Samoyed', new Set([258]), [photo(258, { 258: 0.5 })], lexicon).found).toBe(1)
  })
})
