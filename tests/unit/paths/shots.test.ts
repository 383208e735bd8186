import { describe, expect, it } from 'vitest'
import { clipsAmong, shotOf } from '../../../electron/core/paths/shots.ts'

describe('files of one shot', () => {
  it('begin with the same name, whatever their endings', () => {
    expect(['IMG_1.JPG', 'IMG_1.cr2', 'IMG_1.2.jpg'].map(shotOf)).toEqual(['IMG_1', 'IMG_1', 'IMG_1.2'])
  })

  it('may have the suffixes of phones', () => {
    const names = ['PXL_1.MP.jpg', 'PXL_1.dng', 'PXL_1.RAW-01.COVER.jpg', 'PXL_1.RAW-02.ORIGINAL.dng']
    expect(new Set(names.map(shotOf))).toEqual(new Set(['PXL_1']))
  })
})

describe('a video of the same name as a photo', () => {
  it('is its moving part, whatever the case of their names', () => {
    expect([...clipsAmong(['IMG_1.HEIC', 'img_1.MOV', 'IMG_2.MOV', 'IMG_3.txt', 'IMG_3.MOV'])]).toEqual([
      'img_1.MOV',
    ])
  })
})
