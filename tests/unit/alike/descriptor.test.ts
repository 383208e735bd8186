import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { randomSource } from '../../../electron/bench/synthetic-tags.ts'
import { createDescriber, largest, projected } from '../../../electron/core/alike/descriptor.ts'
import { pictureHash } from '../../../electron/core/alike/picture-hash.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'

const random = randomSource(7)
const floats = (length: number, least: number): Float32Array =>
  Float32Array.from({ length }, () => least + random())

describe('features that are kept', () => {
  it('are the plain product of the matrix and the features of length 1, where .226 is 127', () => {
    const [width, rows] = [40, 12]
    const features = floats(width, 0)
    const matrix = floats(width * rows, -0.5).map((value) => value / 4)
    const length = Math.hypot(...features)
    const expected = Array.from({ length: rows }, (_, row) => {
      const value = features.reduce(
        (sum, each, at) => sum + (each / length) * (matrix[row * width + at] ?? 0),
        0,
      )
      return Math.round((value / largest) * 127)
    })
    expect(expected.every((value) => Math.abs(value) < 127)).toBe(true)
    expect([...projected(features, matrix)]).toEqual(expected)
  })

  it('do not depend on how strong the features are as a whole', () => {
    const features = floats(32, 0)
    const matrix = floats(32 * 8, -0.5)
    expect(
      projected(
        features.map((value) => value * 8),
        matrix,
      ),
    ).toEqual(projected(features, matrix))
  })

  it('are cut off at 127', () => {
    expect([...projected(Float32Array.of(3, 4), Float32Array.of(1, 0, -1, 0))]).toEqual([127, -127])
  })

  it.each([[Float32Array.of(0, 0)], [Float32Array.of(Number.NaN, 1)]])('are zeros for %j', (features) => {
    expect([...projected(features, Float32Array.of(1, 0))]).toEqual([0])
  })
})

function projectionIn(matrix: Float32Array): { path: string; sha256: string } {
  const path = join(tempFolder(), 'projection.bin')
  writeFileSync(path, new Uint8Array(matrix.buffer))
  return { path, sha256: '0123456789abcdef'.repeat(4) }
}

describe('a descriptor', () => {
  it('is 256 bytes of features and the six words of the hash', () => {
    const matrix = floats(256 * 1024, -0.5).map((value) => value / 8)
    const describer = createDescriber(projectionIn(matrix))
    const features = floats(1024, 0)
    const rgb = Uint8Array.from({ length: 224 * 224 * 3 }, (_, at) => (at * 7919) % 251)
    const { bytes, version } = describer.describe(features, rgb)
    expect(bytes.length).toBe(280)
    expect([...new Int8Array(bytes.buffer, 0, 256)]).toEqual([...projected(features, matrix)])
    const view = new DataView(bytes.buffer, 256)
    expect([0, 1, 2, 3, 4, 5].map((word) => view.getUint32(word * 4, true))).toEqual([...pictureHash(rgb)])
    expect(version).toMatch(/^0123456789abcdef-\d+$/)
  })

  it('is not made with a file of another size, which is named', () => {
    const projection = projectionIn(new Float32Array(10))
    expect(() => createDescriber(projection)).toThrow(projection.path)
  })
})
