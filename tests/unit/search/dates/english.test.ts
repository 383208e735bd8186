import { describe, expect, it } from 'vitest'
import { dayNumber } from '../../../../electron/core/search/language/dates/calendar.ts'
import { daysIn } from './days-in.ts'

describe('English dates, on Sunday the 29th of November 2026,', () => {
  it.each([
    ['december', 'every 12-01 12-31'],
    ['in December', 'every 12-01 12-31'],
    ['february', 'every 02-01 02-29'],
    ['december 2019', '2019-12-01 2019-12-31'],
    ['dec 2019', '2019-12-01 2019-12-31'],
    ['2019 dec', '2019-12-01 2019-12-31'],
    ['2019-may', '2019-05-01 2019-05-31'],
    ['december last year', '2025-12-01 2025-12-31'],
    ['last december', '2025-12-01 2025-12-31'],
    ['this november', '2026-11-01 2026-11-30'],
    ['last november', '2025-11-01 2025-11-30'],
    ['summer', 'every 06-01 08-31'],
    ['winter', 'every 12-01 02-29'],
    ['winter 2019', '2018-12-01 2019-02-28'],
    ['summer 2019', '2019-06-01 2019-08-31'],
    ['summer of 2019', '2019-06-01 2019-08-31'],
    ['2019 autumn', '2019-09-01 2019-11-30'],
    ['last summer', '2026-06-01 2026-08-31'],
    ['this summer', '2026-06-01 2026-08-31'],
    ['summer before last', '2025-06-01 2025-08-31'],
    ['this autumn', '2026-09-01 2026-11-30'],
    ['last autumn', '2025-09-01 2025-11-30'],
    ['this winter', '2025-12-01 2026-02-28'],
    ['summer last year', '2025-06-01 2025-08-31'],
    ['monday', 'weekdays 1'],
    ['on Mondays', 'weekdays 1'],
    ['last monday', '2026-11-23 2026-11-23'],
    ['last sunday', '2026-11-22 2026-11-22'],
    ['this sunday', '2026-11-29 2026-11-29'],
    ['weekend', 'weekdays 6 7'],
    ['weekends', 'weekdays 6 7'],
    ['weekdays', 'weekdays 1 2 3 4 5'],
    ['this weekend', '2026-11-28 2026-11-29'],
    ['last weekend', '2026-11-21 2026-11-22'],
    ['monday to friday', 'weekdays 1 2 3 4 5'],
    ['friday-monday', 'weekdays 1 5 6 7'],
    ['today', '2026-11-29 2026-11-29'],
    ['yesterday', '2026-11-28 2026-11-28'],
    ['the day before yesterday', '2026-11-27 2026-11-27'],
    ['this week', '2026-11-23 2026-11-29'],
    ['last week', '2026-11-16 2026-11-22'],
    ['last month', '2026-10-01 2026-10-31'],
    ['last year', '2025-01-01 2025-12-31'],
    ['previous year', '2025-01-01 2025-12-31'],
    ['this year', '2026-01-01 2026-12-31'],
    ['year before last', '2024-01-01 2024-12-31'],
    ['3 years ago', '2023-01-01 2023-12-31'],
    ['a year ago', '2025-01-01 2025-12-31'],
    ['two months ago', '2026-09-01 2026-09-30'],
    ['2 weeks ago', '2026-11-09 2026-11-15'],
    ['5 days ago', '2026-11-24 2026-11-24'],
    ['july 2 years ago', '2024-07-01 2024-07-31'],
    ['last 3 years', '2023-11-29 2026-11-29'],
    ['past two months', '2026-09-29 2026-11-29'],
    ['in the last 10 days', '2026-11-20 2026-11-29'],
    ['last 2 weeks', '2026-11-16 2026-11-29'],
    ['last one year', '2025-11-29 2026-11-29'],
    ['date:"the last 3 years"', '2023-11-29 2026-11-29'],
    ['before:"last 10 days"', '… 2026-11-19'],
    ['on this day', 'every 11-29 11-29'],
    ['25 december', 'every 12-25 12-25'],
    ['december 25', 'every 12-25 12-25'],
    ['25th of december', 'every 12-25 12-25'],
    ['dec 25', 'every 12-25 12-25'],
    ['29 february', 'every 02-29 02-29'],
    ['the 14th of july 2019', '2019-07-14 2019-07-14'],
    ['july 14, 2019', '2019-07-14 2019-07-14'],
    ['14-jul-2019', '2019-07-14 2019-07-14'],
    ['morning', 'hours 5 12'],
    ['in the afternoon', 'hours 12 17'],
    ['evening', 'hours 17 22'],
    ['at night', 'hours 22 5'],
    ['yesterday evening', '2026-11-28 2026-11-28, hours 17 22'],
    ['1990s', '1990-01-01 1999-12-31'],
    ['the 90s', '1990-01-01 1999-12-31'],
    ['90’s', '1990-01-01 1999-12-31'],
    ['20s', '2020-01-01 2029-12-31'],
    ['30s', '1930-01-01 1939-12-31'],
    ['nineties', '1990-01-01 1999-12-31'],
    ['year 2019', '2019-01-01 2019-12-31'],
    ['from 2019 to 2021', '2019-01-01 2021-12-31'],
    ['from 2021 to 2019', '2019-01-01 2021-12-31'],
    ['between 2019 and 2021', '2019-01-01 2021-12-31'],
    ['2019 to 2021', '2019-01-01 2021-12-31'],
    ['may 2019..july 2019', '2019-05-01 2019-07-31'],
    ['december 2015..2019', 'every 12-01 12-31, 2015-01-01 2019-12-31'],
    ['2019-07..2019-09', '2019-07-01 2019-09-30'],
    ['may to july 2019', '2019-05-01 2019-07-31'],
    ['december to february 2019', '2018-12-01 2019-02-28'],
    ['25 december 2015 to 7 january', '2015-12-25 2016-01-07'],
    ['from 5 to 10 july 2019', '2019-07-05 2019-07-10'],
    ['5-10 july', 'every 07-05 07-10'],
    ['may-july', 'every 05-01 07-31'],
    ['25 december..7 january', 'every 12-25 01-07'],
    ['last summer to yesterday', '2026-06-01 2026-11-28'],
    ['1990s..2000s', '1990-01-01 2009-12-31'],
    ['before 2019', '… 2018-12-31'],
    ['since last monday', '2026-11-23 …'],
    ['during may', 'every 05-01 05-31'],
    ['since:july 2019', '2019-07-01 …'],
    ['before:"last summer"', '… 2026-05-31'],
    ['date:"the 90s"', '1990-01-01 1999-12-31'],
    ['month:may', 'every 05-01 05-31'],
    ['may or june', 'every 05-01 05-31, every 06-01 06-30'],
  ])('%s: %s', (text, days) => {
    expect(daysIn(text)).toBe(days)
  })

  it.each([
    'dec',
    'mon',
    'sun',
    'last',
    'ago',
    '3 years',
    'day',
    'this',
    'from',
    'before december',
    '30 february',
    '25 december 99999',
    'date:last',
    'before:monday',
    'since:morning',
    'year:dog',
    'last day',
    '9999 years ago',
    'last 9999 years',
    'last 0 days',
    'this 3 years',
    '2019-13',
    '13/13/2019',
    'monday-may',
    'from morning to evening',
  ])('%s is none of one piece', (text) => {
    expect(daysIn(text)).not.toMatch(/^[^,]*\d \S+$/)
  })

  it('have the month first where that is wanted, or nothing else is possible', () => {
    expect(daysIn('05/06/2015')).toBe('2015-06-05 2015-06-05')
    expect(daysIn('05/06/2015', { monthFirst: true })).toBe('2015-05-06 2015-05-06')
    expect(daysIn('05.06.2015', { monthFirst: true })).toBe('2015-06-05 2015-06-05')
    for (const monthFirst of [false, true]) {
      expect(daysIn('12/25/2015', { monthFirst })).toBe('2015-12-25 2015-12-25')
      expect(daysIn('25/12/2015', { monthFirst })).toBe('2015-12-25 2015-12-25')
      expect(daysIn('2015/12/05', { monthFirst })).toBe('2015-12-05 2015-12-05')
    }
  })

  it('have the seasons of the south in the south', () => {
    const southern = { southern: true }
    expect(daysIn('summer', southern)).toBe('every 12-01 02-29')
    expect(daysIn('spring', southern)).toBe('every 09-01 11-30')
    expect(daysIn('summer 2019', southern)).toBe('2018-12-01 2019-02-28')
    expect(daysIn('winter 2019', southern)).toBe('2019-06-01 2019-08-31')
    expect(daysIn('last summer', southern)).toBe('2025-12-01 2026-02-28')
  })

  it('are read against their day', () => {
    const january = { today: dayNumber(2026, 1, 10) }
    expect(daysIn('this winter', january)).toBe('2025-12-01 2026-02-28')
    expect(daysIn('last winter', january)).toBe('2024-12-01 2025-02-28')
    expect(daysIn('last month', january)).toBe('2025-12-01 2025-12-31')
    expect(daysIn('last week', { today: dayNumber(2026, 1, 5) })).toBe('2025-12-29 2026-01-04')
    expect(daysIn('last 1 month', { today: dayNumber(2026, 3, 31) })).toBe('2026-02-28 2026-03-31')
    expect(daysIn('last 2 years', { today: dayNumber(2024, 2, 29) })).toBe('2022-02-28 2024-02-29')
    expect(daysIn('last monday', { today: dayNumber(2026, 1, 5) })).toBe('2025-12-29 2025-12-29')
    expect(daysIn('on this day', { today: dayNumber(2024, 2, 29) })).toBe('every 02-29 02-29')
  })
})
