import type { Look } from '../contract/looks.ts'
import { turnUpright } from '../imaging/decode/orient.ts'
import { modelSide } from '../imaging/photo-reading.ts'

/**
 * Views of one photo: the network is asked about each of them, and the mean of its answers counts. The multi-view test of
 * Krizhevsky et al. (2012) and Szegedy et al. (2014), modestly: they took ten and 144 crops. Ten gain nothing here, see
 * native-models/VIEWS.md.
 */

const channels = 3
/** Pixels, of the square that is cut out of the middle: 224 of 256, as papers have it. */
const middleSide = 196

/**
 * What the network is asked about, the photo as it is first.
 * @param rgb `Uint8Array, 224×224×3, RGB, row-major`; it is the first view
 * @returns as many as `viewCount` says, of the same layout
 */
export function viewsOf(rgb: Uint8Array, look: Look): readonly Uint8Array[] {
  if (look === 'plain') return [rgb]
  const whole = [rgb, mirrored(rgb)]
  if (look === 'mirror') return whole
  const middle = middleOf(rgb, middleSide)
  return [...whole, middle, mirrored(middle)]
}

/** The mean of answers of equal length. @throws RangeError when there is none */
export function meanProbabilities(answers: readonly Float32Array[]): Float32Array {
  const [first, ...others] = answers
  if (first === undefined) throw new RangeError('There are no answers to take the mean of')
  if (others.length === 0) return first
  return first.map(
    (probability, index) =>
      others.reduce((sum, other) => sum + (other[index] ?? Number.NaN), probability) / answers.length,
  )
}

/** EXIF's number for left and right exchanged. */
const mirrorImage = 2

function mirrored(rgb: Uint8Array): Uint8Array {
  return turnUpright({ data: rgb, width: modelSide, height: modelSide }, mirrorImage).data
}

/**
 * The square in the middle, enlarged to 224×224, linear between pixels.
 * @param side of the square, in pixels
 */
function middleOf(rgb: Uint8Array, side: number): Uint8Array {
  const steps = Array.from({ length: modelSide }, (_, at) => between(at, side))
  const view = new Uint8Array(modelSide * modelSide * channels)
  const row = modelSide * channels
  let to = 0
  for (const line of steps) {
    const upper = line.low * row
    const lower = line.high * row
    for (const { low, high, share } of steps) {
      for (let channel = 0; channel < channels; channel++) {
        const left = low * channels + channel
        const right = high * channels + channel
        const above = mix(rgb[upper + left] ?? 0, rgb[upper + right] ?? 0, share)
        const below = mix(rgb[lower + left] ?? 0, rgb[lower + right] ?? 0, share)
        view[to++] = Math.round(mix(above, below, line.share))
      }
    }
  }
  return view
}

interface Between {
  /** The pixels on either side. */
  readonly low: number
  readonly high: number
  /** How near it is to the second, 0–1. */
  readonly share: number
}

/** Where the middle of a pixel of the enlarged square lies in the photo. */
function between(at: number, side: number): Between {
  const margin = (modelSide - side) / 2
  const position = margin + Math.min(side - 1, Math.max(0, ((at + 0.5) * side) / modelSide - 0.5))
  const low = Math.floor(position)
  return { low, high: Math.min(modelSide - 1, low + 1), share: position - low }
}

function mix(one: number, other: number, share: number): number {
  return one + (other - one) * share
}
