import type { Tag } from './classification.ts'

const wanted = 5

/**
 * The five most probable classes, best first; of equals the lower index comes first. What is not a number
 * counts as impossible, so a broken run gives fewer than five tags rather than nonsense.
 */
export function topFive(probabilities: Float32Array): Tag[] {
  const best: { classIndex: number; probability: number }[] = []
  for (let classIndex = 0; classIndex < probabilities.length; classIndex++) {
    const probability = probabilities[classIndex] ?? Number.NaN
    if (Number.isNaN(probability)) continue
    const last = best[wanted - 1]
    if (last && probability <= last.probability) continue
    const place = best.findIndex((other) => probability > other.probability)
    best.splice(place === -1 ? best.length : place, 0, { classIndex, probability })
    best.length = Math.min(best.length, wanted)
  }
  return best.map((tag, index) => ({ rank: index + 1, ...tag }))
}
