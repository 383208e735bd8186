import { describe, expect, it } from 'vitest'
import { endingsOf } from '../../../electron/core/contract/photo-formats.ts'
import { kindByName, nameWithoutEnding } from '../../../electron/core/paths/file-kinds.ts'

describe('the name of a file', () => {
  it.each(Object.entries(endingsOf))('tells that it may be a photo: %s', (format, endings) => {
    const kind = format === 'raw' ? 'raw' : 'photo'
    for (const ending of endings.split(' ').flatMap((each) => [each, each.toUpperCase()])) {
      expect([ending, kindByName(`IMG 1.${ending}`)]).toEqual([ending, kind])
      expect(nameWithoutEnding(`IMG 1.${ending}`)).toBe('IMG 1')
    }
  })

  it('without such an ending has none to take away', () => {
    expect(['IMG_1', '.jpg', 'a.txt', 'v1.2', 'film.mp4'].map(nameWithoutEnding)).toEqual(Array(5).fill(null))
    expect(nameWithoutEnding('IMG_1.HEIC.jpg')).toBe('IMG_1.HEIC')
  })
})
