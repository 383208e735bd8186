import type { Condition } from './conditions.ts'

/** The scores of a condition by id, each plus one; 0 where it does not hold. In a small library they are kept as a list. */
export function levelsById(condition: Condition, capacity: number): Uint16Array {
  if (condition.kind === 'column') return condition.levels
  const levels = new Uint16Array(capacity)
  if (condition.kind === 'list')
    for (const [at, id] of condition.ids.entries()) levels[id] = (condition.scores[at] ?? 0) + 1
  return levels
}
