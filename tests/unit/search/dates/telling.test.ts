import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber } from '../../../../electron/core/search/language/dates/calendar.ts'
import { dateAt, dateOf } from '../../../../electron/core/search/language/dates/read.ts'
import { dateMeaning } from '../../../../electron/core/search/language/dates/tell.ts'
import type { DateContext, When } from '../../../../electron/core/search/language/dates/when.ts'
import { dateQuery } from '../../../../electron/core/search/language/dates/write.ts'
import { dates, readWith, understood } from '../lexicon.ts'

const meanings = (text: string): string[] =>
  (['en', 'ru'] as const).map((language) => understood(text, language)[0]?.meaning ?? '')

const join = (...pieces: fc.Arbitrary<string>[]) => fc.tuple(...pieces).map((all) => all.join(' '))

describe('dates are told in the words of the interface', () => {
  it.each([
    [
      'winter 2019',
      'winter 2019: December 2018 – February 2019',
      'зима 2019: декабрь 2018 г. – февраль 2019 г.',
    ],
    ['last summer', 'last summer: June – August 2026', 'прошлое лето: июнь – август 2026'],
    ['last week', 'last week: November 16 – 22, 2026', 'прошлая неделя: 16 – 22 ноября 2026 г.'],
    ['last weekend', 'last weekend: November 21 – 22, 2026', 'прошлые выходные: 21 – 22 ноября 2026 г.'],
    ['last wednesday', 'last Wednesday: November 25, 2026', 'прошлая среда: 25 ноября 2026 г.'],
    ['year before last', 'year before last: 2024', 'позапрошлый год: 2024'],
    ['yesterday', 'yesterday: November 28, 2026', 'вчера: 28 ноября 2026 г.'],
    ['5 years ago', '5 years ago: 2021', '5 лет назад: 2021'],
    ['2 weeks ago', '2 weeks ago: November 9 – 15, 2026', '2 недели назад: 9 – 15 ноября 2026 г.'],
    [
      'last 3 years',
      'last 3 years: November 29, 2023 – November 29, 2026',
      'последние 3 года: 29 ноября 2023 г. – 29 ноября 2026 г.',
    ],
    ['last 10 days', 'last 10 days: November 20 – 29, 2026', 'последние 10 дней: 20 – 29 ноября 2026 г.'],
    ['last 1 week', 'last 1 week: November 23 – 29, 2026', 'последняя 1 неделя: 23 – 29 ноября 2026 г.'],
    ['с июля 2019', 'from 2019-07-01 on', 'начиная с 2019-07-01'],
    ['december', 'every December', 'декабрь любого года'],
    ['summer', 'every summer: June – August', 'лето любого года: июнь – август'],
    ['may-july', 'May – July of any year', 'май – июль любого года'],
    ['25 december', 'December 25 of any year', '25 декабря любого года'],
    ['weekend', 'Saturdays and Sundays', 'субботы и воскресенья'],
    ['weekdays', 'Monday – Friday', 'понедельник – пятница'],
    ['evening', 'in the evening, 17–22 o’clock', 'вечером, с 17 до 22 часов'],
    ['90s', 'the 1990s', '1990-е годы'],
    ['12/25/2015', 'December 25, 2015', '25 декабря 2015 г.'],
    ['2019-05..2019-07', 'May – July 2019', 'май – июль 2019'],
    ['before 2019', 'before 2019', 'до 2019'],
  ])('%s', (text, english, russian) => {
    expect(meanings(text)).toEqual([english, russian])
  })
})

describe('dates are written', () => {
  it.each([
    ['зимой 2019', 'date:"winter 2019"'],
    ['прошлым летом', 'date:"last summer"'],
    ['позапрошлый понедельник', 'date:"monday before last"'],
    ['последним летом', 'date:"last summer"'],
    ['за последние 3 года', 'date:"last 3 years"'],
    ['с июля 2019 года', 'since:2019-07-01'],
    ['по средам', 'date:wednesday'],
    ['с пятницы по понедельник', 'date:friday..monday'],
    ['в этот день', 'date:"november 29"'],
    ['ночью', 'date:night'],
  ])('%s: %s', (text, written) => {
    const when = dateOf(text, dates)
    expect(when === null ? null : dateQuery(when)).toBe(written)
  })

  const number = fc.integer({ min: 1, max: 40 }).map(String)
  const year = fc.integer({ min: 1001, max: 2199 }).map(String)
  const season = fc.constantFrom('winter', 'весной', 'summer', 'осень')
  const month = fc.constantFrom('january', 'февраля', 'march', 'мая', 'june', 'декабре')
  const weekday = fc.constantFrom('monday', 'вторник', 'friday', 'sunday', 'weekend', 'будни')
  const unit = fc.constantFrom('day', 'week', 'month', 'year')
  const which = fc.constantFrom('last', 'this', 'позапрошлый')
  const point = fc.oneof(
    year,
    month,
    season,
    weekday,
    join(season, year),
    join(month, year),
    join(number, month),
    join(number, month, year),
    join(which, fc.oneof(unit, season, month, weekday)),
    join(number, unit, fc.constant('ago')),
    join(fc.constantFrom('last', 'последние'), number, fc.oneof(unit, fc.constantFrom('лет', 'недели'))),
    fc.constantFrom('today', 'yesterday', 'позавчера', 'this day', 'morning', 'днём', 'evening', 'night'),
    fc.integer({ min: 100, max: 219 }).map((decade) => `${decade}0s`),
    fc
      .tuple(fc.nat(40), fc.nat(14), fc.integer({ min: 999, max: 10_001 }))
      .map(([a, b, c]) => `${a}/${b}/${c}`),
  )
  const typed = fc.oneof(
    { weight: 3, arbitrary: point },
    join(fc.constant('from'), point, fc.constant('to'), point),
    fc.tuple(point, point).map((ends) => ends.join('..')),
    join(fc.constantFrom('before', 'after', 'since', 'until', 'с'), point),
  )
  const context: fc.Arbitrary<DateContext> = fc.record({
    today: fc.integer({ min: dayNumber(1990, 1, 1), max: dayNumber(2100, 1, 1) }),
    southern: fc.boolean(),
    monthFirst: fc.boolean(),
  })

  it('so that they are read back as the same on the same day', () => {
    let reached = 0
    fc.assert(
      fc.property(typed, context, (text, given) => {
        const found = dateAt(text.split(' '), given)
        const asked: (When | null)[] = [found?.when ?? null, dateOf(text, given)]
        for (const when of asked) {
          if (when === null) continue
          reached += 1
          const [part, other] = readWith(dateQuery(when), given).groups.flat()
          expect(part?.criterion).toEqual({ kind: 'date', when })
          expect(other).toBeUndefined()
          expect(dateMeaning(when, 'ru')).not.toMatch(/undefined|Invalid|NaN/)
        }
      }),
      { numRuns: 3000 },
    )
    expect(reached).toBeGreaterThan(2000)
  })

  it('and any text whatever is a date or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), context, (text, given) => {
        const found = dateAt(text.split(' '), given)
        expect(found?.length ?? 1).toBeGreaterThan(0)
        dateOf(text, given)
      }),
    )
  })
})
