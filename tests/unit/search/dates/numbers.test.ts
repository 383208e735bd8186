import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber } from '../../../../electron/core/search/language/dates/calendar.ts'
import { dateOf } from '../../../../electron/core/search/language/dates/read.ts'
import { dateQuery } from '../../../../electron/core/search/language/dates/write.ts'
import { spanOf, type Days } from '../../../../electron/core/search/language/dates/when.ts'
import { languages } from '../../../../electron/core/contract/languages.ts'
import { dates, told } from '../lexicon.ts'

const number = (text: string | null): number | null => {
  const [year, month, day] = (text ?? '').split('-').map(Number)
  return text === null ? null : dayNumber(year ?? 0, month ?? 0, day ?? 0)
}
const days = (from: string | null, until: string | null): Days => ({
  from: number(from),
  until: number(until),
})

/** The days of a value that is a span. */
const daysOf = (text: string): Days | null => {
  const when = dateOf(text, dates)
  return when?.kind === 'span' ? { from: when.from, until: when.until } : null
}

describe('dates in a query', () => {
  it.each([
    ['2019', days('2019-01-01', '2020-01-01')],
    ['２０１９', days('2019-01-01', '2020-01-01')],
    ['2019-07', days('2019-07-01', '2019-08-01')],
    ['2019-12', days('2019-12-01', '2020-01-01')],
    ['2020-02', days('2020-02-01', '2020-03-01')],
    ['2019-07-14', days('2019-07-14', '2019-07-15')],
    ['14.07.2019', days('2019-07-14', '2019-07-15')],
    ['07.2019', days('2019-07-01', '2019-08-01')],
    ['2019..2021', days('2019-01-01', '2022-01-01')],
    ['2021..2019', days('2019-01-01', '2022-01-01')],
    ['2019-2021', days('2019-01-01', '2022-01-01')],
    ['2019-07..2019-09', days('2019-07-01', '2019-10-01')],
    ['2019..', days('2019-01-01', null)],
    ['..2019', days(null, '2020-01-01')],
    ['>2018', days('2019-01-01', null)],
    ['<=2018', days(null, '2019-01-01')],
    ['july 2019', days('2019-07-01', '2019-08-01')],
    ['июля 2019', days('2019-07-01', '2019-08-01')],
    ['мае 2019', days('2019-05-01', '2019-06-01')],
    ['14 июля 2019', days('2019-07-14', '2019-07-15')],
  ])('%s', (text, expected) => {
    expect(daysOf(text)).toEqual(expected)
  })

  it.each(languages)('reads every month by its whole name, alone or after a day, in "%s"', (language) => {
    for (let month = 0; month < 12; month++) {
      const date = new Date(Date.UTC(2019, month, 14))
      const written = (day: object) =>
        new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC', ...day }).format(date)
      const next = month === 11 ? '2020-01-01' : `2019-${String(month + 2).padStart(2, '0')}-01`
      const whole = days(`2019-${String(month + 1).padStart(2, '0')}-01`, next)
      expect([written({}), daysOf(`${written({})} 2019`)]).toEqual([written({}), whole])
      const withDay = written({ day: 'numeric' })
      expect([withDay, daysOf(`${withDay} 2019`)?.from]).toEqual([withDay, dayNumber(2019, month + 1, 14)])
    }
  })

  it.each(['2019-13', '2019-02-29', '32.01.2019', '19', '0000', 'soon', '2019..soon', '..', ''])(
    '%s is none',
    (text) => {
      expect(daysOf(text)).toBeNull()
    },
  )

  it('are told in words', () => {
    expect(told('2019-07')).toBe('date(July 2019)')
    expect(told('july 14, 2019')).toBe('date(July 14, 2019)')
    expect(told('2019..2021')).toBe('date(from 2019 to 2021)')
    expect(told('before:2019')).toBe('date(before 2019)')
    expect(told('after:2019')).toBe('date(from 2020 on)')
    expect(told('since:2019 до:2021')).toBe('date(from 2019 on), date(before 2021)')
    expect(told('until:14.07.2019')).toBe('date(before 2019-07-15)')
    expect(told('год:2019')).toBe('date(year 2019)')
  })

  it('as a bare number lie between 1800 and 2199', () => {
    expect(told('1799')).toBe('unknown(“1799”: not known)')
    expect(told('year:1799')).toBe('date(year 1799)')
  })

  it('are written so that they are read back', () => {
    const day = fc.integer({ min: dayNumber(1000, 1, 1), max: dayNumber(9999, 12, 31) })
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [from, until] = [Math.min(a, b), Math.max(a, b) + 1]
        for (const each of [
          { from, until },
          { from, until: from + 1 },
        ]) {
          const text = dateQuery(spanOf(each))
          expect(daysOf(text.slice(text.indexOf(':') + 1))).toEqual(each)
        }
      }),
    )
  })
})
