import { biasName, weightName } from '../googlenet/shapes.ts'
import { parameter, type Weights } from '../onnx/read-weights.ts'
import { feedBack } from './feed-back.ts'
import { type InputStatistics, layerInputs, type Statistics } from './input-statistics.ts'
import { centroid, channelFactor, largestCode, type SharedLayer, shareWeights } from './share-weights.ts'

/** A layer as it stands in a compressed file. */
export interface CompressedLayer extends SharedLayer {
  readonly name: string
  readonly bias: RoundedBias
}

/** A layer's bias in whole steps. */
export interface RoundedBias {
  readonly step: number
  /** From −2047 to 2047. */
  readonly values: Int16Array
}

export const largestBias = 2047

/** How much a layer's rounding tells in the answers, by layer; see `sensitivities.ts`. */
export type Sensitivities = ReadonlyMap<string, number>

export interface CompressOptions {
  readonly weights: Weights
  readonly statistics: Statistics
  readonly sensitivities: Sensitivities
  /** Distance of centroids: twice as much saves about a bit a weight, and quadruples the error. */
  readonly coarseness: number
}

/**
 * Prunes the network and lets its weights share values, layer by layer, and corrects each bias for what that changes
 * in the layer's output on average.
 */
export function compress({
  weights,
  statistics,
  sensitivities,
  coarseness,
}: CompressOptions): CompressedLayer[] {
  return layerInputs().map(({ layer: name, tensor, kernel }) => {
    const seen = statistics.get(tensor)
    const sensitivity = sensitivities.get(name)
    if (!seen || !sensitivity) throw new Error(`Nothing was measured of ${name}`)
    const { values } = parameter(weights, weightName(name))
    const deviations = relative(seen.deviations)
    const places = kernel * kernel
    const shared = shareWeights({
      weights: values,
      deviations,
      feedBack: feedBack(kernel, seen.correlations),
      step: Math.fround(
        coarseness * spread(values, deviations, places) * relativeStep(values.length, sensitivity),
      ),
    })
    const bias = corrected(parameter(weights, biasName(name)).values, values, restored(shared, places), seen)
    return { name, ...shared, bias: roundBias(bias) }
  })
}

/**
 * Where another step costs as much as it saves in every layer, the answers suffer least for the size of the whole: that is
 * a step of √(weights / sensitivity). Of a sensitivity only the root is believed, since one layer rounded coarsely says
 * little of all of them rounded finely: the divergence is less than half of what it is when all or nothing of it is believed.
 */
function relativeStep(weights: number, sensitivity: number): number {
  return Math.sqrt(weights / Math.sqrt(sensitivity))
}

/** A layer's weights as its codes have them. @param places of the kernel. */
export function restored({ codes, step, shifts, exponents }: SharedLayer, places: number): Float32Array {
  const centroids = Float64Array.from({ length: 2 * largestCode + 1 }, (_, index) =>
    centroid(index - largestCode, shifts),
  )
  const factors = Float64Array.from(exponents, (exponent) => step * channelFactor(exponent))
  const values = new Float32Array(codes.length)
  for (let start = 0; start < codes.length; start += places) {
    const factor = factors[(start / places) % factors.length] ?? 0
    for (let at = start; at < start + places; at++) {
      values[at] = (centroids[(codes[at] ?? 0) + largestCode] ?? 0) * factor
    }
  }
  return values
}

export function restoredBias({ step, values }: RoundedBias): Float32Array {
  return Float32Array.from(values, (value) => value * step)
}

/** Deviations as parts of what they are in the mean square. */
function relative(deviations: readonly number[]): number[] {
  const mean = Math.sqrt(deviations.reduce((sum, deviation) => sum + deviation ** 2, 0) / deviations.length)
  return deviations.map((deviation) => deviation / (mean > 0 ? mean : 1))
}

/** How much weights vary, each counted as much as its input does. */
function spread(values: Float32Array, deviations: readonly number[], places: number): number {
  let sum = 0
  for (const [index, value] of values.entries()) {
    const deviation = deviations[Math.floor(index / places) % deviations.length] ?? 0
    sum += (value * deviation) ** 2
  }
  return Math.sqrt(sum / values.length)
}

/** The bias that gives the layer the same output on average as before. */
function corrected(
  bias: Float32Array,
  before: Float32Array,
  after: Float32Array,
  { means }: InputStatistics,
): Float64Array {
  const rowLength = before.length / bias.length
  const places = rowLength / means.length
  return Float64Array.from(bias, (value, output) => {
    let sum = value
    for (let at = 0; at < rowLength; at++) {
      const index = output * rowLength + at
      sum += ((before[index] ?? 0) - (after[index] ?? 0)) * (means[Math.floor(at / places)] ?? 0)
    }
    return sum
  })
}

function roundBias(bias: Float64Array): RoundedBias {
  const extent = bias.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const step = Math.fround(extent > 0 ? extent / largestBias : 1)
  const values = Int16Array.from(bias, (value) =>
    Math.max(-largestBias, Math.min(largestBias, Math.round(value / step))),
  )
  return { step, values }
}
