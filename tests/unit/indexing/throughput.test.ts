import { describe, expect, it } from 'vitest'
import { createThroughput } from '../../../electron/core/indexing/throughput.ts'

describe('how fast a run goes', () => {
  it('is unknown at first, and nobody guesses how long it will take', () => {
    const pace = createThroughput()
    expect(pace.rate(0)).toBe(0)
    expect(pace.secondsFor(100, 0)).toBeNull()
    expect(pace.secondsFor(0, 0)).toBe(0)
  })

  it('is photos per second over the last seconds', () => {
    const pace = createThroughput()
    for (let second = 0; second <= 60; second++) pace.add(second < 30 ? 10 : 20, second * 1000)
    expect(pace.rate(60_000)).toBeCloseTo(20, 0)
    expect(pace.secondsFor(2000, 60_000)).toBe(100)
  })

  it('is the same between two batches as at them, and falls when nothing comes', () => {
    const pace = createThroughput()
    for (let second = 0; second <= 10; second += 2) pace.add(240, second * 1000)
    expect(pace.rate(10_000)).toBe(120)
    expect(pace.rate(11_900)).toBe(120)
    expect(pace.rate(14_000)).toBeLessThan(100)
  })

  it('starts anew after sleep, and whenever time makes no sense', () => {
    const pace = createThroughput()
    pace.add(100, 0)
    pace.add(100, 1000)
    pace.add(1, 3_600_000)
    expect(pace.secondsFor(10, 3_600_000)).toBeNull()
    pace.add(10, 3_601_000)
    expect(pace.rate(3_601_000)).toBeCloseTo(10)
    pace.add(5, 100)
    expect(pace.secondsFor(10, 100)).toBeNull()
  })
})
