/**
 * How wide a photo is for its height, in one byte: the wall must know it of every photo of a list before it has fetched
 * any. The steps are those of a logarithm, 1.3 % each, so that a photo fills its place to less than a pixel in a hundred.
 * What is narrower than 2:5 (a page that was scrolled while it was captured) or wider than 12:1 is cut: whole, the one would
 * be too thin to be hit, the other too low.
 */
export const narrowest = 0.4
export const widest = 12
const steps = 255
const span = Math.log(widest / narrowest)

/** @param ratio width divided by height, as the photo is shown */
export function shapeOf(ratio: number): number {
  const step = Math.round((Math.log(ratio / narrowest) / span) * steps)
  return Math.min(steps, Math.max(0, step))
}

const ratios = Float32Array.from(
  { length: steps + 1 },
  (_, step) => narrowest * Math.exp((step / steps) * span),
)

/** Width divided by height. @param shape 0–255 */
export const ratioOf = (shape: number): number => ratios[shape] ?? 1
