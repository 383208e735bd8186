import { describe, expect, it } from 'vitest'
import { endingsOf } from '../../../electron/core/contract/photo-formats.ts'
import {
  isKeepOut,
  isLitter,
  kindByName,
  nameWithoutEnding,
} from '../../../electron/core/paths/file-kinds.ts'

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

  it.each([
    'a.jpg_original',
    'a.CR2_ORIGINAL',
    'a.jpg_exiftool_tmp',
    'a.jpg~',
    '#a.jpg#',
    'a.jpg.part',
    'a.jpg.PART',
    'a.jpg.crdownload',
    'a.jpg.download',
    'a.jpg.opdownload',
    'a.jpg.partial',
    'a.jpg.filepart',
    'a.jpg.aria2',
    'a.jpg.tmp',
    '~syncthing~a.jpg.tmp',
  ])('%s tells that a program left it', (name) => {
    expect(kindByName(name)).toBe('other')
  })

  it.each(['original.jpg', 'a_original.jpg', 'a~1.jpg', '#a.jpg', 'part.jpg', 'download.jpg'])(
    '%s is a photo like any other',
    (name) => {
      expect(kindByName(name)).toBe('photo')
    },
  )

  it.each([
    '.syncthing.a.jpg.tmp',
    '.stfolder',
    '.stversions',
    '.a.jpg.Xy12Za',
    '.a.jpg.~1f2e',
    '.dropbox.cache',
    '.tmp.driveupload',
    '.tmp.drivedownload',
    '.trashed-1700000000-a.jpg',
    '.pending-1700000000-a.jpg',
    '._a.jpg',
    'a.jpg.download',
    '@eaDir',
    'Family.PhotosLibrary',
  ])('%s is passed over, as a file or as a folder', (name) => {
    expect(isLitter(name)).toBe(true)
  })

  it.each(['.nomedia', '.NOMEDIA', '.NoMedia'])('%s keeps its folder out', (name) => {
    expect(isKeepOut(name)).toBe(true)
    expect(isKeepOut(`a${name}`)).toBe(false)
  })
})
