import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { turnBack, turnedTwice, turnUpright } from '../../../electron/core/imaging/decode/orient.ts'
import type { Raster } from '../../../electron/core/imaging/photo-reading.ts'
import { orientationOf, turnedTo } from '../../../electron/core/imaging/orientation.ts'
import { noFacts } from '../../../electron/core/imaging/metadata/facts.ts'
import { foundNothing } from '../../../electron/core/imaging/metadata/found.ts'

const all = [1, 2, 3, 4, 5, 6, 7, 8]
const some: Raster = { data: Uint8Array.from({ length: 18 }, (_, index) => index), width: 3, height: 2 }

describe('turning a picture upright', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('does for orientation %i what sharp does', async (orientation) => {
    const [width, height] = [5, 3]
    const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => index * 5)
    const png = await sharp(data, { raw: { width, height, channels: 3 } })
      .withMetadata({ orientation })
      .png()
      .toBuffer()
    const theirs = await sharp(png).autoOrient().removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const ours = turnUpright({ data, width, height }, orientation)
    expect(ours).toMatchObject({ width: theirs.info.width, height: theirs.info.height })
    expect(Buffer.from(ours.data)).toEqual(theirs.data)
  })

  it('leaves a picture with an impossible orientation alone', () => {
    const raster = { data: new Uint8Array(12), width: 2, height: 2 }
    expect(turnUpright(raster, 0)).toBe(raster)
    expect(turnUpright(raster, 9)).toBe(raster)
  })
})

describe('two turns', () => {
  it.each(all)('amount to one: %i and any other', (first) => {
    for (const then of all)
      expect(turnUpright(some, turnedTwice(first, then))).toEqual(turnUpright(turnUpright(some, first), then))
  })

  it('are none when the second undoes the first', () => {
    for (const orientation of all) expect(turnedTwice(orientation, turnBack(orientation))).toBe(1)
  })
})

const exif = (orientation: number | null) => ({ ...noFacts, orientation, xmp: null, iptc: null })
const xmp = (orientation: number | null) => ({ ...noFacts, orientation })
const picture = (
  turnedBy: 'caller' | 'decoder',
  orientation: number | null,
  byExif: number | null,
  byXmp: number | null,
) => ({
  turnedBy,
  orientation,
  found: { ...foundNothing, exif: exif(byExif), xmp: xmp(byXmp) },
})

const decoded = (raster: Raster, turn: number) => ({ ...some, raster, turn, damaged: null })

describe('the orientation of a photo', () => {
  it.each([
    ['is the sidecar’s', picture('caller', 6, 6, 3), 8, 8],
    ['else that of EXIF', picture('caller', 6, 6, 3), null, 6],
    ['else that of XMP', picture('caller', null, null, 3), null, 3],
    ['else upright', picture('caller', null, null, null), null, 1],
    ['is the container’s where the sidecar repeats it', picture('decoder', 6, 6, 6), 6, 6],
    [
      'is the container’s where the sidecar says that it stands upright',
      picture('decoder', 6, 6, null),
      1,
      6,
    ],
    ['is the sidecar’s where it is another turn', picture('decoder', 6, 6, null), 3, 3],
    ['is not that of EXIF where the container turns it', picture('decoder', 1, 6, 6), null, 1],
    ['is that of XMP where neither container nor EXIF has one', picture('decoder', 1, null, 8), null, 8],
  ])('%s', (_what, stated, sidecar, orientation) => {
    expect(orientationOf(stated, sidecar)).toBe(orientation)
  })

  it('decides alone how the photo stands, whoever turned it before', () => {
    for (const stated of all)
      for (const wanted of all) {
        const byCaller = turnedTo(decoded(some, stated), picture('caller', stated, stated, null), wanted)
        const turned = decoded(turnUpright(some, stated), 1)
        const byDecoder = turnedTo(turned, picture('decoder', stated, null, null), wanted)
        for (const { raster, turn } of [byCaller, byDecoder])
          expect(turnUpright(raster, turn)).toEqual(turnUpright(some, wanted))
      }
  })
})
