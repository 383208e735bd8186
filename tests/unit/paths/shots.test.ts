import { describe, expect, it } from 'vitest'
import { clipsAmong, shotOf } from '../../../electron/core/paths/shots.ts'

const shots = (...names: string[]) => [...new Set(names.map(shotOf))]
const clips = (...names: string[]) => [...clipsAmong(names)]

describe('files of one shot', () => {
  it('are named alike up to their endings, whatever cameras append', () => {
    expect(shots('IMG_1.JPG', 'IMG_1.cr2')).toEqual(['IMG_1'])
    expect(shots('PXL_1.MP.jpg', 'PXL_1.dng')).toEqual(['PXL_1'])
    expect(shots('PXL_1.RAW-01.COVER.jpg', 'PXL_1.RAW-02.ORIGINAL.dng')).toEqual(['PXL_1'])
    expect(shots('IMG_1.jpg', 'IMG_2.jpg', 'a.MPX.jpg')).toEqual(['IMG_1', 'IMG_2', 'a.MPX'])
  })
})

describe('the moving part of a photo', () => {
  it('is a video of the same name, whatever the case', () => {
    expect(clips('IMG_1.HEIC', 'IMG_1.MOV', 'img_2.jpg', 'IMG_2.mp4')).toEqual(['IMG_1.MOV', 'IMG_2.mp4'])
    expect(clips('PXL_1.MP.jpg', 'PXL_1.mp4')).toEqual(['PXL_1.mp4'])
  })

  it('is no video that lies alone or beside another video', () => {
    expect(clips('IMG_1.HEIC', 'IMG_2.MOV', 'IMG_3.mov', 'IMG_3.mp4')).toEqual([])
  })
})
