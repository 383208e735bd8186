import type { ConvolutionSpec, PoolSpec } from '../googlenet/architecture.ts'
import type { Architecture, FamilyLayers } from './layers.ts'

/** Channels × height × width of one photo's values. */
export type Shape = readonly [channels: number, height: number, width: number]

export interface LayerFacts {
  readonly name: string
  /** Of the output. */
  readonly shape: Shape
  /** Shapes of what was learned. */
  readonly weight?: readonly number[]
  readonly bias?: readonly number[]
  /** Shape of weights that were made by hand. */
  readonly fixed?: readonly number[]
  /** Learned numbers. */
  readonly parameters: number
  /** Multiplications of an input with a weight. */
  readonly multiplyAdds: number
  /** Inputs of all units, each bias counted as one: how LeCun et al. measure a network. */
  readonly connections: number
}

/** Every layer in the order of computation, worked out from the architecture alone. */
export function surveyArchitecture({ input, walk }: Pick<Architecture, 'input' | 'walk'>): LayerFacts[] {
  const facts: LayerFacts[] = []
  walk(surveyor(facts), input)
  return facts
}

export interface Totals {
  readonly parameters: number
  readonly multiplyAdds: number
  readonly connections: number
}

export function totals(facts: readonly LayerFacts[]): Totals {
  const sum = (key: keyof Totals): number => facts.reduce((total, layer) => total + layer[key], 0)
  return {
    parameters: sum('parameters'),
    multiplyAdds: sum('multiplyAdds'),
    connections: sum('connections'),
  }
}

function surveyor(facts: LayerFacts[]): FamilyLayers<Shape> {
  /** A layer that learns nothing. */
  function plain(name: string, shape: Shape): Shape {
    facts.push({ name, shape, parameters: 0, multiplyAdds: 0, connections: 0 })
    return shape
  }

  function weighted(name: string, shape: Shape, weight: readonly number[], bias = true): Shape {
    const [outputs, height, width] = shape
    const places = height * width
    facts.push({
      name,
      shape,
      weight,
      ...(bias ? { bias: [outputs] } : {}),
      parameters: product(weight) + (bias ? outputs : 0),
      multiplyAdds: product(weight) * places,
      connections: (product(weight) + (bias ? outputs : 0)) * places,
    })
    return shape
  }

  const pool = (name: string, [channels, height, width]: Shape, spec: PoolSpec): Shape =>
    plain(name, [channels, pooled(height, spec), pooled(width, spec)])

  return {
    convolution(name, [channels, height, width], spec) {
      const { outputs, kernel, groups = 1, reads, bias } = spec
      if (channels % groups !== 0) throw new Error(`${name} cannot cut ${channels} channels into ${groups}`)
      const shape: Shape = [outputs, convolved(height, spec), convolved(width, spec)]
      if (!reads) return weighted(name, shape, [outputs, channels / groups, kernel, kernel], bias)
      return weighted(name, shape, [reads.flat().length, kernel, kernel], bias)
    },
    maxPool: pool,
    averagePool: pool,
    normalise: plain,
    softmax: plain,
    rectify: (_, shape) => shape,
    squash: (_, shape) => shape,
    batchNormalise(name, shape) {
      const learned = [shape[0]]
      // Once trained it is a factor and an offset, which the convolution before it takes in: no work of its own.
      const none = { multiplyAdds: 0, connections: 0 }
      facts.push({ name, shape, weight: learned, bias: learned, parameters: 2 * shape[0], ...none })
      return shape
    },
    concatenate(name, inputs) {
      const [first = [0, 0, 0], ...others] = inputs
      const [, height, width] = first
      const other = others.find((shape) => shape[1] !== height || shape[2] !== width)
      if (other) throw new Error(`${name} joins ${first.join('×')} with ${other.join('×')}`)
      return plain(name, [inputs.reduce((sum, [channels]) => sum + channels, 0), height, width])
    },
    averageAll: (name, [channels]) => plain(name, [channels, 1, 1]),
    fullyConnected: (name, input, outputs) => weighted(name, [outputs, 1, 1], [outputs, product(input)]),
    subsample(name, [channels, height, width], side) {
      const shape: Shape = [channels, Math.floor(height / side), Math.floor(width / side)]
      facts.push({
        name,
        shape,
        weight: [channels],
        bias: [channels],
        parameters: 2 * channels,
        multiplyAdds: product(shape),
        connections: (side * side + 1) * product(shape),
      })
      return shape
    },
    distances(name, input, classes) {
      const work = classes * product(input)
      facts.push({
        name,
        shape: [classes, 1, 1],
        fixed: [classes, product(input)],
        parameters: 0,
        multiplyAdds: work,
        connections: work,
      })
      return [classes, 1, 1]
    },
  }
}

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1)

function convolved(size: number, { kernel, stride, pad }: ConvolutionSpec): number {
  return Math.floor((size + 2 * pad - kernel) / stride) + 1
}

function pooled(size: number, { kernel, stride, pad }: PoolSpec): number {
  return Math.floor((size + pad[0] + pad[1] - kernel) / stride) + 1
}
