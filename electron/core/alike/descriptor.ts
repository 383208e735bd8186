import { readFileSync } from 'node:fs'
import type { ProjectionFile } from '../classify/model-files.ts'
import type { Descriptor } from '../library/photos/features.ts'
import { hashWords, pictureHash } from './picture-hash.ts'

/** Numbers that the features of a photo are kept in. */
export const components = 256
/** Numbers of the network. */
const featureCount = 1024
/** What 127 stands for: 99.9 % of values are smaller; larger ones are cut off. Measured on 2,100 photos. */
export const largest = 0.226
/** Bytes of a descriptor: features, then the words of the hash, little-endian. */
export const descriptorBytes = components + hashWords * 4
/** Grows when descriptors are made in another way from the same network. */
const makingVersion = 1

/** Says what photos look like: the same for all photos of a library, or they cannot be compared. */
export interface Describer {
  readonly version: string
  /**
   * @param features 1024 floats of the network
   * @param rgb the 224×224 RGB that it was shown
   */
  readonly describe: (features: Float32Array, rgb: Uint8Array) => Descriptor
}

/** @throws as `fs` does, and RangeError where the file is no projection */
export function createDescriber(projection: ProjectionFile): Describer {
  const bytes = readFileSync(projection.path)
  if (bytes.length !== components * featureCount * 4) {
    throw new RangeError(`${projection.path} has ${bytes.length} bytes and is no projection of features.`)
  }
  const matrix = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  const version = descriptorVersion(projection)
  return {
    version,
    describe: (features, rgb) => {
      const descriptor = new Uint8Array(descriptorBytes)
      descriptor.set(new Uint8Array(projected(features, matrix).buffer))
      const view = new DataView(descriptor.buffer)
      for (const [index, word] of pictureHash(rgb).entries())
        view.setUint32(components + index * 4, word, true)
      return { version, bytes: descriptor }
    },
  }
}

/** Descriptors of one version can be compared. */
export function descriptorVersion({ sha256 }: ProjectionFile): string {
  return `${sha256.slice(0, 16)}-${makingVersion}`
}

/**
 * Features brought to length 1, along each direction, as whole numbers from -127 to 127. Features of nothing but zeros,
 * or with something that is not a number among them, give zeros.
 * @param matrix a row per direction
 */
export function projected(features: Float32Array, matrix: Float32Array): Int8Array {
  const width = features.length
  const numbers = new Int8Array(matrix.length / width)
  const length = Math.sqrt(features.reduce((sum, value) => sum + value * value, 0))
  if (!(length > 0)) return numbers
  const scale = 127 / largest / length
  for (let row = 0; row < numbers.length; row += 1) {
    let sum = 0
    for (let column = 0, from = row * width; column < width; column += 1) {
      sum += (features[column] ?? 0) * (matrix[from + column] ?? 0)
    }
    numbers[row] = Math.max(-127, Math.min(127, Math.round(sum * scale)))
  }
  return numbers
}
