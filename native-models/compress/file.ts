import { createHash } from 'node:crypto'
import { biasName, survey, weightName } from '../googlenet/shapes.ts'
import type { Parameter, Weights } from '../onnx/read-weights.ts'
import { type CompressedLayer, largestBias, restored, restoredBias } from './compress.ts'
import { layerInputs } from './input-statistics.ts'
import { codeEven, type CodeModels, codeModels, codeTables, codeWeights } from './layer-format.ts'
import { type BitCoder, bitDecoder, bitEncoder } from './range-coder.ts'
import { shiftCount } from './share-weights.ts'

/**
 * A compressed network as a file, numbers little-endian:
 *
 * | bytes | what |
 * | --- | --- |
 * | 4 | `KGNC` |
 * | 4 | version |
 * | 4 | bytes of what follows the header |
 * | 32 | SHA-256 of the weights as they are restored: float32, of each layer weights and bias |
 * | 8 a layer | the step of its weights and of its bias, float32 |
 * | the rest | of each layer exponents, shifts, codes and bias, in one arithmetic code |
 */
const magic = 'KGNC'
const version = 1
const headerBytes = 44
const hashBytes = 32
const stepsBytes = 8
const biasBits = 12

/** The file is not what it should be; the message says how. */
export class CompressedFileError extends Error {
  override readonly name = 'CompressedFileError'
}

/** A layer of the network that a file holds. */
export interface StoredLayer {
  readonly name: string
  /** Outputs × input channels, and × rows × columns of a convolution's kernel. */
  readonly shape: readonly number[]
}

/** The layers of GoogLeNet in the order of computation. */
function googlenetLayers(): StoredLayer[] {
  const shapes = new Map(survey().parameters.map(({ name, shape }) => [name, shape]))
  return layerInputs().map(({ layer }) => ({ name: layer, shape: shapes.get(weightName(layer)) ?? [] }))
}

export interface WrittenFile {
  readonly bytes: Uint8Array
  /** Of each layer's part of the arithmetic code and its steps. */
  readonly layerBytes: ReadonlyMap<string, number>
}

/** @param network what the layers are, in the same order; default GoogLeNet's. */
export function writeCompressed(
  layers: readonly CompressedLayer[],
  network: readonly StoredLayer[] = googlenetLayers(),
): WrittenFile {
  const steps = Buffer.alloc(network.length * stepsBytes)
  const encoder = bitEncoder()
  const models = codeModels()
  const layerBytes = new Map<string, number>()
  for (const [index, stored] of network.entries()) {
    const layer = layers[index]
    if (layer?.name !== stored.name) throw new Error(`${stored.name} is missing`)
    const before = encoder.length()
    steps.writeFloatLE(layer.step, index * stepsBytes)
    steps.writeFloatLE(layer.bias.step, index * stepsBytes + 4)
    codeLayer(encoder, models, stored, layer)
    layerBytes.set(stored.name, encoder.length() - before + stepsBytes)
  }
  const body = Buffer.concat([steps, encoder.finish()])
  const header = Buffer.alloc(headerBytes)
  header.write(magic, 'latin1')
  header.writeUInt32LE(version, 4)
  header.writeUInt32LE(body.length, 8)
  hashOf(restoredWeights(layers, network)).copy(header, headerBytes - hashBytes)
  return { bytes: Buffer.concat([header, body]), layerBytes }
}

/**
 * Restores a network's weights.
 * @throws CompressedFileError when the file was cut, altered, or is something else.
 */
export function readCompressed(
  file: Uint8Array,
  network: readonly StoredLayer[] = googlenetLayers(),
): Weights {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (bytes.length < headerBytes || bytes.toString('latin1', 0, 4) !== magic) {
    throw new CompressedFileError('This is no compressed network: it does not begin with KGNC')
  }
  const found = bytes.readUInt32LE(4)
  if (found !== version) {
    throw new CompressedFileError(
      `The compressed network has version ${found} of the format, and this program reads version ${version}`,
    )
  }
  const length = bytes.readUInt32LE(8) + headerBytes
  if (length !== bytes.length) {
    throw new CompressedFileError(
      `The compressed network should have ${length} bytes and has ${bytes.length}: fetch or make it again`,
    )
  }
  const weights = restoredWeights(decodedLayers(bytes, network), network)
  if (!hashOf(weights).equals(bytes.subarray(headerBytes - hashBytes, headerBytes))) throw altered()
  return weights
}

function altered(): CompressedFileError {
  return new CompressedFileError('The compressed network was altered: fetch or make it again')
}

function decodedLayers(bytes: Buffer, network: readonly StoredLayer[]): CompressedLayer[] {
  const codeStart = headerBytes + network.length * stepsBytes
  if (bytes.length < codeStart) throw altered()
  const decoder = bitDecoder(bytes.subarray(codeStart))
  const models = codeModels()
  return network.map((stored, index) => {
    const [outputs = 0, channels = 0] = stored.shape
    const at = headerBytes + index * stepsBytes
    const layer = {
      name: stored.name,
      codes: new Int16Array(outputs * channels * placesOf(stored)),
      step: bytes.readFloatLE(at),
      shifts: new Int8Array(shiftCount),
      exponents: new Int8Array(channels),
      bias: { step: bytes.readFloatLE(at + 4), values: new Int16Array(outputs) },
    }
    codeLayer(decoder, models, stored, layer)
    return layer
  })
}

/** Places of a kernel. */
function placesOf({ shape: [, , rows = 1, columns = 1] }: StoredLayer): number {
  return rows * columns
}

/** Writes a layer, or fills it with what is read. */
function codeLayer(
  coder: BitCoder,
  models: CodeModels,
  stored: StoredLayer,
  { exponents, shifts, codes, bias }: CompressedLayer,
): void {
  const places = placesOf(stored)
  codeTables(coder, models, { exponents, shifts })
  if (!codeWeights(coder, models, codes, exponents.length * places, places)) throw altered()
  for (const [output, value] of bias.values.entries()) {
    bias.values[output] = codeEven(coder, biasBits, value + largestBias) - largestBias
  }
}

/** Weights and biases as the network takes them, layer by layer. */
function restoredWeights(
  layers: readonly CompressedLayer[],
  network: readonly StoredLayer[],
): Map<string, Parameter> {
  const weights = new Map<string, Parameter>()
  for (const [index, layer] of layers.entries()) {
    const stored = network[index]
    if (!stored) continue
    const values = restored(layer, placesOf(stored))
    const bias = restoredBias(layer.bias)
    weights.set(weightName(layer.name), { values, shape: stored.shape })
    weights.set(biasName(layer.name), { values: bias, shape: [bias.length] })
  }
  return weights
}

function hashOf(weights: Weights): Buffer {
  const hash = createHash('sha256')
  for (const { values } of weights.values()) {
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  }
  return hash.digest()
}
