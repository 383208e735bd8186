import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CompressedLayer, restored, restoredBias } from '../../../../native-models/compress/compress.ts'
import {
  CompressedFileError,
  readCompressed,
  type StoredLayer,
  writeCompressed,
} from '../../../../native-models/compress/file.ts'
import { shiftCount } from '../../../../native-models/compress/share-weights.ts'
import { parameter, type Weights } from '../../../../native-models/onnx/read-weights.ts'

const network: readonly StoredLayer[] = [
  { name: 'first', shape: [2, 3, 3, 3] },
  { name: 'second', shape: [5, 2] },
]

/** Any layers of that network, with small and very large codes. */
const anyLayers = fc.tuple(...network.map(anyLayer))

function anyLayer({ name, shape }: StoredLayer): fc.Arbitrary<CompressedLayer> {
  const [outputs = 0, channels = 0, ...kernel] = shape
  const places = kernel.reduce((product, side) => product * side, 1)
  const code = fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 5, arbitrary: fc.integer({ min: -3, max: 3 }) },
    fc.integer({ min: -4095, max: 4095 }),
  )
  const step = fc.integer({ min: 1, max: 1000 }).map((thousandths) => Math.fround(thousandths / 1000))
  return fc
    .record({
      step,
      biasStep: step,
      codes: list(code, outputs * channels * places),
      shifts: list(fc.integer({ min: -127, max: 127 }), shiftCount),
      exponents: list(fc.integer({ min: -15, max: 15 }), channels),
      bias: list(fc.integer({ min: -2047, max: 2047 }), outputs),
    })
    .map((made) => ({
      name,
      step: made.step,
      codes: Int16Array.from(made.codes),
      shifts: Int8Array.from(made.shifts),
      exponents: Int8Array.from(made.exponents),
      bias: { step: made.biasStep, values: Int16Array.from(made.bias) },
    }))
}

function list(item: fc.Arbitrary<number>, length: number): fc.Arbitrary<number[]> {
  return fc.array(item, { minLength: length, maxLength: length })
}

describe('a compressed file', () => {
  test('gives back the weights that its codes stand for', () => {
    fc.assert(
      fc.property(anyLayers, (layers) => {
        const weights = readCompressed(writeCompressed(layers, network).bytes, network)
        for (const [index, layer] of layers.entries()) {
          const places = index === 0 ? 9 : 1
          expect(parameter(weights, `${layer.name}_w_0`).values).toEqual(restored(layer, places))
          expect(parameter(weights, `${layer.name}_b_0`).values).toEqual(restoredBias(layer.bias))
        }
      }),
      { numRuns: 30 },
    )
  })

  test('gives back the shapes', () => {
    const weights = readCompressed(writeCompressed(oneExample(), network).bytes, network)
    expect([...weights].map(([name, { shape }]) => [name, shape])).toEqual([
      ['first_w_0', [2, 3, 3, 3]],
      ['first_b_0', [2]],
      ['second_w_0', [5, 2]],
      ['second_b_0', [5]],
    ])
  })

  test('is refused at any length but its own', () => {
    const { bytes } = writeCompressed(oneExample(), network)
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readCompressed(bytes.subarray(0, length), network)).toThrow(CompressedFileError)
    }
    expect(() => readCompressed(Buffer.concat([bytes, Buffer.of(0)]), network)).toThrow(
      `should have ${bytes.length} bytes and has ${bytes.length + 1}`,
    )
  })

  test('is refused with any byte changed, or gives the same weights', () => {
    const { bytes } = writeCompressed(oneExample(), network)
    const right = readCompressed(bytes, network)
    const wrong = [...bytes.keys()].flatMap((at) =>
      [0x01, 0xff].filter((flip) => !refusedOrRight(bytes, at, flip, right)).map((flip) => ({ at, flip })),
    )
    expect(wrong).toEqual([])
  })

  test('is refused when it was changed in its weights', () => {
    const { bytes } = writeCompressed(oneExample(), network)
    const changed = Uint8Array.from(bytes)
    changed[64] = (changed[64] ?? 0) ^ 0xff
    expect(() => readCompressed(changed, network)).toThrow('was altered: fetch or make it again')
  })

  test.each([
    ['nothing', Buffer.alloc(0), 'does not begin with KGNC'],
    ['another file', Buffer.alloc(500, 'GIF89a'), 'does not begin with KGNC'],
    ['a file of a later version', laterVersion(), 'has version 2 of the format'],
  ])('is not %s', (_, bytes, message) => {
    expect(() => readCompressed(bytes, network)).toThrow(message)
  })

  test('is not that of another network', () => {
    const { bytes } = writeCompressed(oneExample(), network)
    const other = [network[0], { name: 'second', shape: [5, 5] }].filter((layer) => layer !== undefined)
    expect(() => readCompressed(bytes, other)).toThrow(CompressedFileError)
  })
})

function oneExample(): readonly CompressedLayer[] {
  const [layers] = fc.sample(anyLayers, { numRuns: 1, seed: 7 })
  if (!layers) throw new Error('No layers were made')
  return layers
}

function laterVersion(): Buffer {
  const bytes = Buffer.from(writeCompressed(oneExample(), network).bytes)
  bytes.writeUInt32LE(2, 4)
  return bytes
}

/** Whether a file with one byte changed is refused in words, or makes no difference. */
function refusedOrRight(bytes: Uint8Array, at: number, flip: number, right: Weights): boolean {
  const changed = Uint8Array.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ flip
  try {
    return isDeepStrictEqual(readCompressed(changed, network), right)
  } catch (error) {
    return error instanceof CompressedFileError
  }
}
