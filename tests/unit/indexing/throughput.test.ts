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

  it('does not count the time of a pause, short or long', () => {
    for (const rest of [1000, 3000, 600_000]) {
      const pace = createThroughput()
      for (let second = 0; second <= 10; second++) {
        pace.add(10, second * 1000)
        pace.pass(second * 1000, second === 10)
      }
      for (let passed = 200; passed <= rest; passed += 200) pace.pass(10_000 + passed, passed < rest)
      const now = 10_000 + rest
      expect(pace.rate(now)).toBeCloseTo(10)
      pace.add(10, now + 1000)
      pace.pass(now + 1000, false)
      expect(pace.secondsFor(100, now + 1000)).toBe(10)
    }
  })

  it('tells what is left within a factor of 1.5 after ten seconds, however uneven photos are', () => {
    // Milliseconds a photo takes: most are small, one in ten is a large one; they come in batches of a second.
    const times = Array.from({ length: 3000 }, (_, photo) => (photo % 10 === 7 ? 120 : 20))
    const pace = createThroughput()
    let now = 0
    let finished = 0
    let batch = 0
    for (const time of times) {
      now += time
      batch++
      if (Math.floor(now / 1000) > Math.floor((now - time) / 1000)) {
        pace.add(batch, now)
        finished += batch
        batch = 0
      }
      if (now > 10_000) break
    }
    const left = times.slice(finished).reduce((sum, time) => sum + time, 0) / 1000
    const told = pace.secondsFor(times.length - finished, now) ?? Infinity
    expect(told / left).toBeGreaterThan(1 / 1.5)
    expect(told / left).toBeLessThan(1.5)
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
