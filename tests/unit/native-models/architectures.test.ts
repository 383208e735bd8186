import { describe, expect, test } from 'vitest'
import { alexnet } from '../../../native-models/architectures/alexnet.ts'
import { releasedGoogLeNet, trainedGoogLeNet } from '../../../native-models/architectures/googlenet-family.ts'
import { inceptionBn } from '../../../native-models/architectures/inception-bn.ts'
import type { Architecture, FamilyLayers } from '../../../native-models/architectures/layers.ts'
import { lenet5 } from '../../../native-models/architectures/lenet5.ts'
import { surveyArchitecture, totals } from '../../../native-models/architectures/survey.ts'

/** Sides and channels as papers print them. */
function outputOf(architecture: Architecture, name: string): string | undefined {
  const shape = surveyArchitecture(architecture).find((layer) => layer.name === name)?.shape
  return shape && `${shape[1]}×${shape[2]}×${shape[0]}`
}

function totalsOf(architecture: Architecture) {
  return totals(surveyArchitecture(architecture))
}

describe('LeNet-5 as in section II.B of LeCun et al. (1998)', () => {
  test.each([
    ['C1', '28×28×6', 156, 122_304],
    ['S2', '14×14×6', 12, 5_880],
    // The paper prints 151,600 connections for 1,516 parameters at 100 places.
    ['C3', '10×10×16', 1_516, 151_600],
    ['S4', '5×5×16', 32, 2_000],
    ['C5', '1×1×120', 48_120, 48_120],
    ['F6', '1×1×84', 10_164, 10_164],
  ])('%s gives %s, learns %i parameters and has %i connections', (name, output, parameters, connections) => {
    expect(outputOf(lenet5, name)).toBe(output)
    expect(surveyArchitecture(lenet5).find((layer) => layer.name === name)).toMatchObject({
      parameters,
      connections,
    })
  })

  test('has 340,908 connections but 60,000 trainable parameters, as the paper sums up', () => {
    expect(totalsOf(lenet5)).toMatchObject({ parameters: 60_000, connections: 340_908 })
  })
})

describe('AlexNet as in section 3.5 of Krizhevsky et al. (2012) and in bvlc_alexnet', () => {
  test.each([
    ['conv1', '55×55×96'],
    ['pool1', '27×27×96'],
    ['conv2', '27×27×256'],
    ['pool2', '13×13×256'],
    ['conv3', '13×13×384'],
    ['conv4', '13×13×384'],
    ['conv5', '13×13×256'],
    ['pool5', '6×6×256'],
    ['fc6', '1×1×4096'],
    ['fc8', '1×1×1000'],
  ])('%s gives %s', (name, output) => {
    expect(outputOf(alexnet, name)).toBe(output)
  })

  test('has as many neurons as the paper counts in each layer, but for the first', () => {
    // There it says 253,440; figure 2 has 55×55×48 on each of two GPUs, and that is 290,400.
    const neurons = surveyArchitecture(alexnet)
      .filter(({ weight }) => weight)
      .map(({ shape: [channels, height, width] }) => channels * height * width)
    expect(neurons).toEqual([290_400, 186_624, 64_896, 64_896, 43_264, 4096, 4096, 1000])
  })

  test('has the "60 million parameters" of the paper, and the 61.0 million of the released file', () => {
    // Four bytes each: bvlcalexnet-12.onnx has 243,863,787 bytes, 2,891 of them for the graph.
    expect(totalsOf(alexnet).parameters * 4).toBe(243_860_896)
  })

  test('takes 0.72 billion multiply-adds', () => {
    expect(totalsOf(alexnet).multiplyAdds / 1e9).toBeCloseTo(0.72, 2)
  })

  test('has convolutions that read half of the maps where the network lay on two GPUs', () => {
    const kernels = surveyArchitecture(alexnet).flatMap(({ weight }) =>
      weight?.length === 4 ? [weight] : [],
    )
    expect(kernels.map(([, inputs]) => inputs)).toEqual([3, 48, 256, 192, 192])
  })
})

