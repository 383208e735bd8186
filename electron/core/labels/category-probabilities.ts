import type { CategoryEntry } from './load-data.ts'
import type { TermId } from './term.ts'

/** How much of the model's probability falls on one category. */
export interface CategoryProbability {
  readonly categoryId: TermId
  /** 0–1. */
  readonly probability: number
}

/** `probabilities`: 1000 by class index. Categories of at least `minProbability`, greatest first. */
export type CategoryProbabilitiesOf = (
  probabilities: Float32Array,
  minProbability?: number,
) => CategoryProbability[]

const defaultMinProbability = 0.05

/** Prepares the sums: all class lists behind each other in one typed array, as this runs for every photo. */
export function prepareCategoryProbabilities(categories: readonly CategoryEntry[]): CategoryProbabilitiesOf {
  const ends = new Uint32Array(categories.length)
  let total = 0
  for (const [position, { classes }] of categories.entries()) {
    total += classes.length
    ends[position] = total
  }
  const members = new Uint16Array(total)
  let filled = 0
  for (const { classes } of categories) {
    members.set(classes, filled)
    filled += classes.length
  }

  return (probabilities, minProbability = defaultMinProbability) => {
    const categoryProbabilities: CategoryProbability[] = []
    let at = 0
    for (const [position, { id }] of categories.entries()) {
      const end = ends[position] ?? 0
      let probability = 0
      for (; at < end; at++) probability += probabilities[members[at] ?? 0] ?? 0
      if (probability >= minProbability)
        categoryProbabilities.push({ categoryId: id, probability: Math.min(probability, 1) })
    }
    return categoryProbabilities.sort((a, b) => b.probability - a.probability)
  }
}
