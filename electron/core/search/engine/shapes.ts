import { shapeOf } from '../../contract/shape.ts'
import { lazy } from '../../contract/lazy.ts'
import type { Condition } from './conditions.ts'
import { levelsById } from './levels.ts'
import type { Found } from './statements.ts'

/** The shape of each ratio in 1/1,000: a million logarithms would take longer than all else. */
const shapeOfRatio = lazy(() => Uint8Array.from({ length: 0x1_0000 }, (_, ratio) => shapeOf(ratio / 1000)))

/** Photos with their shapes for scores, see `contract/shape.ts`. @param photos with their widths for their heights in 1/1,000 */
export function withShapes({ ids, scores }: Found): Found {
  const shapes = shapeOfRatio()
  return { ids, scores: scores === null ? null : scores.map((ratio) => shapes[ratio] ?? 0) }
}

/** Of each photo its shape; 0 of one that is not known. @param capacity all ids are below */
export function shapesFrom(condition: Condition, ids: Int32Array, capacity: number): Uint8Array {
  const levels = levelsById(condition, capacity)
  const shapes = new Uint8Array(ids.length)
  for (let at = 0; at < ids.length; at += 1) shapes[at] = Math.max(0, (levels[ids[at] ?? 0] ?? 0) - 1)
  return shapes
}
