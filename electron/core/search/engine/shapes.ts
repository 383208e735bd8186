import { shapeOf } from '../../contract/shape.ts'
import { lazy } from '../../contract/lazy.ts'
import type { Condition } from './conditions.ts'
import { levelsById } from './levels.ts'

/** The shape of each ratio in 1/1,000: a million logarithms would take longer than all else. */
const shapeOfLevel = lazy(() =>
  Uint8Array.from({ length: 0x1_0000 }, (_, level) => shapeOf((level - 1) / 1000)),
)

/** Of each photo how wide it is for its height, see `contract/shape.ts`. @param capacity all ids are below */
export function shapesFrom(condition: Condition, ids: Int32Array, capacity: number): Uint8Array {
  const levels = levelsById(condition, capacity)
  const shape = shapeOfLevel()
  const shapes = new Uint8Array(ids.length)
  for (let at = 0; at < ids.length; at += 1) shapes[at] = shape[levels[ids[at] ?? 0] ?? 0] ?? 0
  return shapes
}
