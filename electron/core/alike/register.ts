import { sketchSide, type Sketch, type Square } from './sketch.ts'

/**
 * Where a point of one picture lies in another: x' = a·x + b·y + c, y' = d·x + e·y + f, as [a, b, c, d, e, f]. Pictures
 * reach from -1 to 1 in both directions, whatever their size.
 */
export type Affine = readonly [number, number, number, number, number, number]

/** How one picture lies in another, and how well they agree there. */
export interface Registration {
  readonly affine: Affine
  /** Normalised cross-correlation of the two where both are, -1 … 1. */
  readonly likeness: number
  /** The same of their details: what tells one horizon from another. */
  readonly detail: number
  /** Share of the picture that shows the least of the other. */
  readonly overlap: number
}

/** Positions that are tried: the one picture this much larger or smaller in the other, and moved by so much. */
const scales = [0.8, 0.9, 1, 1.11, 1.25]
const shifts = [-0.25, -0.125, 0, 0.125, 0.25]
const tried: readonly Affine[] = scales.flatMap((scale) =>
  shifts.flatMap((across) => shifts.map((down): Affine => [scale, 0, across, 0, scale, down])),
)
/** Of those as many are followed as differ by more than this. */
const followed = 3
const apart = 0.2
/** Pictures that show less of each other are not sought. */
const leastShared = 0.45
/** A picture that is not at least so alike at 16² lies nowhere in the other. */
const leastAtFirst = 0.5
/** As much of the details at 32²; below it 64² is not worth its time. */
const leastOnTheWay = 0.4
/** Pixels at the edge whose detail knows nothing of what is beyond it, or has a border in it. */
const edge = { middle: 2, large: 3 }

const leastLikeness = 0.9
const leastDetail = 0.8
const leastOverlap = 0.5
/** A turn by 3° of a picture twice as wide as high is a shear of 0.1 in its square. */
const mostShear = 0.15
/** Longer or shorter, in each direction. */
const mostScale = 1.5

/**
 * Whether what was found is one picture in two photos: cut, turned a little, with a border, or taken a moment later. On 1,730 photos
 * (see tests/material/alike) the details of such pairs agree by .77 and more, nearly all by .84, those of others by less than .55.
 */
export function isRegistered({ affine, likeness, detail, overlap }: Registration): boolean {
  const [a, b, , d, e] = affine
  return (
    likeness >= leastLikeness &&
    detail >= leastDetail &&
    overlap >= leastOverlap &&
    Math.max(Math.abs(b), Math.abs(d)) <= mostShear &&
    Math.max(a, e) <= mostScale &&
    Math.min(a, e) >= 1 / mostScale
  )
}

/**
 * Seeks one picture in another, 1 ms: by trying positions at 16², then, from the best of them, by least squares on the pixels over position
 * and light (Lucas and Kanade 1981, with gain and offset), at 16², 32² and 64². No package does it: those that
 * register pictures seek features in photos of megapixels, and bring OpenCV.
 * @returns `null` where they have nothing in common
 */
export function register(one: Sketch, other: Sketch): Registration | null {
  let best: { readonly affine: Affine; readonly detail: number } | null = null
  for (const start of starts(one.small, other.small)) {
    const affine = refined(one.middle, other.middle, refined(one.small, other.small, start))
    const { likeness: detail } = compared(one.middleDetail, other.middleDetail, affine, edge.middle)
    if (detail > (best?.detail ?? leastOnTheWay)) best = { affine, detail }
  }
  if (best === null) return null
  const affine = refined(one.large, other.large, best.affine)
  const { likeness, share } = compared(one.large, other.large, affine, 0)
  const [a, b, , d, e] = affine
  return {
    affine,
    likeness,
    detail: compared(one.largeDetail, other.largeDetail, affine, edge.large).likeness,
    overlap: share * Math.min(1, Math.abs(a * e - b * d)),
  }
}

function starts(one: Square, other: Square): Affine[] {
  const order = tried
    .flatMap((affine) => {
      const { likeness, share } = compared(one, other, affine, 0)
      return share >= leastShared && likeness >= leastAtFirst ? [{ affine, likeness }] : []
    })
    .toSorted((a, b) => b.likeness - a.likeness)
  const kept: Affine[] = []
  for (const { affine } of order) {
    if (kept.length >= followed) break
    if (kept.every((known) => isApart(known, affine))) kept.push(affine)
  }
  return kept
}

function isApart(one: Affine, other: Affine): boolean {
  return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) > apart
}

/** What one picture has and what the other has at its place, pixel by pixel; used again for each comparison. */
interface Meeting {
  /** Places in the one picture, -1 … 1. */
  readonly u: Float32Array
  readonly v: Float32Array
  readonly own: Float32Array
  /** The other's values there, and how they grow from left to right and downwards, per unit. */
  readonly value: Float32Array
  readonly across: Float32Array
  readonly down: Float32Array
}

const pixels = (): Float32Array => new Float32Array(sketchSide ** 2)
const met: Meeting = {
  u: pixels(),
  v: pixels(),
  own: pixels(),
  value: pixels(),
  across: pixels(),
  down: pixels(),
}

/**
 * Fills `met` with the pixels of the one, `margin` pixels from its edge, that lie as far from the edge of the other.
 * @returns how many they are
 */
