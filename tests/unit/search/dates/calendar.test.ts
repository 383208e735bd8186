import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber } from '../../../../electron/core/search/language/dates/calendar.ts'
import { dateOf } from '../../../../electron/core/search/language/dates/read.ts'
import { isOn } from '../../../../electron/core/search/language/dates/when.ts'
import { dayText, daysTold } from './days-in.ts'

/** Dates as one finds them in a calendar of paper: day by day. */
const dateIn = (day: number): Date => new Date(day * 86_400_000)
const monthOf = (day: number): number => dateIn(day).getUTCMonth() + 1
const weekday = (day: number): number => dateIn(day).getUTCDay()

const northern = { winter: [12, 1, 2], spring: [3, 4, 5], summer: [6, 7, 8], autumn: [9, 10, 11] }
const opposite = { winter: 'summer', spring: 'autumn', summer: 'winter', autumn: 'spring' } as const
type Season = keyof typeof northern
const seasons = Object.keys(northern) as Season[]
const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august']
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

type Belongs = (day: number) => boolean

const isIn = (season: Season, southern: boolean): Belongs => {
  const wanted = northern[southern ? opposite[season] : season]
  return (day) => wanted.includes(monthOf(day))
}

/** The run of days that ends with a day. */
function runTo(last: number, belongs: Belongs): string {
  let from = last
  while (belongs(from - 1)) from -= 1
  return `${dayText(from)} ${dayText(last)}`
}

/** The last run that was over before a day: the one that goes on may not count. */
function lastBefore(today: number, belongs: Belongs): string {
  let day = today
  while (belongs(day)) day -= 1
  while (!belongs(day)) day -= 1
  return belongs(today) || !belongs(today - 1) ? runTo(day, belongs) : runTo(today - 1, belongs)
}

/** The run that goes on, or the last before. */
function begunBy(today: number, belongs: Belongs): string {
  let day = today
  while (!belongs(day)) day -= 1
  while (belongs(day + 1)) day += 1
  return runTo(day, belongs)
}

const today = fc.integer({ min: dayNumber(1990, 1, 1), max: dayNumber(2060, 1, 1) })

/** The days that a text means on a day. */
function meant(text: string, on: number, southern = false): string | null {
  const when = dateOf(text, { today: on, southern, monthFirst: false })
  return when === null ? null : daysTold(when)
}

/** A day, a hemisphere, a season, the number of a month and of a weekday. */
const drawn = [today, fc.boolean(), fc.constantFrom(...seasons), fc.nat(7), fc.nat(6)] as const

describe('days counted one by one', () => {
  it('give the same seasons, months, weekdays and weekends', () => {
    fc.assert(
      fc.property(...drawn, (on, southern, season, month, day) => {
        const periods: [string, Belongs][] = [
          [season, isIn(season, southern)],
          [months[month] ?? '', (each) => monthOf(each) === month + 1],
          [weekdays[day] ?? '', (each) => weekday(each) === day],
          ['weekend', (each) => weekday(each) % 6 === 0],
        ]
        for (const [name, belongs] of periods) {
          expect([name, meant(`last ${name}`, on, southern)]).toEqual([name, lastBefore(on, belongs)])
          expect([name, meant(`this ${name}`, on, southern)]).toEqual([name, begunBy(on, belongs)])
        }
      }),
    )
  })

  it('give the same weeks, months and years', () => {
    fc.assert(
      fc.property(today, fc.nat(40), (on, count) => {
        const back = (begins: Belongs): string => {
          let [first, last] = [on, on]
          while (!begins(last + 1)) last += 1
          for (let left = count; ; left -= 1) {
            while (!begins(first)) first -= 1
            if (left === 0) break
            first -= 1
            last = first
          }
          return `${dayText(first)} ${dayText(last)}`
        }
        const begins: [string, Belongs][] = [
          ['days', () => true],
          ['weeks', (day) => weekday(day) === 1],
          ['months', (day) => dateIn(day).getUTCDate() === 1],
          ['years', (day) => monthOf(day) === 1 && dateIn(day).getUTCDate() === 1],
        ]
        for (const [unit, isFirst] of begins)
          expect([unit, meant(`${count} ${unit} ago`, on)]).toEqual([unit, back(isFirst)])
      }),
      { numRuns: 30 },
    )
  })

  it('give the same days of every year and week', () => {
    fc.assert(
      fc.property(...drawn, (day, southern, season, month, on) => {
        const holds = (text: string): boolean => {
          const when = dateOf(text, { today: 0, southern, monthFirst: false })
          if (when?.kind !== 'yearly' && when?.kind !== 'weekdays') throw new TypeError(text)
          return isOn(when, day)
        }
        expect(holds(season)).toBe(isIn(season, southern)(day))
        expect(holds(months[month] ?? '')).toBe(monthOf(day) === month + 1)
        expect(holds(weekdays[on] ?? '')).toBe(weekday(day) === on)
        expect(holds('weekend')).toBe(weekday(day) % 6 === 0)
      }),
      { numRuns: 500 },
    )
  })
})
