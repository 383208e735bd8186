import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomSource } from '../../../electron/bench/synthetic-tags.ts'
import { createCandidates, type Candidates } from '../../../electron/core/alike/candidates.ts'
import { components, largest } from '../../../electron/core/alike/descriptor.ts'
import type { FeatureTable } from '../../../electron/core/alike/load-features.ts'
import {
  distanceOf,
  isMirroredPicture,
  isSamePicture,
  nearRows,
  type NearPair,
} from '../../../electron/core/alike/near-duplicates.ts'
import {
  differingBits,
  hashWords,
  mirroredHash,
  pictureHash,
} from '../../../electron/core/alike/picture-hash.ts'
import { createSignIndex } from '../../../electron/core/alike/sign-bits.ts'
import { syntheticFeatures } from '../../fixtures/features.ts'

/** Photos of their own, and after them one variant of each of the first `variants`. */
function tableOf(count: number, variants: number, mirror = false): FeatureTable {
  const random = randomSource(3)
  const table = syntheticFeatures(count + variants, count + variants)
  for (let word = 0; word < table.hashes.length; word += 1)
    table.hashes[word] = Math.floor(random() * 2 ** 32)
  for (let at = 0; at < variants; at += 1) {
    const row = count + at
    for (let component = 0; component < components; component += 1) {
      const value = (table.features[at * components + component] ?? 0) + Math.round((random() - 0.5) * 12)
      table.features[row * components + component] = Math.max(-127, Math.min(127, value))
    }
    const hash = table.hashes.slice(at * hashWords, (at + 1) * hashWords)
    for (let flipped = 0; flipped < 14; flipped += 1) {
      const bit = Math.floor(random() * 192)
      hash[bit >>> 5] = (hash[bit >>> 5] ?? 0) ^ (1 << (bit & 31))
    }
    table.hashes.set(mirror ? mirroredHash(hash) : hash, row * hashWords)
  }
  return table
}

/** @param isNew of rows */
function pairsBy(
  candidates: Candidates,
  table: FeatureTable,
  isNew: (row: number) => boolean = () => true,
): NearPair[] {
  const compared = new Set<number>()
  const pairs: NearPair[] = []
  for (let row = 0; row < table.count; row += 1) if (!isNew(row)) compared.add(row)
  for (const _ of candidates.bring(table, table.count, (row) => compared.has(row)));
  for (let row = 0; row < table.count; row += 1) {
    if (table.photos[row] === 0 || compared.has(row)) continue
    const mirrored = mirroredHash(table.hashes.subarray(row * hashWords, (row + 1) * hashWords))
    const others = candidates.of(row, mirrored, (other) => compared.has(other))
    pairs.push(...nearRows(table, row, mirrored, others).pairs)
    compared.add(row)
  }
  return pairs.toSorted((one, other) => one.one - other.one)
}

