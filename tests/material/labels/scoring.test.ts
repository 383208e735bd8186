import { describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { classesUnder, count, isFound, look } from './scoring.ts'
import { sharedPath } from '../shared.ts'
import { chooseThresholds, commonThreshold } from './thresholds.ts'

const lexicon = loadLexicon()
const under = classesUnder(sharedPath('labels/wordnet/imagenet1k-ancestors.tsv'))

const photo = (classIndex: number, seen: Readonly<Record<number, number>>) => {
  const probabilities = new Float32Array(1000)
  for (const [index, probability] of Object.entries(seen)) probabilities[Number(index)] = probability
  return { classIndex, probabilities }
}

const finds = (word: string, one: ReturnType<typeof photo>) =>
  isFound(look(one, lexicon), lexicon.lookup(word), lexicon.threshold)

describe('measuring a word', () => {
  it('takes the truth from WordNet', () => {
    expect(under(['n02084071']).size).toBe(118)
    expect([...under(['n02510455'])]).toEqual([388])
  })

  it('leaves out what lies under an id with a minus', () => {
    const sheepdogs = under(['n02104523', '-n02106550'])
    expect(sheepdogs.has(234)).toBe(false)
    expect(sheepdogs.size).toBe(under(['n02104523']).size - 1)
  })

  it('counts right, wrong and missed finds', () => {
    const dogs = under(['n02084071'])
    const photos = [
      photo(207, { 207: 0.9 }),
      photo(208, { 281: 0.9 }),
      photo(281, { 151: 0.2, 152: 0.2, 153: 0.2 }),
      photo(950, { 950: 0.9 }),
    ]
    const outcomes = photos.map((one) => ({ shown: dogs.has(one.classIndex), found: finds('dogs', one) }))
    expect(count(outcomes)).toEqual({ wanted: 2, found: 2, right: 1 })
  })

  it('finds a single class only from its threshold on, and among the five best', () => {
    expect(finds('Samoyed', photo(258, { 258: 0.1 }))).toBe(false)
    expect(finds('Samoyed', photo(258, { 258: 0.5 }))).toBe(true)
  })
})

describe('choosing thresholds', () => {
  const looked = (one: ReturnType<typeof photo>) => ({ photo: one, seen: look(one, lexicon) })
  const whale = lexicon.idOf('category:whale') ?? -1

  it('stays with the common one where few photos speak against it', () => {
    const photos = Array.from({ length: 3 }, () => looked(photo(0, { 147: 0.4 })))
    expect(chooseThresholds(lexicon, photos).get(whale)).toBe(commonThreshold)
  })

  it('moves where many do', () => {
    const photos = Array.from({ length: 30 }, () => looked(photo(0, { 147: 0.41 })))
    expect(chooseThresholds(lexicon, photos).get(whale)).toBe(0.45)
  })
})
