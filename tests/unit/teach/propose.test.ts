import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Features } from '../../../electron/core/teach/features.ts'
import { learn, type Examples } from '../../../electron/core/teach/learn.ts'
import { bestRows, proposalsOf, questionsOf, standing } from '../../../electron/core/teach/propose.ts'
import { spreadOf } from '../../../electron/core/teach/spread.ts'

/** Photos around three points of a space of eight numbers, forty of each, one after the other. */
const perKind = 40
const size = 8
const library: Features = (() => {
  const rows = new Int8Array(3 * perKind * size)
  // The same each time: how a photo differs from its kind.
  let state = 7
  const noise = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return (state / 2_147_483_648 - 0.5) * 40
  }
  for (let row = 0; row < 3 * perKind; row += 1)
    for (let at = 0; at < size; at += 1)
      rows[row * size + at] = Math.round(noise() + (at === Math.floor(row / perKind) ? 80 : 0))
  return {
    version: 'one',
    count: 3 * perKind,
    photos: Uint32Array.from({ length: 3 * perKind }, (_, at) => 1000 + at),
    features: rows,
    size,
    rowOf: (id) => id - 1000,
  }
})()
const spread = spreadOf(library)
const kindOf = (row: number): number => Math.floor(row / perKind)

function orderBy(examples: Examples): { order: number[]; z: Float32Array } {
  const learnt = learn(library, spread, examples)
  if (learnt === null) throw new Error('Nothing was learnt')
  const z = standing(library, spread, learnt)
  const taken = new Set([...examples.given, ...examples.confirmed, ...examples.removed])
  return { order: bestRows(z, 3 * perKind, (row) => taken.has(row)), z }
}

describe('learning', () => {
  it('puts photos of the kind that was marked in front of all others', () => {
    const { order } = orderBy({ given: [0, 1, 2], confirmed: [], removed: [] })
    expect(order.slice(0, perKind - 3).map(kindOf)).toEqual(Array<number>(perKind - 3).fill(0))
  })

  it('learns from what is not the word', () => {
    const mixed = { given: [0, 1, 2, perKind], confirmed: [], removed: [] }
    const before = orderBy(mixed)
      .order.slice(0, 50)
      .filter((row) => kindOf(row) === 1).length
    const { order } = orderBy({ ...mixed, given: [0, 1, 2], removed: [perKind, perKind + 1, perKind + 2] })
    const after = order.slice(0, 50).filter((row) => kindOf(row) === 1).length
    expect(after).toBeLessThan(before)
    expect(kindOf(order[0] ?? -1)).toBe(0)
  })

  it('needs an example of what the word is', () => {
    expect(learn(library, spread, { given: [], confirmed: [], removed: [1] })).toBeNull()
  })

  it('takes the standing of rows in deviations of the library', () => {
    const learnt = learn(library, spread, { given: [0, 1, 2], confirmed: [], removed: [] })
    if (learnt === null) throw new Error('Nothing was learnt')
    const z = standing(library, spread, learnt)
    const mean = z.reduce((sum, each) => sum + each, 0) / z.length
    expect(mean).toBeCloseTo(0, 3)
    expect(z.reduce((sum, each) => sum + each * each, 0) / z.length).toBeCloseTo(1, 3)
  })
})

describe('the standing of rows', () => {
  it('is the same for any number of them', () => {
    for (let count = 0; count < 10; count += 1) {
      const features = { ...library, count }
      const learnt = {
        direction: Float64Array.from({ length: size }, (_, at) => at - 3),
        deviation: 2,
        level: 0,
      }
      const z = standing(features, spread, learnt)
      const plain = Array.from({ length: count }, (_, row) =>
        learnt.direction.reduce(
          (sum, along, at) =>
            sum + (along * ((library.features[row * size + at] ?? 0) - (spread.mean[at] ?? 0))) / 2,
          0,
        ),
      )
      expect(z).toHaveLength(count)
      for (const [row, wanted] of plain.entries()) expect(z[row]).toBeCloseTo(wanted, 3)
    }
  })
})

describe('the best rows', () => {
  it('are those that sorting all of them gives', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -5, max: 5, noNaN: true }), { maxLength: 60 }),
        fc.nat(70),
        fc.array(fc.nat(60)),
        (values, count, leftOut) => {
          const z = Float32Array.from(values)
          const out = new Set(leftOut)
          const sorted = [...z.keys()]
            .filter((row) => !out.has(row))
            .sort((a, b) => (z[b] ?? 0) - (z[a] ?? 0) || a - b)
          expect(bestRows(z, count, (row) => out.has(row))).toEqual(sorted.slice(0, count))
        },
      ),
    )
  })
})

describe('questions', () => {
  it('are asked of the ranks 1, 5, 9 … 37', () => {
    const ranks = Array.from({ length: 100 }, (_, at) => at + 1)
    expect(questionsOf(ranks)).toEqual([1, 5, 9, 13, 17, 21, 25, 29, 33, 37])
  })

  it('are spread over a short list, each photo once', () => {
    expect(questionsOf(['a', 'b', 'c'])).toEqual(['a', 'b', 'c'])
    expect(questionsOf(Array.from({ length: 20 }, (_, at) => at))).toEqual([
      0, 2, 4, 6, 8, 10, 12, 14, 16, 18,
    ])
    expect(questionsOf([])).toEqual([])
  })
})

describe('proposals', () => {
  const given = [0, 1, 2, 3, 4]
  const learnt = learn(library, spread, { given, confirmed: [], removed: [] })
  if (learnt === null) throw new Error('Nothing was learnt')
  // As if the kinds were rarer and stood out more.
  const z = standing(library, spread, learnt).map((value) => value * 3)
  const isLeftOut = (row: number): boolean => given.includes(row)

  it('are probabilities in whole percents from five marks on, the likeliest first', () => {
    const { claims, photoIds, scores } = proposalsOf(library, z, learnt, { marks: 5, answers: 0 }, isLeftOut)
    expect(claims).toBe(true)
    expect([...scores].every((score) => score % 100 === 0 && score > 0 && score <= 10_000)).toBe(true)
    expect([...scores]).toEqual([...scores].sort((a, b) => b - a))
    expect(photoIds.slice(0, 20).every((id) => kindOf(id - 1000) === 0)).toBe(true)
    expect(photoIds.some((id) => given.includes(id - 1000))).toBe(false)
  })

  it('are an order without claims where there are fewer', () => {
    const { claims, scores } = proposalsOf(library, z, learnt, { marks: 4, answers: 3 }, isLeftOut)
    expect(claims).toBe(false)
    expect([...scores].slice(0, 3)).toEqual([4999, 4998, 4997])
  })

  it('claim nothing of what hardly any photo seems to be, until there are answers', () => {
    // Of 120 photos one alone is likely.
    const few = z.map((value, row) => (row === 10 ? 9 : value - 9))
    expect(proposalsOf(library, few, learnt, { marks: 8, answers: 0 }, isLeftOut).claims).toBe(false)
    expect(proposalsOf(library, few, learnt, { marks: 8, answers: 1 }, isLeftOut).claims).toBe(true)
  })

  it('claim nothing where no photo is likely: of what many photos are none stands out', () => {
    const common = { ...learnt, level: -20 }
    expect(proposalsOf(library, z, common, { marks: 8, answers: 1 }, isLeftOut).claims).toBe(false)
  })
})
