import type { LayerFacts } from '../architectures/survey.ts'
import { biasName, weightName } from '../googlenet/shapes.ts'
import type { Parameter } from '../onnx/read-weights.ts'

/**
 * Weights of a network that was never trained, with which activations neither die nor explode: a variance of two over the
 * inputs of a kernel (He et al., 2015), and a first layer that brings differences of up to 150 down to a few. Each kernel
 * sums to zero: else all pictures look much alike, as the sum of all inputs would outweigh how they differ. Factors are 1,
 * biases 0.
 * @param layers as `surveyArchitecture` gives them
 * @param random numbers ≥ 0 and < 1
 * @returns by the names that graphs are made with
 */
export function seededWeights(layers: readonly LayerFacts[], random: () => number): Map<string, Parameter> {
  const weights = new Map<string, Parameter>()
  let isFirst = true
  for (const { name, weight, bias, fixed } of layers) {
    const shape = weight ?? fixed
    if (shape) {
      weights.set(weightName(name), { values: drawn(shape, isFirst ? 1 / 60 : 1, random), shape })
      isFirst = false
    }
    if (bias) weights.set(biasName(name), { values: new Float32Array(product(bias)), shape: bias })
  }
  return weights
}

function drawn(shape: readonly number[], scale: number, random: () => number): Float32Array {
  const values = new Float32Array(product(shape))
  if (shape.length === 1) return values.fill(1)
  const inputs = product(shape.slice(1))
  for (let start = 0; start < values.length; start += inputs) {
    drawKernel(values.subarray(start, start + inputs), Math.sqrt(2 / inputs) * scale, random)
  }
  return values
}

function drawKernel(kernel: Float32Array, deviation: number, random: () => number): void {
  let sum = 0
  for (let at = 0; at < kernel.length; at++) {
    // Box and Muller's way to a normal distribution.
    const value = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    kernel[at] = value * deviation
    sum += value * deviation
  }
  const mean = sum / kernel.length
  for (let at = 0; at < kernel.length; at++) kernel[at] = (kernel[at] ?? 0) - mean
}

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1)
