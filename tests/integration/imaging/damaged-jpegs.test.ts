import sharp from 'sharp'
import type { Sharp } from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  jpegSegments,
  scanDataMarker,
  startOfScanMarker,
} from '../../../electron/core/imaging/containers/jpeg-segments.ts'
import { randomFrom } from '../../fuzz/mutations.ts'
import { photoFolder } from '../../fixtures/imaging.ts'

const folder = photoFolder()
/** Below and above what libjpeg-turbo decodes by itself. */
const sizes = { small: [400, 300], large: [2200, 1400] } as const
const both = ['small', 'large'] as const

/** Rich in detail, as only few drawings are: where it lacks data, a decoder takes fewer for the rest than there are. */
function detailed(width: number, height: number): Sharp {
  const random = randomFrom(1)
  const data = Buffer.alloc(width * height * 3)
  for (let at = 0; at < data.length; at++) data[at] = random() * 256
  return sharp(data, { raw: { width, height, channels: 3 } })
}

let baseline: Readonly<Record<keyof typeof sizes, Buffer>>
let progressive: typeof baseline

/** A small and a large one; in less detail where there are several scans, to save time. */
async function make(progressive: boolean): Promise<typeof baseline> {
  const jpeg = ([width, height]: readonly [number, number]) =>
    detailed(width, height)
      .jpeg({ progressive, quality: progressive ? 30 : 80 })
      .toBuffer()
  return { small: await jpeg(sizes.small), large: await jpeg(sizes.large) }
}

beforeAll(async () => {
  baseline = await make(false)
  progressive = await make(true)
})

async function markOf(jpeg: Buffer): Promise<string | null> {
  folder.write('photo.jpg', jpeg)
  return (await folder.read('photo.jpg')).damaged
}

/** Where the compressed data of each scan begin. */
function scansOf(jpeg: Buffer): number[] {
  return [...jpegSegments(jpeg)].filter(({ marker }) => marker === startOfScanMarker).map(({ end }) => end)
}

function inserted(jpeg: Buffer, at: number, bytes: readonly number[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, at), Buffer.from(bytes), jpeg.subarray(at)])
}

/** Zeros from the middle of the compressed data on, up to `end`. */
function halfZeroed(jpeg: Buffer, end: number): Buffer {
  const [start = 0] = scansOf(jpeg)
  return Buffer.from(jpeg).fill(0, (start + jpeg.length) >> 1, end)
}

/** The headers of the last scan again and again, with next to no data. */
function withScans(jpeg: Buffer, count: number): Buffer {
  const starts = scansOf(jpeg)
  const header = jpeg.subarray(jpeg.lastIndexOf(Buffer.from([0xff, 0xda])), starts.at(-1))
  const copies = Array.from({ length: count - starts.length }, () => [header, Buffer.alloc(1)])
  return Buffer.concat([jpeg.subarray(0, -2), ...copies.flat(), jpeg.subarray(-2)])
}

const garbage = [0x12, 0x34, 0x56, 0x78, 0x9a]
const prematureEnd = /^The file is damaged and was read as far as it goes: .*premature end/i
const unexpectedEnd =
  'The file is damaged and was read as far as it goes: its compressed data do not end where the picture ends.'

describe.each(both)('a %s JPEG', (size) => {
  it('of which the second half was never written is marked, with or without its last two bytes', async () => {
    const jpeg = baseline[size]
    expect(await markOf(halfZeroed(jpeg, jpeg.length - 2))).toBe(unexpectedEnd)
    expect(await markOf(halfZeroed(jpeg, jpeg.length))).toBe(unexpectedEnd)
  })

  it('with garbage between its segments is whole', async () => {
    const jpeg = baseline[size]
    expect(await markOf(inserted(jpeg, 2, garbage))).toBeNull()
    const [scan = 0] = scansOf(jpeg)
    expect(
      await markOf(inserted(jpeg, jpeg.lastIndexOf(Buffer.from([0xff, 0xda]), scan), garbage)),
    ).toBeNull()
  })

  it('with garbage after one of several scans is marked', async () => {
    const jpeg = progressive[size]
    const data = [...jpegSegments(jpeg)].find(({ marker }) => marker === scanDataMarker)
    const mark = await markOf(inserted(jpeg, data?.end ?? 0, garbage))
    expect(mark).toMatch(/: Corrupt JPEG data: \d+ extraneous bytes before marker/)
  })

  it('is marked with what costs pixels, not with what was seen first', async () => {
    const jpeg = inserted(baseline[size], 2, garbage)
    expect(await markOf(jpeg.subarray(0, jpeg.length * 0.6))).toMatch(prematureEnd)
    expect(await markOf(halfZeroed(jpeg, jpeg.length - 2))).toBe(unexpectedEnd)
  })

  it('that is complete but for its last two bytes is whole, padded with zeros or not', async () => {
    const jpeg = baseline[size]
    expect(await markOf(jpeg.subarray(0, -2))).toBeNull()
    expect(await markOf(inserted(jpeg, jpeg.length - 2, Array<number>(700).fill(0)))).toBeNull()
  })

  it('of several scans that lacks the last ones is marked', async () => {
    const jpeg = progressive[size]
    const last = scansOf(jpeg).at(-1) ?? 0
    expect(await markOf(jpeg.subarray(0, last))).toMatch(prematureEnd)
  })
})

describe('a JPEG small enough to be checked to its end', () => {
  it('is marked for bytes too many in its compressed data', async () => {
    const jpeg = baseline.small
    const [start = 0] = scansOf(jpeg)
    expect(await markOf(inserted(jpeg, (start + jpeg.length) >> 1, garbage))).toMatch(/is damaged/)
    expect(await markOf(inserted(jpeg, jpeg.length - 2, garbage))).toBe(unexpectedEnd)
  })

  it('also if it is decoded elsewhere, for its colours', async () => {
    const jpeg = await detailed(400, 300).withIccProfile('p3').jpeg().toBuffer()
    expect(await markOf(jpeg)).toBeNull()
    expect(await markOf(inserted(jpeg, jpeg.length - 2, garbage))).toBe(unexpectedEnd)
  })
})

describe('a JPEG of more scans than any honest one', () => {
  it.each(both)('is refused with their number before it is decoded, if %s', async (size) => {
    folder.write('scans.jpg', withScans(progressive[size], 3000))
    const problem = await folder.problem('scans.jpg')
    expect(problem.kind).toBe('too-large')
    expect(problem.reason).toMatch(
      /^The picture is stored in 3000 scans, .+; the limit is 100\. Save it anew/,
    )
  })

  it('has more than a hundred', async () => {
    folder.write('hundred.jpg', withScans(progressive.small, 100))
    expect(await folder.read('hundred.jpg')).toMatchObject({ width: 400, height: 300 })
  })
})
