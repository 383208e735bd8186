import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { googlenet, type Layers } from '../googlenet/architecture.ts'

/**
 * What the layers of the network see: measured on photos by `measure-inputs.ts` and kept in a file, so that the
 * network can be compressed without photos.
 */
export const statisticsFile = join(import.meta.dirname, 'input-statistics.tsv')

/** The image as the network takes it, which no layer gives. */
export const imageTensor = 'image'

export interface InputStatistics {
  /** Of each channel. */
  readonly means: readonly number[]
  readonly deviations: readonly number[]
  /**
   * How alike values of one channel are that lie (rows, columns) apart, on average over channels: see `offsets`. Only
   * for kernels larger than 1×1.
   */
  readonly correlations: readonly number[]
}

/** Statistics by tensor. */
export type Statistics = ReadonlyMap<string, InputStatistics>

export interface LayerInput {
  readonly layer: string
  readonly tensor: string
  readonly kernel: number
  readonly channels: number
}

/** Every layer with weights, in the order of computation, with the tensor that it reads. */
export function layerInputs(): LayerInput[] {
  const found: LayerInput[] = []
  type Tensor = Readonly<{ name: string; channels: number }>
  const same = (name: string, { channels }: Tensor): Tensor => ({ name, channels })
  const layers: Layers<Tensor> = {
    convolution(name, { name: tensor, channels }, { outputs, kernel }) {
      found.push({ layer: name, tensor, kernel, channels })
      return { name, channels: outputs }
    },
    maxPool: same,
    normalise: same,
    concatenate: (name, inputs) => ({
      name,
      channels: inputs.reduce((sum, { channels }) => sum + channels, 0),
    }),
    averageAll: same,
    fullyConnected(name, { name: tensor, channels }, outputs) {
      found.push({ layer: name, tensor, kernel: 1, channels })
      return { name, channels: outputs }
    },
    softmax: same,
  }
  googlenet(layers, { name: imageTensor, channels: 3 })
  return found
}

/** Distances between two places of a kernel, one of each pair that are alike by symmetry; without 0. */
export function offsets(kernel: number): readonly (readonly [rows: number, columns: number])[] {
  const found: (readonly [number, number])[] = []
  for (let rows = 0; rows < kernel; rows++) {
    for (let columns = rows === 0 ? 1 : 1 - kernel; columns < kernel; columns++) found.push([rows, columns])
  }
  return found
}

export function formatStatistics(statistics: Statistics): string {
  const lines = [...statistics].map(([tensor, { means, deviations, correlations }]) =>
    [tensor, short(means, 3), short(deviations, 2), short(correlations, 3)].join('\t'),
  )
  return ['tensor\tmeans\tdeviations\tcorrelations', ...lines, ''].join('\n')
}

const short = (values: readonly number[], digits: number): string =>
  values.map((value) => Number(value.toPrecision(digits))).join(' ')

/** @throws Error that names the first tensor whose statistics are missing or of the wrong length. */
export function readStatistics(text: string = readFileSync(statisticsFile, 'utf8')): Statistics {
  const [, ...lines] = text.trimEnd().split('\n')
  const statistics = new Map(
    lines.map((line) => {
      const [tensor = '', means = '', deviations = '', correlations = ''] = line.split('\t')
      return [
        tensor,
        { means: numbers(means), deviations: numbers(deviations), correlations: numbers(correlations) },
      ] as const
    }),
  )
  for (const { tensor, channels, kernel } of layerInputs()) {
    const found = statistics.get(tensor)
    const right =
      found?.means.length === channels &&
      found.deviations.length === channels &&
      found.correlations.length === offsets(kernel).length &&
      [...found.means, ...found.deviations, ...found.correlations].every((value) => Number.isFinite(value))
    if (!right) {
      throw new Error(
        `${statisticsFile} should have ${channels} means and deviations and ${offsets(kernel).length} correlations for ${tensor}`,
      )
    }
  }
  return statistics
}

const numbers = (list: string): number[] => (list === '' ? [] : list.split(' ').map(Number))
