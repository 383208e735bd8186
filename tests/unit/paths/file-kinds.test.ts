import { describe, expect, it } from 'vitest'
import type { PhotoFormat } from '../../../electron/core/imaging/photo-reading.ts'
import { kindByName, nameWithoutEnding } from '../../../electron/core/paths/file-kinds.ts'

/** Endings under which files of each format lie about: whoever adds a format must say its own. */
const endings: Readonly<Record<PhotoFormat, readonly string[]>> = {
  jpeg: ['jpg', 'JPG', 'jpeg', 'jfif'],
  png: ['png', 'apng'],
  webp: ['webp'],
  gif: ['gif'],
  tiff: ['tif', 'TIFF'],
  avif: ['avif'],
  heic: ['heic', 'HEIC', 'heif', 'hif'],
  bmp: ['bmp', 'dib'],
  jxl: ['jxl'],
  raw: ['cr2', 'CR3', 'nef', 'arw', 'dng'],
}

describe('the name of a file', () => {
  it.each(Object.entries(endings))('tells that it may be a photo: %s', (format, known) => {
    const kind = format === 'raw' ? 'raw' : 'photo'
    for (const ending of known) {
      expect([ending, kindByName(`IMG 1.${ending}`)]).toEqual([ending, kind])
      expect(nameWithoutEnding(`IMG 1.${ending}`)).toBe('IMG 1')
    }
  })

  it('without such an ending has none to take away', () => {
    expect(['IMG_1', '.jpg', 'a.txt', 'v1.2', 'film.mp4'].map(nameWithoutEnding)).toEqual(Array(5).fill(null))
    expect(nameWithoutEnding('IMG_1.HEIC.jpg')).toBe('IMG_1.HEIC')
  })
})
