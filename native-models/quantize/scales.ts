import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inceptions } from '../googlenet/architecture.ts'
import { shapesOfLayers } from '../googlenet/shapes.ts'

/**
 * Activations are bytes: value = scale × byte. After a ReLU nothing is negative, so zero is byte 0. The ranges
 * (the value of byte 255) were measured on photos by `calibrate.ts` and are kept here, so that the model can be
 * made without photos.
 */
export const rangesFile = join(import.meta.dirname, 'activation-ranges.tsv')
export const largestByte = 255

/** Tensors with a range of their own, in the order of computation. */
export function rangedTensors(): string[] {
  const inner = /\/(3x3_reduce|5x5_reduce|output)$/
  const modules = [...shapesOfLayers().keys()].filter(
    (name) => name.startsWith('inception') && inner.test(name),
  )
  return [
    'conv1/7x7_s2',
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

/** Scale of every ranged tensor. @throws Error when the file lacks one or holds something else. */
export function readScales(text: string = readFileSync(rangesFile, 'utf8')): ReadonlyMap<string, number> {
  const [, ...lines] = text.trim().split('\n')
  const ranges = new Map(lines.map((line) => line.split('\t')).map(([name, range]) => [name, Number(range)]))
  return new Map(
    rangedTensors().map((name) => {
      const range = ranges.get(name)
      if (range === undefined || !(range > 0)) throw new Error(`No range for ${name} in ${rangesFile}`)
      return [name, range / largestByte]
    }),
  )
}

export function formatRanges(ranges: ReadonlyMap<string, number>): string {
  const lines = [...ranges].map(([name, range]) => `${name}\t${range.toPrecision(5)}`)
  return ['tensor\tlargest value', ...lines, ''].join('\n')
}
