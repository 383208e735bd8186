// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { wallPhoto } from '../../fixtures/contract-values.ts'
import { speak } from '../../../renderer/src/i18n/i18n.ts'
import { dayName } from '../../../renderer/src/i18n/words.ts'
import { describe as described } from '../../../renderer/src/wall/photo-caption.ts'

afterEach(() => {
  speak('en')
})

describe('what is said of a photo on the wall', () => {
  const photo = { ...wallPhoto(7), takenAt: '2019-07-14T18:03:22' }

  it('is its tag, day and name, and no word of what is as usual', () => {
    speak('en')
    expect(described(photo)).toBe(`nothing recognised, ${dayName('2019-07-14')}, 7.jpg`)
  })

  it('names the number of its files where it has copies, and what is wrong with it', () => {
    speak('en')
    expect(described({ ...photo, takenAt: null, copies: 1, offline: true, damaged: true })).toBe(
      'nothing recognised, 7.jpg, 2 files, The drive of this photo is not connected, The file is damaged',
    )
    speak('ru')
    expect(described({ ...photo, takenAt: null, copies: 1 })).toBe('ничего не распознано, 7.jpg, 2 файла')
    expect(described({ ...photo, takenAt: null, copies: 4 })).toContain('5 файлов')
  })
})
