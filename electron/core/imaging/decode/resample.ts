import type { Raster } from '../photo-reading.ts'

/** For every output pixel: the first source pixel it sees, how many, and their weights (sum `one`). */
interface Taps {
  readonly first: Int32Array
  readonly count: Int32Array
  /** `stride` weights per output pixel. */
  readonly weights: Int32Array
  readonly stride: number
}

const fractionBits = 14
const one = 1 << fractionBits
const half = one >> 1

const remembered = new Map<number, Taps>()
const rememberedAtMost = 64

/**
 * Triangle filter as wide as the reduction: what "bilinear with antialias" means, so every source
 * pixel counts when shrinking. When enlarging it is plain bilinear.
 */
function tapsFor(source: number, target: number): Taps {
  const key = source * 65536 + target
  const known = remembered.get(key)
  if (known) return known
  const scale = source / target
  const support = Math.max(scale, 1)
  const stride = Math.ceil(support * 2) + 1
  const first = new Int32Array(target)
  const count = new Int32Array(target)
  const weights = new Int32Array(target * stride)
  const raw = new Float64Array(stride)
  for (let pixel = 0; pixel < target; pixel++) {
    const centre = (pixel + 0.5) * scale
    const from = Math.max(0, Math.floor(centre - support + 0.5))
    const to = Math.min(source, Math.floor(centre + support + 0.5))
    let sum = 0
    for (let at = from; at < to; at++) {
      const weight = Math.max(0, 1 - Math.abs(at + 0.5 - centre) / support)
      raw[at - from] = weight
      sum += weight
    }
    let left = one
    let heaviest = 0
    for (let tap = 0; tap < to - from; tap++) {
      const share = Math.round(((raw[tap] as number) / sum) * one)
      weights[pixel * stride + tap] = share
      left -= share
      if (share > (weights[pixel * stride + heaviest] as number)) heaviest = tap
    }
    // Rounding must not change the brightness: the heaviest tap takes what is left.
    weights[pixel * stride + heaviest] = (weights[pixel * stride + heaviest] as number) + left
    first[pixel] = from
    count[pixel] = to - from
  }
  const taps = { first, count, weights, stride }
  if (remembered.size >= rememberedAtMost) remembered.clear()
  remembered.set(key, taps)
  return taps
}

/** One output row from `count` source rows, still at full width. */
function blendRows(
  source: Uint8Array,
  start: number,
  stride: number,
  rowBytes: number,
  weights: Int32Array,
  at: number,
  count: number,
  row: Uint8Array,
): void {
  const w0 = weights[at] as number
  const w1 = count > 1 ? (weights[at + 1] as number) : 0
  const w2 = count > 2 ? (weights[at + 2] as number) : 0
  const second = count > 1 ? start + stride : start
  const third = count > 2 ? start + 2 * stride : start
  if (count <= 3) {
    for (let x = 0; x < rowBytes; x++) {
      row[x] =
        (Math.imul(source[start + x] as number, w0) +
          Math.imul(source[second + x] as number, w1) +
          Math.imul(source[third + x] as number, w2) +
          half) >>
        fractionBits
    }
    return
  }
  const w3 = weights[at + 3] as number
  const fourth = start + 3 * stride
  for (let x = 0; x < rowBytes; x++) {
    let sum =
      Math.imul(source[start + x] as number, w0) +
      Math.imul(source[second + x] as number, w1) +
      Math.imul(source[third + x] as number, w2) +
      Math.imul(source[fourth + x] as number, w3) +
      half
    for (let tap = 4, from = fourth + stride + x; tap < count; tap++, from += stride) {
      sum += Math.imul(source[from] as number, weights[at + tap] as number)
    }
    row[x] = sum >> fractionBits
  }
}

function blendColumns(row: Uint8Array, columns: Taps, out: Uint8Array, start: number): void {
  const { first, count, weights, stride } = columns
  for (let x = 0, to = start; x < first.length; x++, to += 3) {
    let from = (first[x] as number) * 3
    let red = half
    let green = half
    let blue = half
    const end = x * stride + (count[x] as number)
    for (let tap = x * stride; tap < end; tap++, from += 3) {
      const weight = weights[tap] as number
      red += Math.imul(row[from] as number, weight)
      green += Math.imul(row[from + 1] as number, weight)
      blue += Math.imul(row[from + 2] as number, weight)
    }
    out[to] = red >> fractionBits
    out[to + 1] = green >> fractionBits
    out[to + 2] = blue >> fractionBits
  }
}

let scratch = new Uint8Array(0)

/**
 * `raster` stretched or shrunk to exactly `width × height`, the sides independently of each other.
 * `stride` is the distance of its rows in bytes, where they do not follow each other directly.
 * Plain TypeScript because starting a second libvips pipeline costs as much as the whole of this.
 */
export function resample(
  raster: Raster,
  width: number,
  height: number,
  stride: number = raster.width * 3,
): Raster {
  const rowBytes = raster.width * 3
  if (raster.width === width && raster.height === height && stride === rowBytes) return raster
  const rows = tapsFor(raster.height, height)
  const columns = tapsFor(raster.width, width)
  if (scratch.length < rowBytes) scratch = new Uint8Array(rowBytes)
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    blendRows(
      raster.data,
      (rows.first[y] as number) * stride,
      stride,
      rowBytes,
      rows.weights,
      y * rows.stride,
      rows.count[y] as number,
      scratch,
    )
    blendColumns(scratch, columns, data, y * width * 3)
  }
  return { data, width, height }
}