describe('GoogLeNet as in table 1 of Szegedy et al. (2014)', () => {
  // A thousand parameters are 1024 there, without biases. Rows that do not fit the table's own channels (4c: 463, 5a: 1072,
  // the first: 2.7) are left out.
  test.each([
    ['conv2', 112, 360],
    ['inception_3a', 159, 128],
    ['inception_3b', 380, 304],
    ['inception_4a', 364, 73],
    ['inception_4b', 437, 88],
    ['inception_4e', 840, 170],
    ['inception_5b', 1388, 71],
    ['loss3', 1000, 1],
  ])('%s has about %i thousand parameters and %i million multiply-adds', (rows, thousands, millions) => {
    const facts = surveyArchitecture(releasedGoogLeNet).filter(({ name }) => name.startsWith(rows))
    const weights = facts.flatMap(({ weight }) => (weight ? [weight.reduce((a, b) => a * b)] : []))
    const inThousands = weights.reduce((a, b) => a + b) / 1024
    expect(Math.abs(inThousands / thousands - 1)).toBeLessThan(0.02)
    expect(Math.abs(totals(facts).multiplyAdds / 1e6 - millions)).toBeLessThan(1)
  })

  test('has 8.7 times fewer parameters than AlexNet; the paper says twelve', () => {
    expect(totalsOf(alexnet).parameters / totalsOf(releasedGoogLeNet).parameters).toBeCloseTo(8.71, 2)
  })

  test('takes 1.58 billion multiply-adds; the paper planned with 1.5', () => {
    expect(totalsOf(releasedGoogLeNet).multiplyAdds / 1e9).toBeCloseTo(1.58, 2)
  })

  test('is trained with 13.4 million parameters, nearly half of them in the auxiliary heads', () => {
    const facts = surveyArchitecture(trainedGoogLeNet)
    const heads = facts.filter(({ name }) => /^loss[12]\//.test(name))
    expect(totals(heads).parameters).toBe(headParameters(512) + headParameters(528))
    expect(totals(facts).parameters).toBe(6_998_552 + headParameters(512) + headParameters(528))
  })

  test('has the heads look at 4×4 places of 4a and 4d, as the paper says', () => {
    expect(outputOf(trainedGoogLeNet, 'loss1/ave_pool')).toBe('4×4×512')
    expect(outputOf(trainedGoogLeNet, 'loss2/ave_pool')).toBe('4×4×528')
  })
})

describe('Inception-BN as in figure 5 of Ioffe & Szegedy (2015)', () => {
  test.each([
    ['conv1/7x7_s2/bn', '112×112×64'],
    ['pool1/3x3_s2', '56×56×64'],
    ['conv2/3x3/bn', '56×56×192'],
    ['pool2/3x3_s2', '28×28×192'],
    ['inception_3a/output', '28×28×256'],
    ['inception_3b/output', '28×28×320'],
    ['inception_3c/output', '14×14×576'],
    ['inception_4a/output', '14×14×576'],
    ['inception_4b/output', '14×14×576'],
    // Printed as 576, 576 and 1024, see the architecture.
    ['inception_4c/output', '14×14×608'],
    ['inception_4d/output', '14×14×608'],
    ['inception_4e/output', '7×7×1056'],
    ['inception_5a/output', '7×7×1024'],
    ['inception_5b/output', '7×7×1024'],
    ['global_pool', '1×1×1024'],
  ])('%s gives %s', (name, output) => {
    expect(outputOf(inceptionBn, name)).toBe(output)
  })

  test('has 11.3 million parameters and takes 2.0 billion multiply-adds', () => {
    expect(totalsOf(inceptionBn).parameters).toBe(11_285_224)
    expect(totalsOf(inceptionBn).multiplyAdds / 1e9).toBeCloseTo(2.03, 2)
  })

  test('costs about 30 % more than GoogLeNet, as the paper says', () => {
    const ratio = totalsOf(inceptionBn).multiplyAdds / totalsOf(releasedGoogLeNet).multiplyAdds
    expect(ratio).toBeCloseTo(1.3, 1)
  })
})

describe('a survey', () => {
  test('names the layer whose inputs do not fit together', () => {
    expect(() => surveyArchitecture({ input: [3, 8, 8], walk: joinDifferentSizes })).toThrow(
      'joined joins 3×8×8 with 3×4×4',
    )
  })

  test('names the layer that cannot be cut into its groups', () => {
    expect(() => surveyArchitecture({ input: [3, 8, 8], walk: cutThreeIntoTwo })).toThrow(
      'cut cannot cut 3 channels into 2',
    )
  })
})

/** 512 or 528 channels to 128, the 4×4 places of those to 1024, those to 1000 classes, with biases. */
function headParameters(channels: number): number {
  return (channels + 1) * 128 + (16 * 128 + 1) * 1024 + 1025 * 1000
}

function joinDifferentSizes<Value>(layers: FamilyLayers<Value>, image: Value): Value {
  const half = layers.maxPool('half', image, { kernel: 2, stride: 2, pad: [0, 0] })
  return layers.concatenate('joined', [image, half])
}

function cutThreeIntoTwo<Value>(layers: FamilyLayers<Value>, image: Value): Value {
  return layers.convolution('cut', image, { outputs: 4, kernel: 1, stride: 1, pad: 0, groups: 2 })
}
