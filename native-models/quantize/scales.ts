import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inceptions } from '../googlenet/architecture.ts'
import { shapesOfLayers } from '../googlenet/shapes.ts'

/**
 * Activations are bytes: value = scale × byte. After a ReLU nothing is negative, so zero is byte 0. The ranges
 * (the value of byte 255) were measured on photos by `calibrate.ts` and are kept in a file, so that the model can be
 * made without photos.
 */
export const rangesFile = join(import.meta.dirname, 'activation-ranges.tsv')
export const largestByte = 255

/** Ranges by tensor: one for all channels, or one for each. */
export type Ranges = ReadonlyMap<string, readonly number[]>
/** Scales by tensor, likewise. */
export type Scales = ReadonlyMap<string, Float32Array>

/**
 * Every channel of the first convolution has a range of its own: the LRN that follows makes small values large, and
 * the largest value of a channel is 300 in one and 4400 in another. Later layers, whose channels stand for things that
 * are seldom seen, would need far more photos for that: from 48, it makes the model four times less exact.
 */
export const tensorWithManyRanges = 'conv1/7x7_s2'

/** Tensors that are rounded to bytes with ranges of their own, in the order of computation. */
export function rangedTensors(): string[] {
  const inner = /\/(3x3_reduce|5x5_reduce|output)$/
  const modules = [...shapesOfLayers().keys()].filter(
    (name) => name.startsWith('inception') && inner.test(name),
  )
  return [
    tensorWithManyRanges,
    'pool1/norm1',
    'conv2/3x3_reduce',
    'conv2/3x3',
    'conv2/norm2',
    ...modules,
    'pool5/7x7_s1',
  ]
}

/**
 * The tensor whose range a convolution's output has: branches that are put together share one, so that putting
 * them together is copying bytes. Pooling keeps the range of its input anyway.
 */
export function rangeOwner(convolution: string): string {
  const module = inceptions.find(({ name }) => convolution.startsWith(`${name}/`))
  return module && !convolution.endsWith('_reduce') ? `${module.name}/output` : convolution
}

/** @throws Error when a tensor has no ranges or the wrong number of them. */
export function readScales(text: string = readFileSync(rangesFile, 'utf8')): Scales {
  const shapes = shapesOfLayers()
  const [, ...lines] = text.trim().split('\n')
  const ranges = new Map(
    lines
      .map((line) => line.split('\t'))
      .map(([name = '', list = '']) => [name, list.split(' ').map(Number)] as const),
  )
  return new Map(
    rangedTensors().map((name) => {
      const count = name === tensorWithManyRanges ? (shapes.get(name)?.[0] ?? 0) : 1
      const measured = ranges.get(name) ?? []
      if (measured.length !== count || !measured.every((range) => range > 0)) {
        throw new Error(`${rangesFile} should have ${count} positive ranges for ${name}`)
      }
      return [name, Float32Array.from(measured, (range) => range / largestByte)]
    }),
  )
}

/** @throws Error when the tensor is none that is rounded to bytes. */
export function scalesOf(scales: Scales, tensor: string): Float32Array {
  const found = scales.get(tensor)
  if (!found) throw new Error(`No scales for ${tensor}`)
  return found
}

export function formatRanges(ranges: Ranges): string {
  const lines = [...ranges].map(([name, list]) => {
    return `${name}\t${list.map((range) => range.toPrecision(4)).join(' ')}`
  })
  return ['tensor\tlargest value, of all channels or of each', ...lines, ''].join('\n')
}
