import { describe, expect, it } from 'vitest'
import { randomSource } from '../../../electron/bench/synthetic-tags.ts'
import { bitCount, differingBits, pictureHash } from '../../../electron/core/alike/picture-hash.ts'

const side = 224

/** A grey picture by what each pixel is. */
function picture(grey: (x: number, y: number) => number): Uint8Array {
  const rgb = new Uint8Array(side * side * 3)
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) rgb.fill(grey(x, y), (y * side + x) * 3, (y * side + x) * 3 + 3)
  }
  return rgb
}

/** Soft blobs, as different from each other as photos are. */
function blobs(seed: number): (x: number, y: number) => number {
  const random = randomSource(seed)
  const waves = Array.from({ length: 12 }, () => ({
    x: random() * 0.08,
    y: random() * 0.08,
    phase: random() * 6,
  }))
  return (x, y) =>
    128 + waves.reduce((sum, wave) => sum + 9 * Math.sin(wave.x * x + wave.y * y + wave.phase), 0)
}

function halves(left: readonly number[], right: readonly number[]): Uint8Array {
  const rgb = picture(() => 0)
  for (let pixel = 0; pixel < side * side; pixel += 1) {
    rgb.set(pixel % side < side / 2 ? left : right, pixel * 3)
  }
  return rgb
}

const bitsOf = (hash: Uint32Array, from: number): number[] =>
  Array.from({ length: 64 }, (_, bit) => ((hash[(from + bit) >>> 5] ?? 0) >>> (bit & 31)) & 1)

describe('a picture hash', () => {
  it('has a one wherever it grows lighter to the right, and none where it does not downward', () => {
    const hash = pictureHash(picture((x) => x))
    expect(bitsOf(hash, 0)).toEqual(Array.from({ length: 64 }, () => 1))
    expect(bitsOf(hash, 64)).toEqual(Array.from({ length: 64 }, () => 0))
  })

  it('has the same downward', () => {
    const hash = pictureHash(picture((_, y) => y))
    expect(bitsOf(hash, 0)).toEqual(Array.from({ length: 64 }, () => 0))
    expect(bitsOf(hash, 64)).toEqual(Array.from({ length: 64 }, () => 1))
  })

  it('has the frequencies above the median of the cosine transform, by its definition', () => {
    const grey = blobs(3)
    // Blocks of 7×7 that are of one grey: their means are what they are.
    const block = (x: number, y: number): number => Math.round(grey(x * 7, y * 7))
    const hash = pictureHash(picture((x, y) => block(Math.floor(x / 7), Math.floor(y / 7))))
    const values: number[] = []
    for (let sum = 1; values.length < 64; sum += 1) {
      for (let v = 0; v <= sum && values.length < 64; v += 1) {
        const u = sum - v
        let value = 0
        for (let y = 0; y < 32; y += 1) {
          for (let x = 0; x < 32; x += 1) {
            value +=
              block(x, y) *
              Math.cos((Math.PI * u * (2 * x + 1)) / 64) *
              Math.cos((Math.PI * v * (2 * y + 1)) / 64)
          }
        }
        values.push(value * (u === 0 ? Math.SQRT1_2 : 1) * (v === 0 ? Math.SQRT1_2 : 1))
      }
    }
    const sorted = values.toSorted((one, other) => one - other)
    const median = ((sorted[31] ?? 0) + (sorted[32] ?? 0)) / 2
    expect(bitsOf(hash, 128)).toEqual(values.map((value) => (value > median ? 1 : 0)))
  })

  it('weighs colours as eyes do', () => {
    const lighter = bitsOf(pictureHash(halves([0, 0, 255], [0, 255, 0])), 0)
    const darker = bitsOf(pictureHash(halves([0, 255, 0], [0, 0, 255])), 0)
    expect(lighter).toContain(1)
    expect(darker).not.toContain(1)
  })

  it('hardly changes when a picture gets lighter and has more contrast, and does for another picture', () => {
    const one = pictureHash(picture(blobs(1)))
    const grey = blobs(1)
    const lighter = pictureHash(picture((x, y) => grey(x, y) * 1.1 + 5))
    const other = pictureHash(picture(blobs(2)))
    expect(differingBits(one, 0, one, 0)).toBe(0)
    expect(differingBits(one, 0, lighter, 0)).toBeLessThan(8)
    expect(differingBits(one, 0, other, 0)).toBeGreaterThan(50)
  })
})

describe('bits', () => {
  it('are counted', () => {
    expect([0, 1, 0x8000_0000, 0xffff_ffff, 0x0f0f_0f0f].map(bitCount)).toEqual([0, 1, 1, 32, 16])
  })
})
