import type { Condition } from './conditions.ts'
import { levelsById } from './levels.ts'

/** Of each photo its shape; 0 of one that is not known. @param capacity all ids are below */
export function shapesFrom(condition: Condition, ids: Int32Array, capacity: number): Uint8Array {
  const levels = levelsById(condition, capacity)
  const shapes = new Uint8Array(ids.length)
  for (let at = 0; at < ids.length; at += 1) shapes[at] = Math.max(0, (levels[ids[at] ?? 0] ?? 0) - 1)
  return shapes
}
