import { shapeOf } from '../../contract/shape.ts'
import { lazy } from '../../contract/lazy.ts'
import type { Reader } from '../../library/statements.ts'
import { ask, type Found } from './statements.ts'

/** The shape of each ratio in 1/1,000: a million logarithms would take longer than all else. */
const shapeOfRatio = lazy(() => Uint8Array.from({ length: 0x1_0000 }, (_, ratio) => shapeOf(ratio / 1000)))

/** Photos with their shapes for scores, see `contract/shape.ts`. @param photos with their widths for their heights in 1/1,000 */
export function withShapes({ ids, scores }: Found): Found {
  const shapes = shapeOfRatio()
  return { ids, scores: scores === null ? null : scores.map((ratio) => shapes[ratio] ?? 0) }
}

/** All photos with their shapes. */
export function allShapes(reader: Reader): Found {
  const shapes = shapeOfRatio()
  const [ids, scores]: [number[], number[]] = [[], []]
  for (const ofOneSize of ask<{ ids: string; ratio: number }>(reader, 'shapes')) {
    const shape = shapes[ofOneSize.ratio] ?? 0
    for (const id of JSON.parse(ofOneSize.ids) as number[]) {
      ids.push(id)
      scores.push(shape)
    }
  }
  return { ids, scores }
}
