import type { Raster } from '../photo-reading.ts'
import { resampleWithKernel } from './resample-kernel.ts'
import { fractionBits, tapsFor } from './taps.ts'
import type { Taps } from './taps.ts'

const half = 1 << (fractionBits - 1)

/** How the source of `resample` lies, where that is not row after row, or not the whole of it. */
interface Source {
  /** Distance of its rows in bytes. */
  readonly stride?: number
  /** How much of it is picture, in pixels: up to one less in each direction, where its last ones are cut off. */
  readonly covered?: { readonly width: number; readonly height: number }
}

/**
 * `raster` stretched or shrunk to exactly `width × height`, the sides independently of each other.
 * Done here because starting a second libvips pipeline costs as much as the whole of this: 500×375 to 224×224
 * takes 0.4 ms.
 */
export function resample(
  raster: Raster,
  width: number,
  height: number,
  { stride = raster.width * 3, covered = raster }: Source = {},
): Raster {
  if (covered.width === width && covered.height === height && stride === raster.width * 3) return raster
  const rows = tapsFor(covered.height, height)
  const columns = tapsFor(covered.width, width)
  return resampleWithKernel(raster, stride, rows, columns) ?? resamplePlainly(raster, stride, rows, columns)
}

/** The same without WebAssembly, for pictures beyond the kernel's memory and as its specification. */
export function resamplePlainly(raster: Raster, stride: number, rows: Taps, columns: Taps): Raster {
  const [width, height] = [columns.first.length, rows.first.length]
  const row = new Uint8ClampedArray(raster.width * 3)
  const data = new Uint8ClampedArray(width * height * 3)
  for (let y = 0; y < height; y++) {
    const start = (rows.first[y] as number) * stride
    blendRows(raster.data, start, stride, rows.weights, y * rows.stride, rows.count[y] as number, row)
    blendColumns(row, columns, data, y * width * 3)
  }
  return { data: new Uint8Array(data.buffer), width, height }
}

/** One output row from `count` source rows, still at full width. */
function blendRows(
  source: Uint8Array,
  start: number,
  stride: number,
  weights: Int32Array,
  at: number,
  count: number,
  row: Uint8ClampedArray,
): void {
  for (let x = 0; x < row.length; x++) {
    let sum = half
    for (let tap = 0, from = start + x; tap < count; tap++, from += stride) {
      sum += Math.imul(source[from] as number, weights[at + tap] as number)
    }
    row[x] = sum >> fractionBits
  }
}

function blendColumns(row: Uint8ClampedArray, columns: Taps, out: Uint8ClampedArray, start: number): void {
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
