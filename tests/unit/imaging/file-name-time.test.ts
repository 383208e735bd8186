import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timeFromName } from '../../../electron/core/imaging/metadata/file-name-time.ts'

const nextYear = new Date().getFullYear() + 1

describe('a moment in a file name', () => {
  it.each([
    ['IMG_20190714_180322.jpg', '2019-07-14T18:03:22'],
    ['2019-07-14 18.03.22.jpg', '2019-07-14T18:03:22'],
    ['PXL_20210304_101112345.jpg', '2021-03-04T10:11:12'],
    ['20190714180322.jpg', '2019-07-14T18:03:22'],
    ['WP_20190714_18_03_22_Pro.jpg', '2019-07-14T18:03:22'],
    ['Screenshot 2023-01-05 at 09.08.07.png', '2023-01-05T09:08:07'],
    ['Screenshot_20230105-090807_Maps.png', '2023-01-05T09:08:07'],
    ['signal-2022-11-30-12-13-14-567.jpg', '2022-11-30T12:13:14'],
    ['photo_2020-05-06_07-08-09.jpg', '2020-05-06T07:08:09'],
    ['Viber image 2019-07-14 , 18.03.22.jpg', '2019-07-14T18:03:22'],
    ['Bildschirmfoto 2019-07-14 um 18.03.22.png', '2019-07-14T18:03:22'],
    ['Skärmavbild 2019-07-14 kl. 18.03.22.png', '2019-07-14T18:03:22'],
    ['Capture d’écran 2019-07-14 à 18.03.22.png'.normalize('NFD'), '2019-07-14T18:03:22'],
    ['Captura de pantalla 2019-07-14 a las 18.03.22.png', '2019-07-14T18:03:22'],
    ['Снимок экрана 2019-07-14 в 18.03.22.png', '2019-07-14T18:03:22'],
    // A first date that is none hides no other.
    ['scan 20191399 IMG_20190714_180322.jpg', '2019-07-14T18:03:22'],
    ['2019-07-14 edited 20200102_030405.jpg', '2020-01-02T03:04:05'],
  ])('%s', (name, local) => {
    expect(timeFromName(name)).toEqual({ local, offset: null, precision: 'second' })
  })

  it.each([
    ['Screen Shot 2019-07-14 at 10.03.22 PM.png', '22:03:22'],
    ['Screen Shot 2019-07-14 at 12.03.22 AM.png', '00:03:22'],
    ['Screen Shot 2019-07-14 at 12.03.22 PM.png', '12:03:22'],
    ['Screenshot 2019-07-14 at 6.03.22\u202fPM.png', '18:03:22'],
    ['Screenshot 2019-07-14 at 6.03.22\u202fam (2).png', '06:03:22'],
    ['WhatsApp Image 2019-07-14 at 6.03.22 p. m..jpeg', '18:03:22'],
    ['WhatsApp Image 2019-07-14 at 6.03.22 a.\u00a0m..jpeg', '06:03:22'],
    ['WhatsApp Image 2019-07-14 at 6.03.22 p.m..jpeg', '18:03:22'],
    ['20190714_060322PM.jpg', '18:03:22'],
    ['截屏2019-07-14 下午6.03.22.png', '18:03:22'],
    ['スクリーンショット 2019-07-14 午前 6.03.22.png', '06:03:22'],
    ['스크린샷 2019-07-14 오후 6.03.22.png'.normalize('NFD'), '18:03:22'],
    // No 12-hour clock shows that.
    ['2019-07-14 18.03.22 PM.jpg', '18:03:22'],
    // Words that only begin like it.
    ['2019-07-14 10.03.22 Pmr.jpg', '10:03:22'],
    ['2019-07-14 10.03.22 Amsterdam.jpg', '10:03:22'],
  ])('%s is by the 12-hour clock', (name, time) => {
    expect(timeFromName(name)?.local).toBe(`2019-07-14T${time}`)
  })

  it.each(['FB_IMG_1563127402000.jpg', 'mmexport1563127402000.jpg', 'wx_camera_1563127402000.jpg'])(
    '%s is Unix time, as that program writes it',
    (name) => {
      expect(timeFromName(name)).toEqual({
        local: '2019-07-14T18:03:22',
        offset: '+00:00',
        precision: 'second',
      })
    },
  )
})