function meet(one: Square, other: Square, affine: Affine, margin: number): number {
  const { side, values } = other
  const { u: us, v: vs, own, value, across, down } = met
  const [a, b, c, d, e, f] = affine
  const half = side / 2
  const last = side - 1 - margin
  let count = 0
  for (let y = margin; y < side - margin; y += 1) {
    const v = (y + 0.5) / half - 1
    for (let x = margin; x < side - margin; x += 1) {
      const u = (x + 0.5) / half - 1
      const toX = (a * u + b * v + c + 1) * half - 0.5
      const toY = (d * u + e * v + f + 1) * half - 0.5
      if (!(toX >= margin && toY >= margin && toX <= last && toY <= last)) continue
      const left = Math.min(side - 2, Math.floor(toX))
      const top = Math.min(side - 2, Math.floor(toY))
      const fromLeft = toX - left
      const fromTop = toY - top
      const at = top * side + left
      const p = values[at] ?? 0
      const q = values[at + 1] ?? 0
      const r = values[at + side] ?? 0
      const s = values[at + side + 1] ?? 0
      us[count] = u
      vs[count] = v
      own[count] = one.values[y * side + x] ?? 0
      value[count] =
        (p * (1 - fromLeft) + q * fromLeft) * (1 - fromTop) + (r * (1 - fromLeft) + s * fromLeft) * fromTop
      across[count] = ((q - p) * (1 - fromTop) + (s - r) * fromTop) * half
      down[count] = ((r - p) * (1 - fromLeft) + (s - q) * fromLeft) * half
      count += 1
    }
  }
  return count
}

/** Normalised cross-correlation where both pictures are; 0 where one of them is plain there. */
function compared(
  one: Square,
  other: Square,
  affine: Affine,
  margin: number,
): { readonly likeness: number; readonly share: number } {
  const count = meet(one, other, affine, margin)
  let ones = 0
  let others = 0
  let onesSquared = 0
  let othersSquared = 0
  let products = 0
  for (let at = 0; at < count; at += 1) {
    const own = met.own[at] ?? 0
    const value = met.value[at] ?? 0
    ones += own
    others += value
    onesSquared += own * own
    othersSquared += value * value
    products += own * value
  }
  const spread = onesSquared - ones ** 2 / count
  const otherSpread = othersSquared - others ** 2 / count
  // A variance of a thousandth of a grey level is rounding.
  const isPlain = !(Math.min(spread, otherSpread) > count * 1e-3)
  return {
    likeness: isPlain ? 0 : (products - (ones * others) / count) / Math.sqrt(spread * otherSpread),
    share: count / one.side ** 2,
  }
}

/** Unknowns: the six of the position, then gain and offset of the light. */
const unknowns = 8
const mostSteps = 6
/** Of a step, per unknown. */
const longestStep = 0.2
/** Pixels; shorter steps change nothing. */
const shortestStep = 0.1
/** Share of a picture that must lie in the other for the pixels to say where. */
const leastMeeting = 0.3
/** Keeps the sum of squares solvable where a picture is plain. */
const ridge = 1e-3

/** Gauss–Newton on Σ (own − gain · value − offset)². */
function refined(one: Square, other: Square, start: Affine): Affine {
  let affine = start
  let [gain, offset] = [1, 0]
  const matrix = new Float64Array(unknowns * unknowns)
  const right = new Float64Array(unknowns)
  const row = new Float64Array(unknowns)
  for (let step = 0; step < mostSteps; step += 1) {
    matrix.fill(0)
    right.fill(0)
    const count = meet(one, other, affine, 0)
    for (let at = 0; at < count; at += 1) {
      const u = met.u[at] ?? 0
      const v = met.v[at] ?? 0
      const value = met.value[at] ?? 0
      const x = (met.across[at] ?? 0) * gain
      const y = (met.down[at] ?? 0) * gain
      row[0] = x * u
      row[1] = x * v
      row[2] = x
      row[3] = y * u
      row[4] = y * v
      row[5] = y
      row[6] = value
      row[7] = 1
      const rest = (met.own[at] ?? 0) - gain * value - offset
      for (let i = 0; i < unknowns; i += 1) {
        const factor = row[i] ?? 0
        right[i] = (right[i] ?? 0) + factor * rest
        for (let j = 0; j <= i; j += 1)
          matrix[i * unknowns + j] = (matrix[i * unknowns + j] ?? 0) + factor * (row[j] ?? 0)
      }
    }
    if (count < leastMeeting * one.values.length) return affine
    const change = solved(matrix, right)
    const moves = change.subarray(0, 6).map((move) => Math.max(-longestStep, Math.min(longestStep, move)))
    const [a, b, c, d, e, f] = moves
    affine = [
      affine[0] + (a ?? 0),
      affine[1] + (b ?? 0),
      affine[2] + (c ?? 0),
      affine[3] + (d ?? 0),
      affine[4] + (e ?? 0),
      affine[5] + (f ?? 0),
    ]
    gain += change[6] ?? 0
    offset += change[7] ?? 0
    if (moves.every((move) => Math.abs(move) < (shortestStep * 2) / one.side)) break
  }
  return affine
}

/** The x of A · x = b by Cholesky, A given by its lower triangle and a little stronger on its diagonal. */
function solved(matrix: Float64Array, right: Float64Array): Float64Array {
  const lower = new Float64Array(matrix.length)
  const x = Float64Array.from(right)
  for (let i = 0; i < unknowns; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i * unknowns + j] ?? 0
      if (i === j) sum += sum * ridge + ridge
      for (let k = 0; k < j; k += 1) sum -= (lower[i * unknowns + k] ?? 0) * (lower[j * unknowns + k] ?? 0)
      lower[i * unknowns + j] =
        i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / (lower[j * unknowns + j] ?? 1)
    }
    let sum = x[i] ?? 0
    for (let k = 0; k < i; k += 1) sum -= (lower[i * unknowns + k] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (lower[i * unknowns + i] ?? 1)
  }
  for (let i = unknowns - 1; i >= 0; i -= 1) {
    let sum = x[i] ?? 0
    for (let k = i + 1; k < unknowns; k += 1) sum -= (lower[k * unknowns + i] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (lower[i * unknowns + i] ?? 1)
  }
  return x
}
