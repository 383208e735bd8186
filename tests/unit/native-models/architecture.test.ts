import { describe, expect, test } from 'vitest'
import { auxiliaryHeads, inceptions } from '../../../native-models/googlenet/architecture.ts'
import { survey } from '../../../native-models/googlenet/shapes.ts'

describe('GoogLeNet as in table 1 of the paper', () => {
  const { layers, parameters } = survey()
  const shapeOf = (name: string) => layers.find((layer) => layer.name === name)?.shape

  // The paper writes height × width × channels.
  test.each([
    ['conv1/7x7_s2', 112, 64],
    ['pool1/3x3_s2', 56, 64],
    ['conv2/3x3', 56, 192],
    ['pool2/3x3_s2', 28, 192],
    ['inception_3a/output', 28, 256],
    ['inception_3b/output', 28, 480],
    ['pool3/3x3_s2', 14, 480],
    ['inception_4a/output', 14, 512],
    ['inception_4b/output', 14, 512],
    ['inception_4c/output', 14, 512],
    ['inception_4d/output', 14, 528],
    ['inception_4e/output', 14, 832],
    ['pool4/3x3_s2', 7, 832],
    ['inception_5a/output', 7, 832],
    ['inception_5b/output', 7, 1024],
    ['pool5/7x7_s1', 1, 1024],
    ['loss3/classifier', 1, 1000],
    ['prob', 1, 1000],
  ])('%s gives %i rows and columns of %i channels', (name, side, channels) => {
    expect(shapeOf(name)).toEqual([channels, side, side])
  })

  test('has nine inception modules', () => {
    expect(inceptions.map(({ name }) => name.replace('inception_', ''))).toEqual([
      '3a',
      '3b',
      '4a',
      '4b',
      '4c',
      '4d',
      '4e',
      '5a',
      '5b',
    ])
  })

  test('has 57 convolutions and one fully connected layer', () => {
    const kernels = parameters.filter(({ shape }) => shape.length === 4)
    const matrices = parameters.filter(({ shape }) => shape.length === 2)
    expect([kernels.length, matrices.length]).toEqual([57, 1])
  })

  test('has 6,998,552 parameters', () => {
    const total = parameters.reduce((sum, { shape }) => sum + shape.reduce((size, n) => size * n, 1), 0)
    expect(total).toBe(6_998_552)
  })

  test('leaves the auxiliary heads to training', () => {
    expect(auxiliaryHeads.map(({ after }) => after)).toEqual(['inception_4a', 'inception_4d'])
    for (const { name } of auxiliaryHeads) {
      expect(layers.some((layer) => layer.name.startsWith(name))).toBe(false)
    }
  })
})
