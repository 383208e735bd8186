import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import proto from 'onnx-proto'
import * as v from 'valibot'
import { afterAll, describe, expect, it } from 'vitest'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { goldenPictures } from '../../../electron/core/classify/golden-pictures.ts'
import type { ModelFile } from '../../../electron/core/classify/model-files.ts'
import { fillInput, probabilitiesOf } from '../../../electron/core/classify/network-io.ts'
import { tryNetwork } from '../../../electron/core/classify/network-trial.ts'
import { externalFilesOf } from '../../../electron/core/classify/onnx-file.ts'
import { topFive } from '../../../electron/core/classify/top-five.ts'
import { networkInterface, type NetworkInterface } from '../../../electron/core/contract/networks.ts'
import { zooNetworks } from '../../../native-models/zoo/networks.ts'
import { graphWriter } from '../../../native-models/onnx/graph.ts'
import { otherInterface, otherNetwork } from '../../fixtures/other-network.ts'

const folder = mkdtempSync(join(tmpdir(), 'kartoteka-networks-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
function put(name: string, content: Uint8Array | string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const pictures = goldenPictures()
const file = (path: string, how: NetworkInterface = otherInterface): ModelFile => ({
  path,
  identity: { name: 'other', precision: 'fp32', sha256: '0'.repeat(64), network: 'other' },
  projection: null,
  interface: how,
})

describe('a photo as another network wants it', () => {
  const channel = fc.integer({ min: 0, max: 255 })
  const triple = fc.tuple(channel, channel, channel)

  it('has each channel where it belongs, in whatever layout and order', () => {
    fc.assert(
      fc.property(
        triple,
        fc.integer({ min: 0, max: 224 * 224 - 1 }),
        fc.constantFrom('nchw' as const, 'nhwc' as const),
        fc.constantFrom('rgb' as const, 'bgr' as const),
        triple,
        (colour, pixel, layout, order, mean) => {
          const rgb = new Uint8Array(224 * 224 * 3)
          rgb.set(colour, pixel * 3)
          const values = new Float32Array(rgb.length)
          fillInput(rgb, { layout, order, mean, deviation: [2, 4, 8] }, values)
          const wanted = [0, 1, 2].map((at) => ((colour[at] ?? 0) - (mean[at] ?? 0)) / 2 ** (at + 1))
          if (order === 'bgr') wanted.reverse()
          const found = [0, 1, 2].map(
            (at) => values[layout === 'nchw' ? at * 224 * 224 + pixel : pixel * 3 + at],
          )
          for (const at of [0, 1, 2]) expect(found[at]).toBeCloseTo(wanted[at] ?? 0, 3)
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('answers of another network', () => {
  it('become probabilities, also of very large logits', () => {
    const logits = new Float32Array(1000).fill(1000)
    logits[7] = 1010
    const probabilities = probabilitiesOf(logits, 'logits')
    expect(topFive(probabilities)[0]).toMatchObject({ classIndex: 7 })
    expect(probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 5)
  })

  it.each([
    [new Float32Array(1001), '1001 numbers'],
    [new Float32Array(1000).fill(Number.NaN), 'not a number'],
    [new Float32Array(1000).fill(1), 'may be logits'],
  ])('that are none are refused with a sentence', (values, why) => {
    expect(() => probabilitiesOf(values, 'probabilities')).toThrow(why)
  })
})

const shaped = (shape: readonly number[], classes: number): Uint8Array => {
  const graph = graphWriter('odd', 13)
  const flat = graph.node('flat', 'Flatten', ['photo'])
  const inputs = shape.slice(1).reduce((product, size) => product * size, 1)
  const weights = graph.constant('weights', new Float32Array(inputs * classes), [inputs, classes])
  const out = graph.node('out', 'MatMul', [flat, weights])
  return graph.write(
    [{ name: 'photo', type: 'float', shape }],
    [{ name: out, type: 'float', shape: [1, classes] }],
  )
}

describe('the trial of a network', () => {
  it.each([
    otherInterface,
    {
      input: { layout: 'nchw', order: 'rgb', mean: [0, 0, 0], deviation: [255, 255, 255] },
      output: 'probabilities',
    },
  ] satisfies NetworkInterface[])('finds that one of $input.layout and $output works', async (how) => {
    const path = put(`${how.input.layout}.onnx`, otherNetwork([], how))
    expect(await tryNetwork(file(path, how))).toMatchObject({ outcome: 'works', recognised: 4, shown: 4 })
    const classifier = await createClassifier({ model: file(path, how), provider: 'cpu' })
    const { probabilities, features } = await classifier.classify(
      pictures[0]?.rgb ?? new Uint8Array(),
      'features',
    )
    expect(topFive(probabilities)[0]).toMatchObject({ classIndex: 920 })
    expect(features).toHaveLength(0)
    await classifier.release()
  })

  it('says so of one whose classes are in another order', async () => {
    // Shown in other colours, nothing looks as it did.
    const path = put('order.onnx', otherNetwork([]))
    const how = { ...otherInterface, input: { ...otherInterface.input, mean: [-900, 400, 9000] as const } }
    const trial = await tryNetwork(file(path, v.parse(networkInterface, how)))
    expect(trial.recognised).toBeLessThan(4)
  })

  it.each([
    ['takes other photos', shaped([1, 8, 8, 3], 1000), 'unusable', 'instead of float32[1, 224, 224, 3]'],
    ['knows other classes', shaped([1, 224, 224, 3], 7), 'unusable', 'instead of 1000 numbers'],
    ['is no network', Buffer.from('a letter'), 'unusable', 'protobuf'],
  ])('refuses one that %s', async (_, content, outcome, why) => {
    const trial = await tryNetwork(file(put('odd.onnx', content)))
    expect(trial).toMatchObject({ outcome, milliseconds: null })
    expect(trial.reason.toLowerCase()).toContain(why)
  })

  it('refuses one that says the same of every picture', async () => {
    const graph = graphWriter('dull', 13)
    const zero = graph.node('zero', 'Mul', ['photo', graph.scalar('none', 0)])
    const sum = graph.node('sum', 'ReduceSum', [zero], { attributes: { keepdims: 0 } })
    const out = graph.node('out', 'Add', [graph.constant('biases', new Float32Array(1000), [1, 1000]), sum])
    const content = graph.write(
      [{ name: 'photo', type: 'float', shape: [1, 224, 224, 3] }],
      [{ name: out, type: 'float', shape: [1, 1000] }],
    )
    expect(await tryNetwork(file(put('dull.onnx', content)))).toMatchObject({
      outcome: 'wrong',
      reason: expect.stringContaining('the same of every picture'),
    })
  })
})

describe('an ONNX file', () => {
  const whole = otherNetwork([])

  it('that is whole names no other file', () => {
    expect(externalFilesOf(put('whole.onnx', whole))).toEqual([])
  })

  it('is told from one that is cut off, wherever that is, and from anything else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: whole.length - 1 }), (length) => {
        const path = put('cut.onnx', whole.subarray(0, length))
        expect(() => externalFilesOf(path)).toThrow(/cut\.onnx is (cut off or damaged|no ONNX file)/)
      }),
      { numRuns: 20 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        expect(() => externalFilesOf(put('any.onnx', bytes))).toThrow(/any\.onnx is/)
      }),
      { numRuns: 100 },
    )
    expect(() => externalFilesOf(put('empty.onnx', ''))).toThrow('empty.onnx is empty')
    expect(() => externalFilesOf(put('photo.onnx', Buffer.from([0xff, 0xd8, 0xff, 0xe0])))).toThrow(
      'no ONNX file',
    )
  })

  it('that is too large is not read at all', () => {
    const path = put('large.onnx', whole)
    truncateSync(path, 2 ** 31)
    expect(() => externalFilesOf(path)).toThrow('large.onnx has 2147 MB')
  })

  it('names the files in which it keeps constants, also those of an inner graph', () => {
    const { ModelProto, TensorProto, AttributeProto } = proto.onnx
    const tensor = (location: string) => ({
      name: location,
      dataLocation: TensorProto.DataLocation.EXTERNAL,
      externalData: [{ key: 'location', value: location }],
    })
    const content = ModelProto.encode({
      irVersion: 8,
      graph: {
        initializer: [tensor('weights.bin')],
        node: [
          {
            opType: 'If',
            attribute: [
              {
                name: 'then_branch',
                type: AttributeProto.AttributeType.GRAPH,
                g: { initializer: [tensor('../elsewhere.bin')] },
              },
            ],
          },
        ],
      },
    }).finish()
    mkdirSync(join(folder, 'inner'), { recursive: true })
    expect(externalFilesOf(put('inner/network.onnx', content)).toSorted()).toEqual([
      '../elsewhere.bin',
      'weights.bin',
    ])
  })
})

describe('networks of the zoo', () => {
  it('are described as the contract wants it, each once', () => {
    for (const each of zooNetworks) expect(v.is(networkInterface, each.interface)).toBe(true)
    for (const key of ['id', 'name', 'file', 'sha256'] as const) {
      expect(new Set(zooNetworks.map((each) => each[key])).size).toBe(zooNetworks.length)
    }
  })
})
