import { describe, expect, it } from 'vitest'
import { changeOf, typedIn, type DateForm } from '../../../renderer/src/dates/date-form.ts'
import { zoneName, zonesWith } from '../../../renderer/src/dates/zone-offsets.ts'

const form = (more: Partial<DateForm>): DateForm => ({
  how: 'set',
  set: '',
  first: '',
  direction: 'later',
  days: '',
  hours: '',
  minutes: '',
  seconds: '',
  zoneFrom: '+03:00',
  zoneTo: '+03:00',
  ...more,
})
const read = { at: '1965-07-14T18:03:00', precision: 'second', offset: null } as const

describe('what the dialog of dates asks for', () => {
  it('is nothing before anything is entered', () => {
    for (const how of ['set', 'first', 'shift', 'zone'] as const)
      expect(changeOf(form({ how }), null)).toBe('nothing')
  })

  it('is the date that was typed, as exact as it was read', () => {
    expect(typedIn(form({ set: ' 1965 ' }))).toBe('1965')
    expect(changeOf(form({ set: 'x' }), null)).toBe('not-read')
    expect(changeOf(form({ set: 'x' }), { ...read, precision: 'year' })).toEqual({
      how: 'set',
      taken: { ...read, precision: 'year' },
    })
  })

  it('is a time for the first photo, not a day', () => {
    expect(changeOf(form({ how: 'first', first: 'x' }), read)).toEqual({ how: 'first', at: read.at })
    expect(changeOf(form({ how: 'first', first: 'x' }), { ...read, precision: 'day' })).toBe('no-time')
  })

  it('is a shift by all that was entered, empty boxes counting nothing', () => {
    expect(changeOf(form({ how: 'shift', hours: 3, minutes: 12 }), null)).toEqual({
      how: 'shift',
      seconds: 11_520,
    })
    expect(changeOf(form({ how: 'shift', days: 1, seconds: 5, direction: 'earlier' }), null)).toEqual({
      how: 'shift',
      seconds: -86_405,
    })
    expect(changeOf(form({ how: 'shift', hours: 0, direction: 'earlier' }), null)).toBe('nothing')
  })

  it('is a move between two zones, a name, or the file’s own word', () => {
    expect(changeOf(form({ how: 'zone', zoneTo: '-03:30' }), null)).toEqual({
      how: 'zone',
      from: '+03:00',
      to: '-03:30',
    })
    expect(changeOf(form({ how: 'file' }), null)).toEqual({ how: 'name', of: 'file' })
    expect(changeOf(form({ how: 'folder' }), null)).toEqual({ how: 'name', of: 'folder' })
    expect(changeOf(form({ how: 'as-in-file' }), null)).toEqual({ how: 'as-in-file' })
  })
})

describe('zones', () => {
  it('go from the west to the east, with those that photos bring along', () => {
    const zones = zonesWith(['+07:20', '+01:00'])
    expect([zones[0], zones.at(-1)]).toEqual(['-12:00', '+14:00'])
    expect(zones.filter((zone) => zone === '+01:00')).toHaveLength(1)
    expect(zones.indexOf('+07:20')).toBe(zones.indexOf('+07:00') + 1)
    expect(zones.indexOf('-03:30')).toBe(zones.indexOf('-03:00') - 1)
  })
  it('are written short', () => {
    expect(['+00:00', '+03:00', '-09:30', '+05:45'].map(zoneName)).toEqual([
      'UTC',
      'UTC+3',
      'UTC−9:30',
      'UTC+5:45',
    ])
  })
})
