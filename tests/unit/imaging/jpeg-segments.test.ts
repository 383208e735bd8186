import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mendJpeg } from '../../../electron/core/imaging/containers/jpeg-mending.ts'
import { countScans, hasBlankStretch } from '../../../electron/core/imaging/containers/jpeg-segments.ts'

const segment = (marker: number, ...payload: readonly number[]) => [
  0xff,
  marker,
  (payload.length + 2) >> 8,
  (payload.length + 2) & 255,
  ...payload,
]
const bytes = (text: string) => [...Buffer.from(text, 'latin1')]
const start = [0xff, 0xd8]
const end = [0xff, 0xd9]
const frame = segment(0xc0, 8, 0, 8, 0, 8, 1, 1, 0x11, 0)
const scan = segment(0xda, 1, 1, 0, 0, 63, 0)
/** With a stuffed byte and a restart in it. */
const data = [0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]

const jpeg = (...parts: readonly (readonly number[])[]) => Buffer.from(parts.flat())
const whole = jpeg(start, frame, scan, data, end)
const all = { profile: true, padding: true }

describe('the scans of a JPEG', () => {
  it('are counted to the end of the image, with tables between them', () => {
    expect(countScans(whole)).toBe(1)
    const table = segment(0xc4, 0)
    expect(countScans(jpeg(start, frame, scan, data, table, scan, data, scan, data, end))).toBe(3)
    expect(countScans(jpeg(start, frame, end))).toBe(0)
  })

  it('are not what looks like one in metadata, or in what follows the image', () => {
    expect(countScans(jpeg(start, segment(0xe1, ...scan), frame, scan, data, end, scan, data, scan))).toBe(1)
  })

  it('are counted up to ten thousand', () => {
    expect(countScans(jpeg(start, frame, ...Array.from({ length: 10_050 }, () => [...scan, 1]), end))).toBe(
      10_000,
    )
  })
})

describe('a blank stretch', () => {
  const zeros = Array<number>(600).fill(0)

  it('is one of zeros within the compressed data', () => {
    expect(hasBlankStretch(jpeg(start, frame, scan, data, zeros, data, end))).toBe(true)
    expect(hasBlankStretch(jpeg(start, frame, scan, data, zeros))).toBe(true)
  })

  it('is none before or after the image, and not a few bytes', () => {
    expect(hasBlankStretch(whole)).toBe(false)
    expect(hasBlankStretch(jpeg(start, segment(0xe1, ...zeros), frame, scan, data, end, zeros))).toBe(false)
    expect(hasBlankStretch(jpeg(start, frame, scan, data, zeros.slice(100), end))).toBe(false)
  })
})

describe('mending a JPEG', () => {
  it('changes nothing of a plain one', () => {
    expect(mendJpeg(whole, 1, all)).toEqual(whole)
  })

  it('leaves out garbage, metadata, and what follows the image', () => {
    const garbage = [1, 2, 3]
    const cluttered = jpeg(
      [...start, ...garbage, ...segment(0xe1, ...bytes('Exif\0\0')), ...frame, ...segment(0xfe, 65)],
      [...garbage, ...scan, ...data, ...end, ...garbage],
    )
    expect(mendJpeg(cluttered, 1, all)).toEqual(whole)
  })

  it('keeps the colour profile, and zeros after the data, if asked', () => {
    const profile = segment(0xe2, ...bytes('ICC_PROFILE\0'), 1, 1)
    const padded = jpeg(start, profile, frame, scan, data, [0, 0], end)
    expect(mendJpeg(padded, 1, all)).toEqual(padded)
    expect(mendJpeg(padded, 1, { profile: false, padding: false })).toEqual(whole)
  })

  it('keeps the zero that belongs to a byte 0xff', () => {
    const stuffed = jpeg(start, frame, scan, [0x12, 0xff, 0, 0, 0], end)
    const mended = mendJpeg(stuffed, 1, { profile: true, padding: false })
    expect(mended).toEqual(jpeg(start, frame, scan, [0x12, 0xff, 0], end))
  })

  it('puts right what only strict readers mind', () => {
    const jfif = (major: number) => segment(0xe0, ...bytes('JFIF\0'), major, 1, 0, 0, 1, 0, 1, 0, 0)
    const adobe = (code: number) => segment(0xee, ...bytes('Adobe'), 0, 100, 0, 0, 0, 0, code)
    const odd = jpeg(start, jfif(255), adobe(76), frame, segment(0xda, 1, 1, 0, 9, 9, 9), data, end)
    expect(mendJpeg(odd, 3, all)).toEqual(jpeg(start, jfif(1), adobe(1), frame, scan, data, end))
    expect(mendJpeg(odd, 4, all)).toEqual(jpeg(start, jfif(1), adobe(2), frame, scan, data, end))
    const progressive = jpeg(
      start,
      segment(0xc2, 8, 0, 8, 0, 8, 1, 1, 0x11, 0),
      segment(0xda, 1, 1, 0, 0, 0, 1),
    )
    expect(mendJpeg(progressive, 1, all)).toEqual(progressive)
  })

  it('drops what only fills up before a marker that is left out', () => {
    const padded = jpeg(start, frame, scan, [7, 0xff, 0xff], segment(0xfe, 65))
    expect(mendJpeg(padded, 3, { profile: true, padding: true })).toEqual(jpeg(start, frame, scan, [7]))
  })

  it('is done once: a mended JPEG stays as it is', () => {
    const part = fc.oneof(
      ...[frame, scan, data, end, segment(0xe1, 1), segment(0xc4, 0), segment(0xfe, 65)].map((known) =>
        fc.constant(known),
      ),
      fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 9 }),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.boolean(), (parts, padding) => {
        const kept = { profile: true, padding }
        const mended = mendJpeg(jpeg(start, ...parts), 3, kept)
        expect(mended && mendJpeg(mended, 3, kept)).toEqual(mended)
      }),
      { numRuns: 500 },
    )
  })
})
