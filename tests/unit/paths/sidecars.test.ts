import { describe, expect, it } from 'vitest'
import { sidecarKeys, sidecarOf, sidecarToWrite } from '../../../electron/core/paths/sidecars.ts'

const belongs = (photo: string, sidecar: string): boolean =>
  sidecarKeys(photo).some((key) => key === sidecarOf(sidecar))

describe('a sidecar', () => {
  it.each([
    ['D.JPG', 'D.jpg.xmp'],
    ['C.JPG', 'C.XMP'],
    ['IMG 1.cr2', 'img 1.CR2.Xmp'],
    ['a.b.jpg', 'a.b.xmp'],
    ['Лето.JPG', 'ЛЕТО.xmp'],
    ['noending', 'noending.xmp'],
  ])('of %s is %s', (photo, sidecar) => {
    expect(belongs(photo, sidecar)).toBe(true)
  })

  it.each([
    ['a.jpg', 'a.nef.xmp'],
    ['a.jpg', 'a_01.jpg.xmp'],
    ['a.b.jpg', 'a.xmp'],
    ['a.jpg', 'b.xmp'],
  ])('of %s is not %s', (photo, sidecar) => {
    expect(belongs(photo, sidecar)).toBe(false)
  })

  it('is named so', () => {
    expect(['a.xmp.jpg', 'xmp', '.xmp', 'a.xmpx'].map(sidecarOf)).toEqual(Array(4).fill(null))
  })
})

describe('the sidecar that is written for a photo', () => {
  it.each([
    ['is a new one of its full name', 'a.jpg', ['a.jpg', 'b.xmp'], 'a.jpg.xmp'],
    ['is the one of the file', 'a.jpg', ['a.jpg', 'a.xmp', 'a.jpg.xmp'], 'a.jpg.xmp'],
    ['is that of the shot where it is the only one', 'a.CR2', ['a.CR2', 'A.XMP', 'a.mov'], 'A.XMP'],
    ['is none that a RAW file and its JPEG share', 'a.jpg', ['a.jpg', 'a.CR2', 'a.xmp'], 'a.jpg.xmp'],
    ['is the one written like the photo', 'A.JPG', ['A.JPG', 'a.jpg.xmp', 'A.JPG.xmp'], 'A.JPG.xmp'],
  ])('%s', (_, name, names, sidecar) => {
    expect(sidecarToWrite(name, names)).toBe(sidecar)
  })
})
