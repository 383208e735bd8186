import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomSource } from '../../../electron/bench/synthetic-tags.ts'
import { createHashBands, type HashBands } from '../../../electron/core/alike/hash-bands.ts'
import { differingBits, hashWords } from '../../../electron/core/alike/picture-hash.ts'

/** Drawn hashes; the last of them is the first with these bits changed. */
function hashesWith(count: number, changed: readonly number[]): Uint32Array {
  const random = randomSource(5)
  const hashes = Uint32Array.from({ length: count * hashWords }, () => Math.floor(random() * 2 ** 32))
  const last = (count - 1) * hashWords
  hashes.copyWithin(last, 0, hashWords)
  for (const bit of changed)
    hashes[last + (bit >>> 5)] = (hashes[last + (bit >>> 5)] ?? 0) ^ (1 << (bit & 31))
  return hashes
}

function bandsOf(hashes: Uint32Array, rows: readonly number[]): HashBands {
  const bands = createHashBands()
  for (const row of rows) bands.add(hashes, row)
  return bands
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, row) => row)

describe('bands of hashes', () => {
  it('find all rows that differ in less than twelve bits', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(191), { maxLength: 11 }), (changed) => {
        const hashes = hashesWith(40, changed)
        const bands = bandsOf(hashes, upTo(39))
        expect(differingBits(hashes, 0, hashes, 39 * hashWords)).toBe(changed.length)
        expect(bands.near(hashes, 39)).toContain(0)
      }),
    )
  })

  it('find few of those that have nothing in common, in whatever order they came', () => {
    const hashes = hashesWith(2000, [0, 50, 100])
    const bands = bandsOf(hashes, upTo(2000).toReversed())
    expect(bands.near(hashes, 0)).toContain(1999)
    // Two hashes are the same in a band of 16 bits once in 65,536 times: .4 of 2,000 are in one of twelve.
    expect(bands.near(hashes, 0).size).toBeLessThan(10)
  })

  it('give the latest of many that are the same, and nothing of none', () => {
    const hashes = new Uint32Array(1000 * hashWords)
    expect(createHashBands().near(hashes, 0).size).toBe(0)
    const found = bandsOf(hashes, upTo(1000)).near(hashes, 0)
    expect([...found].toSorted((one, other) => one - other)).toEqual(upTo(64).map((at) => 936 + at))
  })
})
