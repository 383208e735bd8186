import { type Shape, surveyArchitecture } from '../architectures/survey.ts'
import { featureCount, googlenet, input } from './architecture.ts'

export interface LayerShape {
  readonly name: string
  readonly shape: Shape
}

export interface ParameterShape {
  /** Name of the initializer in the published ONNX. */
  readonly name: string
  readonly shape: readonly number[]
}

export interface Survey {
  /** Every layer in the order of computation, with its output's shape. */
  readonly layers: readonly LayerShape[]
  /** Every weight and bias, 58 of each. */
  readonly parameters: readonly ParameterShape[]
}

/** Shapes of all layers and parameters, worked out from the architecture alone. */
export function survey(): Survey {
  const facts = surveyArchitecture({ input: [input.channels, input.side, input.side], walk: googlenet })
  const features = facts.find(({ name }) => name === 'pool5/7x7_s1')?.shape[0]
  if (features !== featureCount) throw new Error(`The classifier sees ${features} values`)
  return {
    layers: facts,
    parameters: facts.flatMap(({ name, weight, bias }) => [
      ...(weight ? [{ name: weightName(name), shape: weight }] : []),
      ...(bias ? [{ name: biasName(name), shape: bias }] : []),
    ]),
  }
}

/** Shape of every layer's output by the layer's name. */
export function shapesOfLayers(): ReadonlyMap<string, Shape> {
  return new Map(survey().layers.map(({ name, shape }) => [name, shape]))
}

export function weightName(layer: string): string {
  return `${layer}_w_0`
}

export function biasName(layer: string): string {
  return `${layer}_b_0`
}
