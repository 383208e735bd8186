import type { CategoryEntry } from './load-data.ts'
import type { TermId } from './term.ts'

/** How much of the model's probability falls on one category. */
export interface CategoryMass {
  readonly categoryId: TermId
  /** 0–1. */
  readonly mass: number
}

/** `probabilities`: 1000 by class index. Categories of at least `minMass`, greatest first. */
export type MassesOf = (probabilities: Float32Array, minMass?: number) => CategoryMass[]

const defaultMinMass = 0.05

/** Prepares the sums: all class lists behind each other in one typed array, as this runs for every photo. */
export function prepareMasses(categories: readonly CategoryEntry[]): MassesOf {
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

  return (probabilities, minMass = defaultMinMass) => {
    const masses: CategoryMass[] = []
    let at = 0
    for (const [position, { id }] of categories.entries()) {
      const end = ends[position] ?? 0
      let mass = 0
      for (; at < end; at++) mass += probabilities[members[at] ?? 0] ?? 0
      if (mass >= minMass) masses.push({ categoryId: id, mass: Math.min(mass, 1) })
    }
    return masses.sort((a, b) => b.mass - a.mass)
  }
}
