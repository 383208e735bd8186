import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planNames, safeName, wishedName } from '../../../electron/core/give-away/names.ts'

const fold = (text: string): string => text.normalize('NFC').toLowerCase().normalize('NFC')

const photo = { name: 'IMG_1.JPG', folder: 'Rome', takenAt: '2019-07-14T18:03:22' }

const wished = (pattern: string | null, ending: string | null = null, number = 7, total = 120): string => {
  const { base, ending: last } = wishedName(photo, pattern, ending, number, total)
  return base + last
}

describe('a copy is called', () => {
  it('like its original, whose ending follows what it is', () => {
    expect(wished(null)).toBe('IMG_1.JPG')
    expect(wished(null, '.jpg')).toBe('IMG_1.jpg')
  })

  it('by a pattern, numbered so that names sort as they count', () => {
    expect(wished('{folder} {number}')).toBe('Rome 007.JPG')
    expect(wished('{date} {time} {name}', '.jpg')).toBe('2019-07-14 18.03.22 IMG_1.jpg')
    expect(wished('trip')).toBe('trip.JPG')
  })

  it('"undated" where no date is known', () => {
    const { base } = wishedName({ ...photo, takenAt: null }, '{date} {name}', null, 1, 1)
    expect(base).toBe('undated IMG_1')
  })

  it('as the original where that has no ending of a photo', () => {
    expect(wishedName({ ...photo, name: 'scan.2' }, null, '.jpg', 1, 1)).toEqual({
      base: 'scan.2',
      ending: '.jpg',
    })
  })
})

describe('a name that every system takes', () => {
  it.each([
    ['2019-07-14 18:03:22', '2019-07-14 18_03_22'],
    ['a/b\\c', 'a_b_c'],
    ['..', '_'],
    ['.hidden', 'hidden'],
    ['ends. ', 'ends'],
    ['NUL', '_NUL'],
    ['com1.tar', '_com1.tar'],
    ['lpt¹', '_lpt¹'],
    ['console', 'console'],
    // A byte that is no UTF-8.
    ['gr\u{10ffff}n', 'gr_n'],
    ['собака', 'собака'],
  ])('of %j is %j', (base, expected) => {
    expect(safeName({ base, ending: '.jpg' })).toEqual({ base: expected, ending: '.jpg' })
  })

  it('is a name of Windows for any text, is never too long, and stays as it is when made safe again', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'grapheme', minLength: 100, maxLength: 140 }),
      fc.constantFrom('con', 'nul.x', '...', ' ', '\u{1f600}'.repeat(200)),
    )
    fc.assert(
      fc.property(text, fc.constantFrom('.jpg', '.JPEG', '.nef', ''), (base, ending) => {
        const safe = safeName({ base, ending })
        const name = safe.base + safe.ending
        // oxlint-disable-next-line no-control-regex -- none may be left
        expect(name).not.toMatch(/[<>:"/\\|?*\u0000-\u001f]|^\.|[. ]$|^ /u)
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu)
        const again = safeName(safe)
        expect([Buffer.byteLength(name) <= 240, name.isWellFormed(), again]).toEqual([true, true, safe])
      }),
    )
  })
})

describe('the names of a folder', () => {
  it('are numbered where they are taken, in whatever case', () => {
    const names = planNames(['img_1.jpg', 'IMG_1 (2).jpg'])
    const next = (base: string): string => names.next({ base, ending: '.jpg' }).name
    expect([next('IMG_1'), next('img_1'), next('other'), next('Other')]).toEqual([
      'IMG_1 (3).jpg',
      'img_1 (4).jpg',
      'other.jpg',
      'Other (2).jpg',
    ])
  })

  it('take a sidecar along under the name of its photo, and one that two photos share once', () => {
    const names = planNames(['a.xmp'])
    const shared = { path: '/p/a.xmp', follows: 'base', ending: '.xmp' } as const
    expect(names.next({ base: 'a', ending: '.jpg' }, [shared])).toMatchObject({
      name: 'a (2).jpg',
      companions: [{ path: '/p/a.xmp', name: 'a (2).xmp' }],
    })
    const own = { path: '/p/b.nef.xmp', follows: 'name', ending: '.xmp' } as const
    expect(names.next({ base: 'b', ending: '.nef' }, [own]).companions).toEqual([
      { path: '/p/b.nef.xmp', name: 'b.nef.xmp' },
    ])
    const both = { path: '/p/c.xmp', follows: 'base', ending: '.xmp' } as const
    expect(names.next({ base: 'c', ending: '.jpg' }, [both]).companions).toHaveLength(1)
    expect(names.next({ base: 'c', ending: '.nef' }, [both])).toMatchObject({ name: 'c.nef', companions: [] })
  })

  it('are free again when they were not used', () => {
    const names = planNames([])
    const along = [{ path: '/p/a.xmp', follows: 'base', ending: '.xmp' }] as const
    names.next({ base: 'a', ending: '.jpg' }, along).giveBack()
    expect(names.next({ base: 'A', ending: '.jpg' }, along)).toMatchObject({
      name: 'A.jpg',
      companions: [{ name: 'A.xmp' }],
    })
  })

  it('are never one that is there, nor twice the same, for any wishes', () => {
    const name = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('a', 'A', 'a (2)', 'é', 'e\u0301', 'ß', 'İ'),
    )
    fc.assert(
      fc.property(fc.array(name), fc.array(name, { minLength: 1 }), (present, wishes) => {
        const names = planNames(present.map((each) => `${each}.jpg`))
        const given = wishes.map((base) => names.next({ base, ending: '.jpg' }).name)
        const all = [...new Set(present.map((each) => fold(`${each}.jpg`))), ...given.map(fold)]
        expect(new Set(all).size).toBe(all.length)
      }),
    )
  })
})