describe('a day in a file name', () => {
  it.each([
    ['IMG-20190714-WA0003.jpg', '2019-07-14'],
    ['20190714.jpg', '2019-07-14'],
    ['DSC_20190714_0001.jpg', '2019-07-14'],
    ['2019-07-14 18.03.jpg', '2019-07-14'],
    ['2019-07-14 25.03.22.jpg', '2019-07-14'],
    ['Olga 2019.07.14.jpg', '2019-07-14'],
    ['14.07.2019.jpg', '2019-07-14'],
    ['дача 4.7.2019.jpg', '2019-07-04'],
  ])('%s has no time of day', (name, day) => {
    expect(timeFromName(name)).toEqual({ local: `${day}T00:00:00`, offset: null, precision: 'day' })
  })

  it.each([
    ['14.07.2019 18-03-22.jpg', '2019-07-14T18:03:22'],
    ['05.07.2019 18-03-22.jpg', '2019-07-05T18:03:22'],
    ['14-07-2019 18-03-22.jpg', '2019-07-14T18:03:22'],
    ['07_14_2019_180322.jpg', '2019-07-14T18:03:22'],
    ['07-07-2019 18-03-22.jpg', '2019-07-07T18:03:22'],
    ['photo_1@05-07-2019_18-03-22.jpg', '2019-07-05T18:03:22'],
  ])('%s comes before the year where it can be told from the month', (name, local) => {
    expect(timeFromName(name)?.local).toBe(local)
  })
})

it.each([
  'DSC_0001.jpg',
  'DSC_20231301_0001.jpg',
  'IMG_99999999_180322.jpg',
  '20191399.jpg',
  '1234567890123.jpg',
  '1563127402000.jpg',
  'received_1563127402000.jpg',
  'FB_IMG_15658659197157667.jpg',
  'FB_IMG_0000000000000.jpg',
  '120190714.jpg',
  '201907141.jpg',
  '2019071418032.jpg',
  '20190714180322123456.jpg',
  'cat 2019.jpg',
  '05-07-2019 18-03-22.jpg',
  '05_07_2019.jpg',
  '31.02.2019.jpg',
  'IMG_19700101_030000.jpg',
  '1980-01-01 00.00.00.jpg',
  `${nextYear + 1}-07-14.jpg`,
])('%s tells no date', (name) => {
  expect(timeFromName(name)).toBeNull()
})

const two = (value: number): string => String(value).padStart(2, '0')
const moments = fc.date({
  min: new Date('1981-01-01T00:00:00Z'),
  max: new Date(`${nextYear}-12-31T23:59:59Z`),
  noInvalidDate: true,
})
const partsOf = (moment: Date) => {
  const [date = '', time = ''] = moment.toISOString().slice(0, 19).split('T')
  const [year = '', month = '', day = ''] = date.split('-')
  const [hour = '', minute = '', second = ''] = time.split(':')
  return { year, month, day, hour, minute, second, local: `${date}T${time}` }
}
type Parts = ReturnType<typeof partsOf>
const shownHour = ({ hour }: Parts): number => Number(hour) % 12 || 12
const half = ({ hour }: Parts): string => (Number(hour) < 12 ? 'AM' : 'PM')

/** How programs write a moment. */
const written: readonly ((parts: Parts) => string)[] = [
  ({ year, month, day, hour, minute, second }) => `IMG_${year}${month}${day}_${hour}${minute}${second}.jpg`,
  ({ year, month, day, hour, minute, second }) =>
    `${year}-${month}-${day} ${hour}.${minute}.${second} at sea.jpg`,
  ({ year, month, day, hour, minute, second }) =>
    `photo_7@${day}-${month}-${year}_${hour}-${minute}-${second}.jpg`,
  ({ year, month, day, hour, minute, second }) => `${day}.${month}.${year} ${hour}-${minute}-${second}.jpg`,
  (parts) =>
    `Screenshot ${parts.year}-${parts.month}-${parts.day} at ${shownHour(parts)}.${parts.minute}.${parts.second}\u202f${half(parts)}.png`,
  (parts) =>
    `${parts.year}${parts.month}${parts.day}_${two(shownHour(parts))}${parts.minute}${parts.second} ${half(parts).toLowerCase()}.png`,
]

it('any moment in any of these styles comes back', () => {
  fc.assert(
    fc.property(moments, fc.constantFrom(...written), (moment, write) => {
      const parts = partsOf(moment)
      expect(timeFromName(write(parts))).toEqual({ local: parts.local, offset: null, precision: 'second' })
    }),
  )
})

it('any text gives a moment or none', () => {
  const pieces = fc.constantFrom('2019', '07', '14', '-', '.', ' ', '_', 'PM', 'at', '@', '18', '03', '1')
  const texts = fc.oneof(
    fc.array(fc.nat(0xff_ff)).map((units) => String.fromCharCode(...units)),
    fc.array(pieces, { maxLength: 20 }).map((list) => list.join('')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const time = timeFromName(text)
      if (time === null) return
      expect(new Date(`${time.local}Z`).toISOString().slice(0, 19)).toBe(time.local)
      expect(['day', 'second']).toContain(time.precision)
      expect(Number(time.local.slice(0, 4))).toBeLessThanOrEqual(nextYear)
    }),
  )
})
