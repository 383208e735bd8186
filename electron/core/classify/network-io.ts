import type { NetworkInput, NetworkInterface } from '../contract/networks.ts'

/** What a network that is none of the app's own takes and gives, made from and into what the app's do. */

const side = 224
const pixels = side * side
export const inputValues = pixels * 3
export const classCount = 1000

/** Shape of one photo. */
export function inputShape({ layout }: NetworkInput): readonly number[] {
  return layout === 'nchw' ? [1, 3, side, side] : [1, side, side, 3]
}

/** @param rgb 224×224×3, row-major @param into 150,528 values: the photo as the network wants it */
export function fillInput(
  rgb: Uint8Array,
  { layout, order, mean, deviation }: NetworkInput,
  into: Float32Array,
): void {
  for (let channel = 0; channel < 3; channel += 1) {
    const place = order === 'rgb' ? channel : 2 - channel
    const [from, step] = layout === 'nchw' ? [place * pixels, 1] : [place, 3]
    const scale = 1 / (deviation[channel] ?? 1)
    const shift = -(mean[channel] ?? 0) * scale
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      into[from + pixel * step] = (rgb[pixel * 3 + channel] ?? 0) * scale + shift
    }
  }
}

/** What rounding to 16 bits or to 8 may add up to over 1000 classes. */
const slack = 0.01

/** 1000 probabilities from what the network gives. @throws Error, a sentence, where it gives something else */
export function probabilitiesOf(values: Float32Array, output: NetworkInterface['output']): Float32Array {
  if (values.length !== classCount) {
    throw new Error(`It gives ${values.length} numbers for a photo instead of ${classCount}.`)
  }
  if (!values.every(Number.isFinite)) throw new Error('It gives something that is not a number.')
  if (output === 'logits') return softmax(values)
  const sum = values.reduce((total, value) => total + value, 0)
  if (Math.abs(sum - 1) > slack || values.some((value) => value < -slack)) {
    throw new Error('What it gives are no probabilities, which add up to 1: they may be logits.')
  }
  return values
}

function softmax(logits: Float32Array): Float32Array {
  const largest = logits.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const powers = logits.map((value) => Math.exp(value - largest))
  const sum = powers.reduce((total, value) => total + value, 0)
  return powers.map((value) => value / sum)
}
