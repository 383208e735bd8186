import type { ConvolutionSpec, PoolSpec } from '../googlenet/architecture.ts'
import type { Architecture, FamilyLayers } from './layers.ts'

/** One row "inception (…)" of figure 5, numbers of output channels from left to right as there. */
interface InceptionBn {
  readonly name: string
  /** 0: none. */
  readonly conv1x1: number
  readonly conv3x3Reduce: number
  readonly conv3x3: number
  readonly double3x3Reduce: number
  readonly double3x3: number
  readonly pool: 'average' | 'max'
  /** `null`: the pooled input is passed through, and the module halves the sides. */
  readonly poolProjection: number | null
}

function inception(
  name: string,
  conv1x1: number,
  conv3x3Reduce: number,
  conv3x3: number,
  double3x3Reduce: number,
  double3x3: number,
  pool: 'average' | 'max',
  poolProjection: number | null,
): InceptionBn {
  return {
    name: `inception_${name}`,
    conv1x1,
    conv3x3Reduce,
    conv3x3,
    double3x3Reduce,
    double3x3,
    pool,
    poolProjection,
  }
}

/**
 * In the figure 4c and 4d give 576 channels and 4e 1024, which is not what their branches sum to: 608, 608 and 1056. The
 * branches are taken at their word, as in the released networks. So is the first convolution, which the authors had
 * separable, with a depth multiplier of 8.
 */
const inceptions: readonly InceptionBn[] = [
  //         #1×1 #3×3r #3×3 double r, double  pool
  inception('3a', 64, 64, 64, 64, 96, 'average', 32),
  inception('3b', 64, 64, 96, 64, 96, 'average', 64),
  inception('3c', 0, 128, 160, 64, 96, 'max', null),
  inception('4a', 224, 64, 96, 96, 128, 'average', 128),
  inception('4b', 192, 96, 128, 96, 128, 'average', 128),
  inception('4c', 160, 128, 160, 128, 160, 'average', 128),
  inception('4d', 96, 128, 192, 160, 192, 'average', 128),
  inception('4e', 0, 128, 192, 192, 256, 'max', null),
  inception('5a', 352, 192, 320, 160, 224, 'average', 128),
  inception('5b', 352, 192, 320, 192, 224, 'max', 128),
]

const halving: PoolSpec = { kernel: 3, stride: 2, pad: [0, 1] }
const keepingSize: PoolSpec = { kernel: 3, stride: 1, pad: [1, 1] }

/** GoogLeNet with batch normalisation: 5×5 became two 3×3, LRN went, and two modules halve the sides themselves. */
export const inceptionBn: Architecture = {
  name: 'Inception-BN',
  paper: 'Ioffe & Szegedy, "Batch Normalization" (2015), arXiv 1502.03167',
  input: [3, 224, 224],
  walk<Value>(layers: FamilyLayers<Value>, image: Value): Value {
    let value = convolution(layers, 'conv1/7x7_s2', image, { outputs: 64, kernel: 7, stride: 2, pad: 3 })
    value = layers.maxPool('pool1/3x3_s2', value, halving)
    value = convolution(layers, 'conv2/3x3_reduce', value, sized(64, 1))
    value = convolution(layers, 'conv2/3x3', value, sized(192, 3))
    value = layers.maxPool('pool2/3x3_s2', value, halving)
    for (const module of inceptions) value = inceptionModule(layers, value, module)
    const features = layers.averageAll('global_pool', value)
    return layers.softmax('prob', layers.fullyConnected('fc1', features, 1000))
  },
}

function inceptionModule<Value>(layers: FamilyLayers<Value>, input: Value, module: InceptionBn): Value {
  const { name, conv1x1, poolProjection } = module
  const stride = poolProjection === null ? 2 : 1
  const branches: Value[] = []
  if (conv1x1 > 0) branches.push(convolution(layers, `${name}/1x1`, input, sized(conv1x1, 1)))

  const reduced = convolution(layers, `${name}/3x3_reduce`, input, sized(module.conv3x3Reduce, 1))
  branches.push(convolution(layers, `${name}/3x3`, reduced, sized(module.conv3x3, 3, stride)))

  const { double3x3Reduce, double3x3 } = module
  const reducedTwice = convolution(layers, `${name}/double3x3_reduce`, input, sized(double3x3Reduce, 1))
  const first = convolution(layers, `${name}/double3x3_1`, reducedTwice, sized(double3x3, 3))
  branches.push(convolution(layers, `${name}/double3x3_2`, first, sized(double3x3, 3, stride)))

  const spec = stride === 2 ? halving : keepingSize
  const pool = `${name}/pool`
  const pooled =
    module.pool === 'max' ? layers.maxPool(pool, input, spec) : layers.averagePool(pool, input, spec)
  branches.push(
    poolProjection === null
      ? pooled
      : convolution(layers, `${name}/pool_proj`, pooled, sized(poolProjection, 1)),
  )
  return layers.concatenate(`${name}/output`, branches)
}

/** The mean that batch normalisation subtracts makes a bias pointless. */
function convolution<Value>(
  layers: FamilyLayers<Value>,
  name: string,
  input: Value,
  spec: ConvolutionSpec,
): Value {
  return layers.batchNormalise(`${name}/bn`, layers.convolution(name, input, { ...spec, bias: false }))
}

function sized(outputs: number, kernel: number, stride = 1): ConvolutionSpec {
  return { outputs, kernel, stride, pad: (kernel - 1) / 2 }
}
