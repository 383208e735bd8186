import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createGate } from '../../../electron/web/gate.ts'
import { createLinkOffers } from '../../../electron/web/link-offers.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('tells a link once a minute at most, and the same one until it is opened', () => {
  const gate = createGate('k')
  const mine = gate.token()
  const told: string[] = []
  const offer = createLinkOffers(gate, (token) => told.push(token))
  for (let second = 0; second < 59; second += 1) {
    offer()
    vi.advanceTimersByTime(1000)
  }
  expect(told).toHaveLength(1)

  for (let minute = 0; minute < 100; minute += 1) {
    vi.advanceTimersByTime(60_000)
    offer()
  }
  expect(told).toHaveLength(101)
  expect(new Set(told).size).toBe(1)
  expect(gate.isUnused(mine)).toBe(true)

  gate.exchange(told[0] ?? '')
  vi.advanceTimersByTime(60_000)
  offer()
  expect(new Set(told).size).toBe(2)
  expect(gate.isUnused(told.at(-1) ?? '')).toBe(true)
})
