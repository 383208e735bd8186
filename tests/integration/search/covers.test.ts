import { afterAll, describe, expect, it } from 'vitest'
import type { TermKey } from '../../../electron/core/contract/values.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { searchHandlers } from '../../../electron/core/search/answer.ts'
import { sampleLibrary, type Sample } from './sample-library.ts'

const lexicon = loadLexicon()
const [animal, dog, cat] = ['animal', 'dog', 'cat'].map((key) => lexicon.idOf(`category:${key}`) ?? 0)
const [zebra, goldfish] = [340, 1]
const [own, ownToo] = [10_001, 10_002]

const showing = (
  probability: number,
  ...terms: (number | undefined)[]
): Pick<Sample, 'categoryProbabilities'> => ({
  categoryProbabilities: terms.flatMap((term) => (term === undefined ? [] : [[term, probability] as const])),
})

const { reader, close } = sampleLibrary(
  [
    { name: '1.jpg', ...showing(0.9, dog, animal) },
    { name: '2.jpg', ...showing(0.8, dog, animal), rating: 4 },
    { name: '3.jpg', ...showing(0.7, dog, animal), favourite: true, decisions: [[ownToo, 'added']] },
    { name: '4.jpg', ...showing(0.99, dog, animal), hidden: true },
    { name: '5.jpg', ...showing(0.1, cat) },
    { name: '6.jpg', tags: [[zebra, 0.9]], decisions: [[own, 'added']] },
    { name: '7.jpg', tags: [[zebra, 0.6]], decisions: [[zebra, 'confirmed']] },
    { name: '8.jpg', tags: [[goldfish, 0.9]], rating: -1 },
    { name: '9.jpg', tags: [[goldfish, 0.8]] },
  ],
  lexicon,
  ['Oma'],
  ['Rex'],
)
afterAll(close)

const handlers = searchHandlers(reader, lexicon)
const coversOf = async (...terms: TermKey[]): Promise<(number | null)[]> => {
  const covers = await handlers.getCovers({ terms, taken: [] })
  expect(covers.map(({ term }) => term)).toEqual(terms)
  return covers.map(({ photo }) => photo?.id ?? null)
}

/** Of "dog", on a page that shows these already. */
const besides = async (...taken: number[]) => {
  const [cover] = await handlers.getCovers({ terms: ['category:dog'], taken })
  return cover?.photo?.id
}

const found = (text: string) => handlers.findThings({ text, language: 'en' })

describe('the cover of a label or category', () => {
  it('is a favourite before one with stars, and one with stars before the surest', async () => {
    expect(await coversOf('category:dog')).toEqual([3])
  })

  it('is the confirmed one before what the model is sure of', async () => {
    expect(await coversOf(`class:${zebra}`)).toEqual([7])
  })

  it('is a rejected photo only where there is no other', async () => {
    expect(await coversOf(`class:${goldfish}`)).toEqual([9])
  })

  it('is none that only possibly shows it', async () => {
    expect(await coversOf('category:cat')).toEqual([null])
  })

  it('is there for a label of one’s own', async () => {
    expect(await coversOf('own:1')).toEqual([6])
  })

  it('is no hidden photo, and not the one before it while there are others', async () => {
    expect(await coversOf('category:animal', 'category:dog')).toEqual([2, 3])
    expect(await coversOf('category:animal', 'category:animal', 'category:dog', 'category:dog')).toEqual([
      7, 1, 3, 2,
    ])
  })

  it('is another one than those that the page shows already', async () => {
    expect([await besides(3), await besides(3, 2), await besides(3, 2, 1)]).toEqual([2, 1, 3])
  })

  it('is left to what has no other', async () => {
    expect(await coversOf('category:animal', 'own:2')).toEqual([2, 3])
  })

  it('has the version under which its picture is fetched', async () => {
    const [cover] = await handlers.getCovers({ terms: ['own:1'], taken: [] })
    expect(cover?.photo?.version).toMatch(/^[0-9a-f]{16}/u)
  })

  it('is none for what is not known', async () => {
    expect(await coversOf('category:unheard-of', 'class:999')).toEqual([null, null])
  })
})

describe('finding things', () => {
  it('goes by other names and by those of the other language', async () => {
    expect(await found('зебра')).toEqual(['class:340'])
    expect(await found('собаки')).toContain('category:dog')
    expect(await found('canine')).toContain('category:dog')
  })

  it('goes by the beginning of a name', async () => {
    expect(await found('zeb')).toEqual(['class:340'])
    expect(await found('om')).toEqual(['own:1'])
  })

  it('leaves out what no photo surely shows', async () => {
    expect(await found('cat')).toEqual([])
  })
})
