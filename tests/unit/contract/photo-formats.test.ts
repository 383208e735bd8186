import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mismatchedExtension } from '../../../electron/core/contract/photo-formats.ts'

describe('a name that says something else than the content', () => {
  it.each([
    ['IMG_1.png', 'jpeg', 'png'],
    ['IMG_1.HEIC', 'jpeg', 'heic'],
    ['IMG_1.jpg', 'heic', 'jpg'],
    ['photo.JPG', 'webp', 'jpg'],
    ['scan.tif', 'jpeg', 'tif'],
    ['DSC_1.NEF', 'jpeg', 'nef'],
    ['a.b.gif', 'png', 'gif'],
  ])('%s that is %s: its ending is named', (name, format, ending) => {
    expect(mismatchedExtension(name, format)).toBe(ending)
  })

  it.each([
    ['IMG_1.JPG', 'jpeg'],
    ['IMG_1.jpe', 'jpeg'],
    ['a.apng', 'png'],
    ['a.hif', 'heic'],
    ['a.heif', 'avif'],
    ['CRW_1.TIF', 'raw'],
    ['DSC_1.dng', 'tiff'],
    ['IMG_1.CR3', 'raw'],
  ])('%s that is %s: nothing', (name, format) => {
    expect(mismatchedExtension(name, format)).toBeNull()
  })

  it.each(['IMG_1', '.png', 'IMG_1.', 'IMG.1', 'a.constructor', 'a.__proto__', 'photo.mpo'])(
    '%s says nothing',
    (name) => {
      expect(mismatchedExtension(name, 'jpeg')).toBeNull()
    },
  )

  it('a photo that was never read is no mismatch', () => {
    expect(mismatchedExtension('IMG_1.png', '')).toBeNull()
  })

  it('any name has an answer', () => {
    assert(
      property(string({ unit: 'grapheme' }), (name) => {
        const ending = mismatchedExtension(name, 'jpeg')
        expect(ending === null || name.toLowerCase().endsWith(`.${ending}`)).toBe(true)
      }),
    )
  })
})
