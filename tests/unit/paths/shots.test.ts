import { describe, expect, it } from 'vitest'
import { pairFiles } from '../../../electron/core/paths/shots.ts'

const companionsOf = (...names: string[]) => Object.fromEntries(pairFiles(names).companions)

describe('files of one shot', () => {
  it('shows a RAW file with its JPEG, whatever the case of their endings', () => {
    expect(companionsOf('IMG_1.JPG', 'img_1.cr2', 'IMG_2.CR2')).toEqual({ 'img_1.cr2': 'IMG_1.JPG' })
  })

  it('prefers the JPEG where there is a HEIC too', () => {
    expect(companionsOf('a.heic', 'a.dng', 'a.jpg')).toEqual({ 'a.dng': 'a.jpg' })
    expect(companionsOf('a.heic', 'a.dng')).toEqual({ 'a.dng': 'a.heic' })
  })

  it('knows the suffixes of phones', () => {
    expect(companionsOf('PXL_1.MP.jpg', 'PXL_1.dng')).toEqual({ 'PXL_1.dng': 'PXL_1.MP.jpg' })
    expect(companionsOf('PXL_1.RAW-01.COVER.jpg', 'PXL_1.RAW-02.ORIGINAL.dng')).toEqual({
      'PXL_1.RAW-02.ORIGINAL.dng': 'PXL_1.RAW-01.COVER.jpg',
    })
  })

  it('does not hide a RAW file behind a drawing or a scan of the same name', () => {
    expect(companionsOf('1.png', '1.nef', '2.tiff', '2.nef')).toEqual({})
  })

  it('takes a video of the same name as the moving part of the photo', () => {
    expect([...pairFiles(['IMG_1.HEIC', 'IMG_1.MOV', 'IMG_2.MOV']).clips]).toEqual(['IMG_1.MOV'])
  })
})
