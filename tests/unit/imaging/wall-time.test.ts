import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseOffset, parseWallTime } from '../../../electron/core/imaging/metadata/wall-time.ts'

describe('a written date', () => {
  it.each([
    ['2021:12:19 11:39:54', '2021-12-19T11:39:54', null],
    ['2021:12:19 11:39:54.123', '2021-12-19T11:39:54', null],
    ['2016:02:08 18:31:30+0000', '2016-02-08T18:31:30', '+00:00'],
    ['2016-02-08T18:31:30Z', '2016-02-08T18:31:30', '+00:00'],
    ['2016-02-08T18:31:30.5-05:30', '2016-02-08T18:31:30', '-05:30'],
    ['2016-02-08', '2016-02-08T00:00:00', null],
    ['2016:02:08 18:31', '2016-02-08T18:31:00', null],
    ['2020:02:29 23:59:60', '2020-02-29T23:59:59', null],
  ])('%s is wall time and offset', (text, local, offset) => {
    expect(parseWallTime(text)).toMatchObject({ local, offset })
  })

  it.each([
    '0000:00:00 00:00:00',
    '    :  :     :  :  ',
    '',
    '2021:02:30 10:00:00',
    '2021:13:01 10:00:00',
    '2021:12:19 25:00:00',
    '1899:99:99',
    '1965:13:00 00:00:00',
    '0000:07:14 00:00:00',
    '19650714',
    `1965${' '.repeat(100)}x`,
    'yesterday',
    '9999:01:01 00:00:00',
    '1970-01-01',
    '1970:01:01 00:00:00',
    '1904-01-01T00:00:00Z',
  ])('%j is no date', (text) => {
    expect(parseWallTime(text)).toBeNull()
  })

  it.each([
    ['1965:00:00 00:00:00', '1965-01-01T00:00:00', 'year'],
    ['1965:  :     :  :  ', '1965-01-01T00:00:00', 'year'],
    ['1965:  :  ', '1965-01-01T00:00:00', 'year'],
    ['1965', '1965-01-01T00:00:00', 'year'],
    ['1965:00:14', '1965-01-01T00:00:00', 'year'],
    ['1965:07:00 00:00:00', '1965-07-01T00:00:00', 'month'],
    ['1965:07:     :  :  ', '1965-07-01T00:00:00', 'month'],
    ['1965-07', '1965-07-01T00:00:00', 'month'],
    ['1970-01', '1970-01-01T00:00:00', 'month'],
    ['1970-01-02', '1970-01-02T00:00:00', 'day'],
    ['1965-07-14', '1965-07-14T00:00:00', 'day'],
    ['1965:07:14   :  :  ', '1965-07-14T00:00:00', 'day'],
    ['1965:07:14 18:  :  ', '1965-07-14T00:00:00', 'day'],
    ['1965-07-14T18:03', '1965-07-14T18:03:00', 'second'],
    // Photoshop's midnight of a day without a clock; with seconds it is a time like any other.
    ['1965-07-14T00:00-08:00', '1965-07-14T00:00:00', 'day'],
    ['1965:07:14 00:00:00', '1965-07-14T00:00:00', 'second'],
  ])('%j is the beginning of what is known, and says how much that is', (text, local, precision) => {
    expect(parseWallTime(text)).toEqual({ local, precision, offset: null })
  })

  it('has an offset only with a time', () => {
    expect(parseWallTime('1965:00:00 00:00:00', '+01:00')?.offset).toBeNull()
    expect(parseWallTime('1965-07-14', '+01:00')?.offset).toBeNull()
  })

  it('takes the offset from its own tag when the text has none', () => {
    expect(parseWallTime('2021:12:19 11:39:54', '+01:00')?.offset).toBe('+01:00')
    expect(parseWallTime('2021:12:19 11:39:54Z', '+01:00')?.offset).toBe('+00:00')
  })

  it('knows no offset that no place on earth has', () => {
    expect(parseOffset('+25:00')).toBeNull()
    expect(parseOffset('   :  ')).toBeNull()
    expect(parseOffset('+5:30')).toBe('+05:30')
  })

  it('does not depend on the time zone of the computer', () => {
    const zone = process.env['TZ']
    const times = ['America/New_York', 'Asia/Tokyo'].map((name) => {
      process.env['TZ'] = name
      return parseWallTime('2021:12:19 11:39:54', '+01:00')
    })
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
    expect(times[0]).toEqual(times[1])
  })

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const time = parseWallTime(text)
        expect(time === null || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(time.local)).toBe(true)
      }),
    )
  })
})
