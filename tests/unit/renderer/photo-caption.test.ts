import { afterEach, describe, expect, it } from 'vitest'
import { wallPhoto } from '../../fixtures/contract-values.ts'
import { openWindow } from '../../fixtures/scripted-shell.ts'
import { speak } from '../../../renderer/src/i18n/i18n.ts'
import { captionOf, describe as describePhoto, tipOf } from '../../../renderer/src/wall/photo-caption.ts'

afterEach(() => {
  speak('en')
})

const zebra = { term: 'class:340', label: 'zebra', probability: 0.974, sure: true } as const
const perhaps = { ...zebra, probability: 0.312, sure: false }

describe('what the wall says of a photo', () => {
  it.each([
    ['what it is sure of', { best: zebra }, 'zebra 97%'],
    ['what it may be', { best: perhaps }, 'possibly zebra 31%'],
    ['that nothing was recognised', {}, 'nothing recognised'],
    ['that it waits', { state: 'pending' }, 'not recognised yet'],
    ['that it is being read', { state: 'running' }, 'not recognised yet'],
    [
      'that it failed, whatever was known before',
      { state: 'failed', best: zebra },
      'This photo could not be read',
    ],
  ] as const)('is %s', (_, more, caption) => {
    openWindow()
    expect(captionOf({ ...wallPhoto(1), ...more })).toBe(caption)
  })

  it('is its title, where the person gave it one', () => {
    openWindow()
    const photo = { ...wallPhoto(1), best: zebra, title: 'Our first zebra' }
    expect(captionOf(photo)).toBe('Our first zebra')
    expect(describePhoto(photo)).toBe('Our first zebra, zebra 97%, 1.jpg')
    const because = [{ word: 'our', kind: 'title', met: 'Our first zebra', probability: null }] as const
    expect(tipOf({ ...photo, because: [...because] })).toBe('Our first zebra\ntitle Our first zebra')
    expect(tipOf(wallPhoto(1))).toBeUndefined()
  })

  it('is for who hears it also stars, a favourite, and that it is hidden', () => {
    speak('en')
    const photo = { ...wallPhoto(1), best: zebra, rating: 4, favourite: true, hidden: true }
    expect(describePhoto(photo)).toBe('zebra 97%, 4 stars, A favourite, Hidden, 1.jpg')
    expect(describePhoto({ ...photo, rating: -1, favourite: false, hidden: false })).toBe('zebra 97%, 1.jpg')
    speak('ru')
    expect(describePhoto(photo)).toContain('4 звезды, В избранном, Скрыто')
  })

  it('is for who hears it also the day, the name and what is wrong with it', () => {
    openWindow()
    const photo = { ...wallPhoto(1), best: zebra }
    expect(describePhoto(photo)).toBe('zebra 97%, 1.jpg')
    const said = describePhoto({
      ...photo,
      takenAt: '2019-07-14T23:59:59',
      name: 'evil\u202Egpj.exe',
      offline: true,
      damaged: true,
    }).split(', ')
    expect(said[0]).toBe('zebra 97%')
    expect(said.slice(1, -3).join(', ')).toMatch(/14/u)
    expect(said.slice(-3)).toEqual([
      'evil�gpj.exe',
      'The drive of this photo is not connected',
      'The file is damaged',
    ])
  })

  it('says no more of its date than is known', () => {
    speak('en')
    const photo = { ...wallPhoto(1), takenAt: '1965-07-01T00:00:00' }
    expect(describePhoto({ ...photo, takenPrecision: 'month' })).toBe('nothing recognised, July 1965, 1.jpg')
    expect(describePhoto({ ...photo, takenPrecision: 'year' })).toBe('nothing recognised, 1965, 1.jpg')
  })

  it('says where the date is only that of its file', () => {
    const photo = { ...wallPhoto(1), takenAt: '2019-07-14T18:03:22', takenPrecision: 'second' } as const
    speak('en')
    expect(describePhoto({ ...photo, takenFrom: 'exif' })).not.toContain('Date of the file')
    expect(describePhoto({ ...photo, takenFrom: 'file-time' })).toContain(
      ', Date of the file: the photo itself has none,',
    )
    speak('ru')
    expect(describePhoto({ ...photo, takenFrom: 'file-time' })).toContain('Дата файла')
  })

  it('names the number of its files where it has copies', () => {
    const photo = { ...wallPhoto(7), copies: 1 }
    speak('en')
    expect(describePhoto(photo)).toBe('nothing recognised, 7.jpg, 2 files')
    speak('ru')
    expect(describePhoto(photo)).toBe('ничего не распознано, 7.jpg, 2 файла')
    expect(describePhoto({ ...photo, copies: 4 })).toContain('5 файлов')
  })
})
