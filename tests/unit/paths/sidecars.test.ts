import { describe, expect, it } from 'vitest'
import { sidecarKeys, sidecarOf } from '../../../electron/core/paths/sidecars.ts'

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
