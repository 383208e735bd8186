import { shapeOf } from '../../contract/shape.ts'
import { lazy } from '../../contract/lazy.ts'
import type { Condition } from './conditions.ts'

/** The shape of each ratio in 1/1,000: a million logarithms would take longer than all else. */
const shapeOfLevel = lazy(() =>
  Uint8Array.from({ length: 0x1_0000 }, (_, level) => shapeOf((level - 1) / 1000)),
)

/** Of each photo how wide it is for its height, see `contract/shape.ts`. @param capacity all ids are below */
export function shapesFrom(condition: Condition, ids: Int32Array, capacity: number): Uint8Array {
  const levels = levelsOf(condition, capacity)
  const shape = shapeOfLevel()
  const shapes = new Uint8Array(ids.length)
  for (let at = 0; at < ids.length; at += 1) shapes[at] = shape[levels[ids[at] ?? 0] ?? 0] ?? 0
  return shapes
}

/** Ratios by id; in a small library they are kept as a list. */
function levelsOf(condition: Condition, capacity: number): Uint16Array {
  if (condition.kind === 'column') return condition.levels
  const levels = new Uint16Array(capacity)
  if (condition.kind === 'list')
    for (const [at, id] of condition.ids.entries()) levels[id] = (condition.scores[at] ?? 0) + 1
  return levels
}