describe('whether two photos are one picture', () => {
  it.each([
    [0.012, 192, true],
    [0.013, 192, false],
    [0.03, 60, true],
    [0.03, 61, false],
    [0.065, 50, true],
    [0.066, 50, false],
    [0.1, 30, true],
    [0.1, 31, false],
    [0.25, 24, true],
    [0.26, 24, false],
    [2, 16, true],
    [2, 17, false],
  ])('at a distance of %s and with %s other bits: %s', (distance, bits, same) => {
    expect(isSamePicture(distance, bits)).toBe(same)
  })

  it('takes more in the mirror', () => {
    expect([isMirroredPicture(0.2, 24), isMirroredPicture(0.001, 25), isMirroredPicture(0.21, 0)]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('is by half the square of the distance of their features, as the network gave them', () => {
    const table = syntheticFeatures(2, 2)
    let sum = 0
    for (let at = 0; at < components; at += 1) {
      sum += (((table.features[at] ?? 0) - (table.features[components + at] ?? 0)) * (largest / 127)) ** 2
    }
    expect(distanceOf(table, 0, 1)).toBeCloseTo(sum / 2, 6)
  })

  it('is told to be beyond what is asked for where it is, and else as it is', () => {
    const table = syntheticFeatures(60, 3)
    fc.assert(
      fc.property(fc.nat(59), fc.nat(59), fc.double({ min: 0, max: 1, noNaN: true }), (one, other, most) => {
        const distance = distanceOf(table, one, other)
        const told = distanceOf(table, one, other, most)
        expect(told <= distance).toBe(true)
        expect(told > most || told === distance).toBe(true)
        expect(told > most).toBe(distance > most)
      }),
    )
  })
})

describe.each([
  ['each compared with every other', Infinity],
  ['sought in an index', 0],
])('pairs of a library, %s', (_, leastForIndex) => {
  const pairsOf = (table: FeatureTable, isNew?: (row: number) => boolean): NearPair[] =>
    pairsBy(createCandidates(createSignIndex(), leastForIndex), table, isNew)

  it.each([false, true])('are found; in the mirror: %s', (mirrored) => {
    const table = tableOf(1500, 150, mirrored)
    const pairs = pairsOf(table)
    expect(pairs.every(({ one, other }) => other === one + 1500)).toBe(true)
    expect(pairs.length).toBeGreaterThanOrEqual(148)
    expect(pairs.every((pair) => pair.mirrored === mirrored)).toBe(true)
  })

  it('are those of what is new, each once', () => {
    const table = tableOf(300, 30)
    const all = pairsOf(table)
    expect(pairsOf(table, (row) => row >= 300)).toEqual(all)
    expect(pairsOf(table, (row) => row < 10).map(({ one }) => one)).toEqual(
      all.map(({ one }) => one).filter((one) => one < 10),
    )
    expect(pairsOf(table, () => false)).toEqual([])
  })

  it('are found again in another look, also of what is not settled yet', () => {
    const candidates = createCandidates(createSignIndex(), leastForIndex)
    const table = { ...tableOf(300, 30), settled: 315 }
    const all = pairsBy(candidates, table)
    expect(all.length).toBeGreaterThanOrEqual(29)
    expect(pairsBy(candidates, table)).toEqual(all)
    expect(pairsBy(candidates, { ...table, settled: table.count })).toEqual(all)
  })

  it('are none of plain surfaces', () => {
    const table = tableOf(300, 30)
    for (const row of [0, 300]) table.hashes.fill(0, row * hashWords, row * hashWords + 4)
    expect(pairsOf(table).map(({ one }) => one)).not.toContain(0)
  })

  it('are none with rows that count no more', () => {
    const table = tableOf(300, 30)
    table.photos[300] = 0
    expect(pairsOf(table).map(({ one }) => one)).not.toContain(0)
  })
})

describe('a hash in the mirror', () => {
  it('is nearly that of the picture in the mirror', () => {
    const random = randomSource(8)
    const waves = Array.from({ length: 12 }, () => [random() * 0.08, random() * 0.08, random() * 6] as const)
    const grey = (x: number, y: number): number =>
      waves.reduce((sum, [across, down, phase]) => sum + 9 * Math.sin(across * x + down * y + phase), 128)
    const picture = (of: (x: number) => number): Uint8Array =>
      Uint8Array.from({ length: 224 * 224 * 3 }, (_, at) => {
        const pixel = Math.floor(at / 3)
        return grey(of(pixel % 224), Math.floor(pixel / 224))
      })
    const plain = pictureHash(picture((x) => x))
    const inMirror = pictureHash(picture((x) => 223 - x))
    expect(differingBits(mirroredHash(plain), 0, inMirror, 0)).toBeLessThanOrEqual(8)
    expect(differingBits(plain, 0, inMirror, 0)).toBeGreaterThan(50)
    expect(mirroredHash(mirroredHash(plain))).toEqual(plain)
  })
})
