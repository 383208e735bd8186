/**
 * GoogLeNet as in table 1 of Szegedy et al., "Going Deeper with Convolutions" (2014), in the form that BVLC
 * trained and released: layer names are theirs, so weights are found by name.
 */

/** One row "inception (…)" of the table: numbers of output channels, left to right as in the paper. */
export interface Inception {
  readonly name: string
  readonly conv1x1: number
  readonly conv3x3Reduce: number
  readonly conv3x3: number
  readonly conv5x5Reduce: number
  readonly conv5x5: number
  readonly poolProjection: number
}

function inception(
  name: string,
  conv1x1: number,
  conv3x3Reduce: number,
  conv3x3: number,
  conv5x5Reduce: number,
  conv5x5: number,
  poolProjection: number,
): Inception {
  return { name, conv1x1, conv3x3Reduce, conv3x3, conv5x5Reduce, conv5x5, poolProjection }
}

/** The nine modules; a pooling of stride 2 stands before 4a and 5a. */
export const inceptions: readonly Inception[] = [
  //                      #1×1  #3×3r  #3×3  #5×5r  #5×5  pool proj
  inception('inception_3a', 64, 96, 128, 16, 32, 32),
  inception('inception_3b', 128, 128, 192, 32, 96, 64),
  inception('inception_4a', 192, 96, 208, 16, 48, 64),
  inception('inception_4b', 160, 112, 224, 24, 64, 64),
  inception('inception_4c', 128, 128, 256, 24, 64, 64),
  inception('inception_4d', 112, 144, 288, 32, 64, 64),
  inception('inception_4e', 256, 160, 320, 32, 128, 128),
  inception('inception_5a', 256, 160, 320, 32, 128, 128),
  inception('inception_5b', 384, 192, 384, 48, 128, 128),
]

export interface AuxiliaryHead {
  readonly name: string
  /** The module whose output it looks at. */
  readonly after: string
  readonly averagePool: { readonly kernel: number; readonly stride: number }
  readonly conv1x1: number
  readonly fullyConnected: number
  readonly dropout: number
  readonly classes: number
  /** What its loss counts in training, against 1 for the classifier. */
  readonly lossWeight: number
}

function auxiliaryHead(name: string, after: string): AuxiliaryHead {
  return {
    name,
    after,
    averagePool: { kernel: 5, stride: 3 },
    conv1x1: 128,
    fullyConnected: 1024,
    dropout: 0.7,
    classes: 1000,
    lossWeight: 0.3,
  }
}

/**
 * Two small classifiers that brought gradients to the middle of the network while it was trained. They say
 * nothing that the last classifier does not, so no released graph contains them (nor do the BVLC weights).
 */
export const auxiliaryHeads: readonly AuxiliaryHead[] = [
  auxiliaryHead('loss1', 'inception_4a'),
  auxiliaryHead('loss2', 'inception_4d'),
]

/** Side of the square input in pixels, and what is subtracted from it, on the scale 0–255. */
export const input = { side: 224, channels: 3, meanBgr: [104, 117, 123] } as const

export const classes = 1000
/** Values that the classifier sees of a photo. */
export const featureCount = 1024

/** Local response normalisation across channels: y = x / (bias + alpha/size · Σ x²)^beta over `size` channels. */
export const normalisation = { size: 5, alpha: 1e-4, beta: 0.75, bias: 1 } as const

export interface ConvolutionSpec {
  readonly outputs: number
  readonly kernel: number
  readonly stride: number
  /** Zeros added on each side; the output of a stride-1 convolution is as large as its input. */
  readonly pad: number
}

export interface PoolSpec {
  readonly kernel: number
  readonly stride: number
  /** Added at top and left, and at bottom and right; unequal to reproduce Caffe's rounding up of sizes. */
  readonly pad: readonly [begin: number, end: number]
}

/**
 * What a reader of the network does at each layer: emit an ONNX node, compute a shape, list parameters. `Value`
 * stands for whatever flows between layers. A ReLU follows every convolution. GoogLeNet's relatives need more, see
 * `architectures/layers.ts`.
 */
export interface Layers<Value> {
  convolution(name: string, input: Value, spec: ConvolutionSpec): Value
  maxPool(name: string, input: Value, spec: PoolSpec): Value
  normalise(name: string, input: Value): Value
  concatenate(name: string, inputs: readonly Value[]): Value
  averageAll(name: string, input: Value): Value
  fullyConnected(name: string, input: Value, outputs: number): Value
  softmax(name: string, input: Value): Value
}

/** What the network gives: the last block (1024×7×7), its average (1024 values), probabilities (1000). */
export interface GoogLeNetOutputs<Value> {
  readonly block: Value
  readonly features: Value
  readonly probabilities: Value
}

const halving: PoolSpec = { kernel: 3, stride: 2, pad: [0, 1] }
const keepingSize: PoolSpec = { kernel: 3, stride: 1, pad: [1, 1] }

function same(outputs: number, kernel: number): ConvolutionSpec {
  return { outputs, kernel, stride: 1, pad: (kernel - 1) / 2 }
}

/** Walks the network from the image (BGR, mean subtracted) to the probabilities, layer by layer. */
export function googlenet<Value>(layers: Layers<Value>, image: Value): GoogLeNetOutputs<Value> {
  let value = layers.convolution('conv1/7x7_s2', image, { outputs: 64, kernel: 7, stride: 2, pad: 3 })
  value = layers.maxPool('pool1/3x3_s2', value, halving)
  value = layers.normalise('pool1/norm1', value)
  value = layers.convolution('conv2/3x3_reduce', value, same(64, 1))
  value = layers.convolution('conv2/3x3', value, same(192, 3))
  value = layers.normalise('conv2/norm2', value)
  value = layers.maxPool('pool2/3x3_s2', value, halving)

  for (const module of inceptions) {
    if (module.name === 'inception_4a') value = layers.maxPool('pool3/3x3_s2', value, halving)
    if (module.name === 'inception_5a') value = layers.maxPool('pool4/3x3_s2', value, halving)
    value = inceptionModule(layers, value, module)
  }

  const features = layers.averageAll('pool5/7x7_s1', value)
  const logits = layers.fullyConnected('loss3/classifier', features, classes)
  return { block: value, features, probabilities: layers.softmax('prob', logits) }
}

function inceptionModule<Value>(layers: Layers<Value>, input: Value, module: Inception): Value {
  const { name } = module
  const ones = layers.convolution(`${name}/1x1`, input, same(module.conv1x1, 1))
  const reduced3 = layers.convolution(`${name}/3x3_reduce`, input, same(module.conv3x3Reduce, 1))
  const threes = layers.convolution(`${name}/3x3`, reduced3, same(module.conv3x3, 3))
  const reduced5 = layers.convolution(`${name}/5x5_reduce`, input, same(module.conv5x5Reduce, 1))
  const fives = layers.convolution(`${name}/5x5`, reduced5, same(module.conv5x5, 5))
  const pooled = layers.maxPool(`${name}/pool`, input, keepingSize)
  const projected = layers.convolution(`${name}/pool_proj`, pooled, same(module.poolProjection, 1))
  return layers.concatenate(`${name}/output`, [ones, threes, fives, projected])
}
