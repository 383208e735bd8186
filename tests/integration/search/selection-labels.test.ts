import { afterAll, describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { selectionLabels } from '../../../electron/core/search/selection-labels.ts'
import { sampleLibrary } from './sample-library.ts'

const lexicon = loadLexicon()
const dog = lexicon.idOf('category:dog') ?? 0
const goldfish = 1
const rex = 10_001
const { reader, close } = sampleLibrary(
  [
    {
      name: 'sure.jpg',
      tags: [[151, 0.99]],
      categoryProbabilities: [[dog, 0.99]],
      decisions: [[rex, 'added']],
    },
    { name: 'confirmed.jpg', tags: [[goldfish, 0.05]], decisions: [[goldfish, 'confirmed']] },
    { name: 'unsure.jpg', tags: [[151, 0.01]], categoryProbabilities: [[dog, 0.01]] },
    {
      name: 'removed.jpg',
      categoryProbabilities: [[dog, 0.99]],
      decisions: [
        [dog, 'removed'],
        [rex, 'added'],
      ],
    },
    { name: 'empty.jpg' },
  ],
  lexicon,
  ['Rex'],
)
afterAll(close)

const labelsOf = async (photoIds: readonly number[], language: 'en' | 'ru' = 'en') =>
  (await selectionLabels(reader, lexicon, { photoIds, language })).map(
    ({ label, kind, count, decided }) => [label, kind, count, decided] as const,
  )

describe('the labels of selected photos', () => {
  it('are those that photos surely have, with how many do, and of how many a person said so', async () => {
    const labels = await labelsOf([1, 2, 3, 4, 5])
    expect(labels[0]).toEqual(['Rex', 'own', 2, 2])
    expect(labels).toContainEqual(['dog', 'category', 1, 0])
    expect(labels).toContainEqual(['goldfish', 'class', 1, 1])
    expect(labels.every(([, , count]) => count > 0)).toBe(true)
  })

  it('put those of most photos first, then what is more about the photo', async () => {
    const order = ['own', 'class', 'category']
    const kinds = (await labelsOf([1])).map(([, kind]) => order.indexOf(kind))
    expect(kinds).toEqual(kinds.toSorted((one, other) => one - other))
    expect(new Set(kinds).size).toBe(3)
  })

  it('are named in the language that is asked for', async () => {
    expect((await labelsOf([1], 'ru')).map(([label]) => label)).toContain('собака')
  })

  it('are none of photos without any, or that are gone', async () => {
    expect(await labelsOf([3, 5, 4711])).toEqual([])
  })

  it('count the photos of every part of a large selection', async () => {
    const many = [1, ...Array.from({ length: 25_000 }, (_, at) => 100 + at), 4]
    expect((await labelsOf(many))[0]).toEqual(['Rex', 'own', 2, 2])
  })
})
