import type { PoolSpec } from '../googlenet/architecture.ts'
import type { Architecture, FamilyConvolution, FamilyLayers } from './layers.ts'

interface ConvolutionRow extends FamilyConvolution {
  readonly name: string
  /** What follows: local response normalisation, then pooling. */
  readonly normalised: boolean
  readonly pooled: boolean
}

function row(
  name: string,
  outputs: number,
  kernel: number,
  stride: number,
  pad: number,
  groups: number,
  normalised: boolean,
  pooled: boolean,
): ConvolutionRow {
  return { name, outputs, kernel, stride, pad, groups, normalised, pooled }
}

/**
 * Section 3.5 and figure 2 of Krizhevsky, Sutskever & Hinton. Two groups: what ran on two GPUs. The second, fourth and
 * fifth layer read only the maps of their own GPU.
 */
const convolutions: readonly ConvolutionRow[] = [
  //          maps side stride pad groups LRN    pooled
  row('conv1', 96, 11, 4, 0, 1, true, true),
  row('conv2', 256, 5, 1, 2, 2, true, true),
  row('conv3', 384, 3, 1, 1, 1, false, false),
  row('conv4', 384, 3, 1, 1, 2, false, false),
  row('conv5', 256, 3, 1, 1, 2, false, true),
]

const fullyConnected = [
  { name: 'fc6', outputs: 4096 },
  { name: 'fc7', outputs: 4096 },
  { name: 'fc8', outputs: 1000 },
] as const

/** Squares that overlap, section 3.4. */
const overlapping: PoolSpec = { kernel: 3, stride: 2, pad: [0, 0] }

/**
 * AlexNet as BVLC trained and released it (`bvlc_alexnet`), whose names the layers have. The input is 227×227: the paper
 * says 224, with which its own first layer does not give 55×55.
 */
export const alexnet: Architecture = {
  name: 'AlexNet',
  paper:
    'Krizhevsky, Sutskever & Hinton, "ImageNet Classification with Deep Convolutional Neural Networks" (2012)',
  input: [3, 227, 227],
  walk<Value>(layers: FamilyLayers<Value>, image: Value): Value {
    let value = image
    for (const { name, normalised, pooled, ...spec } of convolutions) {
      const number = name.replace('conv', '')
      value = layers.convolution(name, value, spec)
      if (normalised) value = layers.normalise(`norm${number}`, value)
      if (pooled) value = layers.maxPool(`pool${number}`, value, overlapping)
    }
    for (const [index, { name, outputs }] of fullyConnected.entries()) {
      value = layers.fullyConnected(name, value, outputs)
      if (index < fullyConnected.length - 1) value = layers.rectify(`${name}/relu`, value)
    }
    return layers.softmax('prob', value)
  },
}
