import { describe, expect, it } from 'vitest'
import { randomSource } from '../../../electron/bench/synthetic-tags.ts'
import {
  createBitGraph,
  differing,
  type BitGraph,
  type BitRows,
} from '../../../electron/core/alike/bit-graph.ts'

const words = 6

/** Rows around some centres, as photos of one place are. */
function clusteredRows(count: number): BitRows {
  const random = randomSource(11)
  const word = (): number => Math.floor(random() * 2 ** 32)
  const centres = Array.from({ length: 40 }, () => Array.from({ length: words }, word))
  const bits = new Uint32Array(count * words)
  for (let row = 0; row < count; row += 1) {
    bits.set(centres[Math.floor(random() * centres.length)] ?? [], row * words)
    for (let flipped = 0; flipped < 50; flipped += 1) {
      const bit = Math.floor(random() * words * 32)
      const at = row * words + (bit >>> 5)
      bits[at] = (bits[at] ?? 0) ^ (1 << (bit & 31))
    }
  }
  return { bits, words }
}

function nearestOf(rows: BitRows, others: readonly number[], row: number): number {
  let [nearest, least] = [-1, Infinity]
  for (const other of others) {
    const distance = other === row ? Infinity : differing(rows, other, rows.bits, row * words)
    if (distance < least) [nearest, least] = [other, distance]
  }
  return nearest
}

function graphOf(rows: BitRows, order: readonly number[]): BitGraph {
  const graph = createBitGraph()
  for (const row of order) graph.add(rows, row)
  return graph
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, row) => row)

describe('a graph of bits', () => {
  it('finds what is nearest to a row, and the row itself first', () => {
    const count = 3000
    const rows = clusteredRows(count)
    const graph = graphOf(rows, upTo(count))
    const asked = Array.from({ length: 150 }, (_, at) => at * 20)
    const found = asked.map((row) => [...graph.near(rows, rows.bits, row * words)])
    expect(found.filter(([first], at) => first === asked[at]).length).toBeGreaterThanOrEqual(149)
    const hits = asked.filter((row, at) => found[at]?.includes(nearestOf(rows, upTo(count), row)) === true)
    expect(hits.length).toBeGreaterThanOrEqual(148)
    const distances = (found[0] ?? []).map((row) => differing(rows, row, rows.bits, 0))
    expect(distances).toEqual(distances.toSorted((one, other) => one - other))
    expect(new Set(found[0]).size).toBe(80)
  })

  it('tells of a row that it takes up what is nearest to it of those before, in whatever order rows come', () => {
    const count = 3000
    const rows = clusteredRows(count)
    // 7 and 3,000 have no divisor in common, so that each comes once.
    const order = upTo(count).map((at) => (at * 7 + 2500) % count)
    const [first, then] = [order.slice(0, count - 100), order.slice(count - 100)]
    const graph = graphOf(rows, first)
    let hits = 0
    for (const [at, row] of then.entries()) {
      const before = new Set([...first, ...then.slice(0, at)])
      const found = [...graph.add(rows, row)]
      expect(found.filter((other) => !before.has(other))).toEqual([])
      hits += Number(found.includes(nearestOf(rows, [...before], row)))
    }
    expect(hits).toBeGreaterThanOrEqual(98)
  })

  it('finds all of a few, and nothing in nothing', () => {
    const rows = clusteredRows(20)
    expect([...createBitGraph().near(rows, rows.bits, 0)]).toEqual([])
    const graph = graphOf(rows, upTo(20))
    expect(graph.near(rows, rows.bits, 0)).toHaveLength(20)
  })

  it('takes rows that are all the same', () => {
    const rows = { bits: new Uint32Array(300 * words), words }
    const graph = graphOf(rows, upTo(300))
    // No direction leads to others there, so that not all are reached: many are.
    expect(graph.near(rows, rows.bits, 0).length).toBeGreaterThan(32)
  })
})
