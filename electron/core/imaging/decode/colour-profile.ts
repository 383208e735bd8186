import type { Raster } from '../photo-reading.ts'

/**
 * From a matrix profile (ICC.1:2010, 8.3; what phones write: Display P3) to sRGB, in place.
 * For pixels that did not come through libvips, which converts by itself. Returns whether it was understood;
 * table profiles and broken ones leave the pixels as they are.
 */
export function convertToSrgb(raster: Raster, profile: Buffer): boolean {
  const colours = readMatrixProfile(profile)
  if (!colours) return false
  if (isSrgb(colours)) return true
  const { curves, matrix } = colours
  const { data } = raster
  for (let at = 0; at + 2 < data.length; at += 3) {
    const red = curves[0][data[at] as number] as number
    const green = curves[1][data[at + 1] as number] as number
    const blue = curves[2][data[at + 2] as number] as number
    data[at] = encode(matrix[0] * red + matrix[1] * green + matrix[2] * blue)
    data[at + 1] = encode(matrix[3] * red + matrix[4] * green + matrix[5] * blue)
    data[at + 2] = encode(matrix[6] * red + matrix[7] * green + matrix[8] * blue)
  }
  return true
}

type Matrix = readonly [number, number, number, number, number, number, number, number, number]

interface Colours {
  /** Per channel: linear light of every byte. */
  readonly curves: readonly [Float64Array, Float64Array, Float64Array]
  /** From the profile's linear RGB to linear sRGB, row by row. */
  readonly matrix: Matrix
}

/** XYZ (D50) to linear sRGB: the inverse of the primaries that sRGB profiles carry (Bradford-adapted). */
const fromXyz: Matrix = [
  3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.033454, 0.0719453, -0.2289914, 1.4052427,
]

const steps = 4096
const srgbBytes = Uint8Array.from({ length: steps + 1 }, (_, step) => {
  const linear = step / steps
  const encoded = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055
  return Math.round(encoded * 255)
})

function encode(linear: number): number {
  if (linear <= 0) return 0
  if (linear >= 1) return 255
  return srgbBytes[Math.round(linear * steps)] as number
}

function isSrgb({ matrix, curves }: Colours): boolean {
  const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1]
  const sameColours = matrix.every((value, index) => Math.abs(value - (identity[index] ?? 0)) < 0.01)
  return sameColours && Math.abs((curves[0][128] ?? 0) - 0.2159) < 0.01
}

function readMatrixProfile(profile: Buffer): Colours | null {
  if (profile.length < 132 || profile.toString('latin1', 16, 20) !== 'RGB ') return null
  const tags = new Map<string, Buffer>()
  const count = Math.min(profile.readUInt32BE(128), 100)
  for (let index = 0; index < count && 144 + index * 12 <= profile.length; index++) {
    const at = 132 + index * 12
    const start = profile.readUInt32BE(at + 4)
    const end = start + profile.readUInt32BE(at + 8)
    if (end <= profile.length) tags.set(profile.toString('latin1', at, at + 4), profile.subarray(start, end))
  }
  if (tags.has('A2B0')) return null
  const [red, green, blue] = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => readXyz(tags.get(name)))
  const [redCurve, greenCurve, blueCurve] = ['rTRC', 'gTRC', 'bTRC'].map((name) => readCurve(tags.get(name)))
  if (!red || !green || !blue || !redCurve || !greenCurve || !blueCurve) return null
  const row = (at: number) =>
    [red, green, blue].map(
      (xyz) =>
        (fromXyz[at] ?? 0) * xyz[0] + (fromXyz[at + 1] ?? 0) * xyz[1] + (fromXyz[at + 2] ?? 0) * xyz[2],
    )
  const matrix = [...row(0), ...row(3), ...row(6)] as unknown as Matrix
  return { curves: [redCurve, greenCurve, blueCurve], matrix }
}

function fixed(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) / 65536
}

function readXyz(tag: Buffer | undefined): [number, number, number] | null {
  if (!tag || tag.length < 20 || tag.toString('latin1', 0, 4) !== 'XYZ ') return null
  return [fixed(tag, 8), fixed(tag, 12), fixed(tag, 16)]
}

function readCurve(tag: Buffer | undefined): Float64Array | null {
  if (!tag || tag.length < 12) return null
  const kind = tag.toString('latin1', 0, 4)
  const curve = kind === 'curv' ? tableCurve(tag) : kind === 'para' ? parametricCurve(tag) : null
  return curve && Float64Array.from({ length: 256 }, (_, byte) => Math.min(1, Math.max(0, curve(byte / 255))))
}

function tableCurve(tag: Buffer): ((value: number) => number) | null {
  const count = tag.readUInt32BE(8)
  if (count === 0) return (value) => value
  if (count > 65536 || tag.length < 12 + count * 2) return null
  if (count === 1) {
    const gamma = tag.readUInt16BE(12) / 256
    return (value) => value ** gamma
  }
  return (value) => {
    const place = value * (count - 1)
    const below = Math.floor(place)
    const above = Math.min(below + 1, count - 1)
    const low = tag.readUInt16BE(12 + below * 2)
    return (low + (tag.readUInt16BE(12 + above * 2) - low) * (place - below)) / 65535
  }
}

/** ICC.1:2010, 10.16. */
function parametricCurve(tag: Buffer): ((value: number) => number) | null {
  const kind = tag.readUInt16BE(8)
  const needed = [1, 3, 4, 5, 7][kind]
  if (needed === undefined || tag.length < 12 + needed * 4) return null
  const [g, a, b, c, d, e, f] = Array.from({ length: 7 }, (_, index) =>
    index < needed ? fixed(tag, 12 + index * 4) : 0,
  ) as [number, number, number, number, number, number, number]
  switch (kind) {
    case 0:
      return (value) => value ** g
    case 1:
      return (value) => (value >= -b / a ? (a * value + b) ** g : 0)
    case 2:
      return (value) => (value >= -b / a ? (a * value + b) ** g + c : c)
    case 3:
      return (value) => (value >= d ? (a * value + b) ** g : c * value)
    default:
      return (value) => (value >= d ? (a * value + b) ** g + e : c * value + f)
  }
}
