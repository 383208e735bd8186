import { readFileSync } from 'node:fs'
import { topFive } from '../../../electron/core/classify/top-five.ts'
import type { Lexicon } from '../../../electron/core/labels/lexicon.ts'
import type { TermId } from '../../../electron/core/labels/term.ts'

export interface Photo {
  /** What is in the photo, 0–999. */
  readonly classIndex: number
  /** What the model says, 1000 by class index. */
  readonly probabilities: Float32Array
}

/** How sure each term is in a photo: its five best tags, and every category. */
export type Seen = ReadonlyMap<TermId, number>

export interface Finds {
  /** Photos that show it. */
  readonly wanted: number
  /** Photos the search finds. */
  readonly found: number
  /** Photos it is right to find. */
  readonly right: number
}

/** Which classes WordNet puts under any of the given ids, less those under an id with a minus before it. */
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
  return (ids) => {
    const wanted = new Set(ids)
    const left = new Set(ids.filter((id) => id.startsWith('-')).map((id) => id.slice(1)))
    return new Set(
      lineages
        .filter((lineage) => lineage.ids.some((id) => wanted.has(id)))
        .filter((lineage) => !lineage.ids.some((id) => left.has(id)))
        .map(({ index }) => index),
    )
  }
}

export function look({ probabilities }: Photo, lexicon: Lexicon): Seen {
  return new Map([
    ...topFive(probabilities).map(({ classIndex, probability }): [TermId, number] => [
      classIndex,
      probability,
    ]),
    ...lexicon
      .categoryProbabilities(probabilities, 0)
      .map(({ categoryId, probability }): [TermId, number] => [categoryId, probability]),
  ])
}

/**
 * A photo is found by a class that is among its five best tags with at least the class's threshold, or by a category
 * whose probability reaches the category's threshold: what a search without a confidence of its own does.
 */
export function isFound(seen: Seen, terms: readonly TermId[], threshold: (term: TermId) => number): boolean {
  return terms.some((term) => {
    const score = seen.get(term)
    return score !== undefined && score >= threshold(term)
  })
}

export function count(photos: readonly { readonly shown: boolean; readonly found: boolean }[]): Finds {
  const wanted = photos.filter(({ shown }) => shown)
  return {
    wanted: wanted.length,
    found: photos.filter(({ found }) => found).length,
    right: wanted.filter(({ found }) => found).length,
  }
}

export const precisionOf = ({ found, right }: Finds): number => (found === 0 ? 0 : right / found)
export const recallOf = ({ wanted, right }: Finds): number => (wanted === 0 ? 0 : right / wanted)
