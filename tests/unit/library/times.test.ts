import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dayText,
  localTimeOf,
  offsetMinutes,
  offsetText,
  secondsOf,
  undatedAt,
  undatedDay,
} from '../../../electron/core/library/times.ts'

describe('capture times', () => {
  it('are local wall time, counted as if it were UTC', () => {
    expect(secondsOf('1970-01-02T00:00:01')).toBe(86_401)
    expect(localTimeOf(86_401)).toBe('1970-01-02T00:00:01')
  })

  it('may lie before 1970', () => {
    expect(secondsOf('1969-12-31T23:59:59')).toBe(-1)
    expect(localTimeOf(-1)).toBe('1969-12-31T23:59:59')
    expect(dayText(-1)).toBe('1969-12-31')
  })

  it('come back as they went in', () => {
    const first = Date.UTC(1826, 0, 1) / 1000
    const last = Date.UTC(2199, 11, 31) / 1000
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (seconds) => {
        const text = localTimeOf(seconds)
        expect(text === null ? null : secondsOf(text)).toBe(seconds)
      }),
    )
  })

  it('are null when unknown or nonsense', () => {
    expect(localTimeOf(null)).toBeNull()
    expect(localTimeOf(undatedAt)).toBeNull()
    expect(dayText(undatedDay)).toBeNull()
    expect(secondsOf('0000:00:00 00:00:00')).toBeNull()
  })

  it('without a date sort before every date there is', () => {
    expect(undatedAt).toBeLessThan(Date.UTC(-700, 0, 1) / 1000)
    expect(undatedAt / 86_400).toBe(undatedDay)
  })
})

describe('offsets from UTC', () => {
  it.each([
    ['+02:00', 120],
    ['-09:30', -570],
    ['+00:00', 0],
    ['+14:00', 840],
  ])('%s is %i minutes', (text, minutes) => {
    expect(offsetMinutes(text)).toBe(minutes)
    expect(offsetText(minutes)).toBe(text)
  })

  it('are null for anything else', () => {
    expect(offsetMinutes('Z')).toBeNull()
    expect(offsetMinutes('+2:00')).toBeNull()
  })
})
