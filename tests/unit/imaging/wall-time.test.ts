import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timeFromName } from '../../../electron/core/imaging/metadata/file-name-time.ts'
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
    'yesterday',
    '9999:01:01 00:00:00',
  ])('%j is no date', (text) => {
    expect(parseWallTime(text)).toBeNull()
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

describe('a date in a file name', () => {
  it.each([
    ['IMG_20190714_180322.jpg', '2019-07-14T18:03:22'],
    ['2019-07-14 18.03.22.jpg', '2019-07-14T18:03:22'],
    ['PXL_20210304_101112345.jpg', '2021-03-04T10:11:12'],
    ['Screenshot 2023-01-05 at 09.08.07.png', '2023-01-05T09:08:07'],
    ['Screenshot_20230105-090807_Maps.png', '2023-01-05T09:08:07'],
    ['signal-2022-11-30-12-13-14-567.jpg', '2022-11-30T12:13:14'],
    ['photo_2020-05-06_07-08-09.jpg', '2020-05-06T07:08:09'],
    ['IMG-20190714-WA0003.jpg', '2019-07-14T00:00:00'],
    ['20190714.jpg', '2019-07-14T00:00:00'],
  ])('%s', (name, local) => {
    expect(timeFromName(name)?.local).toBe(local)
  })

  it.each(['DSC_0001.jpg', 'IMG_99999999_180322.jpg', '20191399.jpg', '1234567890123.jpg', 'cat 2019.jpg'])(
    '%s has none',
    (name) => {
      expect(timeFromName(name)).toBeNull()
    },
  )
})
