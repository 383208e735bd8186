import { readFileSync } from 'node:fs'
import { topFive } from '../../../electron/core/classify/top-five.ts'
import type { Lexicon } from '../../../electron/core/labels/lexicon.ts'
import { firstCategoryId } from '../../../electron/core/labels/term.ts'

export interface Photo {
  /** What is in the photo, 0–999. */
  readonly classIndex: number
  /** What the model says, 1000 by class index. */
  readonly probabilities: Float32Array
}

export interface WordScore {
  readonly word: string
  /** Photos that show it by WordNet. */
  readonly wanted: number
  /** Photos the search finds. */
  readonly found: number
  /** Photos it is right to find. */
  readonly right: number
}

/** Which classes WordNet puts under any of the given ids; independent of our own categories. */
export type ClassesUnder = (ids: readonly string[]) => ReadonlySet<number>

/** @param file lines of: class index, WordNet id, names, `id:name > id:name …` (ancestors), tabs between. */
export function classesUnder(file: string): ClassesUnder {
  const lineages = readFileSync(file, 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const [index = '', id = '', , ancestors = ''] = line.split('\t')
      return {
        index: Number(index),
        ids: [id, ...ancestors.split(' > ').map((name) => name.split(':', 1)[0] ?? '')],
      }
    })
  return (ids) =>
    new Set(
      lineages.filter((lineage) => lineage.ids.some((id) => ids.includes(id))).map(({ index }) => index),
    )
}

/**
 * A photo is found by a class that is among its five best tags with at least the class's threshold, or by a category
 * whose probability reaches the category's threshold: what a search without a confidence of its own does.
 */
export function scoreWord(
  word: string,
  truth: ReadonlySet<number>,
  photos: readonly Photo[],
  lexicon: Lexicon,
): WordScore {
  const terms = lexicon.lookup(word)
  const finds = ({ probabilities }: Photo) => {
    const tags = new Map(topFive(probabilities).map((tag) => [tag.classIndex, tag.probability]))
    const categoryProbabilities = new Map(
      lexicon
        .categoryProbabilities(probabilities, 0)
        .map(({ categoryId, probability }) => [categoryId, probability]),
    )
    return terms.some((term) => {
      const score = term < firstCategoryId ? tags.get(term) : categoryProbabilities.get(term)
      return score !== undefined && score >= lexicon.threshold(term)
    })
  }
  let [wanted, found, right] = [0, 0, 0]
  for (const photo of photos) {
    const shows = truth.has(photo.classIndex)
    const hit = finds(photo)
    if (shows) wanted++
    if (hit) found++
    if (shows && hit) right++
  }
  return { word, wanted, found, right }
}
