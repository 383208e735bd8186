import { brotliCompressSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJxlHeader } from '../../../electron/core/imaging/containers/jxl-header.ts'
import type { JxlHeader } from '../../../electron/core/imaging/containers/jxl-header.ts'
import { readJxl } from '../../../electron/core/imaging/containers/jxl.ts'
import { readExif } from '../../../electron/core/imaging/metadata/exif.ts'
import { flag, jxlFiles, length, packBits } from '../../fixtures/jxl.ts'

/** The depth written as any number up to 64. */
const depth = (bits: number) =>
  [
    [0, 1],
    [3, 2],
    [bits - 1, 6],
  ] as const

/** A codestream that says everything it can say, with a byte behind. */
function codestream({ width, height, orientation, bits, lossy, extraChannels }: JxlHeader): Buffer {
  const alpha = [
    flag(false),
    [0, 2],
    ...depth(bits),
    [0, 2],
    [1, 2],
    [3, 4],
    [0x616161, 24],
    flag(true),
  ] as const
  return Buffer.concat([
    Buffer.from([0xff, 0x0a]),
    packBits([
      flag(false),
      ...length(height),
      [0, 3],
      ...length(width),
      flag(false),
      flag(true),
      [orientation - 1, 3],
      // The size it is meant to be seen at: eighths, a square.
      flag(true),
      flag(true),
      [3, 5],
      [1, 3],
      // A preview of 16 × 32 pixels, in eighths.
      flag(true),
      flag(true),
      [0, 2],
      [0, 3],
      [1, 2],
      // An animation.
      flag(true),
      [0, 2],
      [0, 2],
      [1, 2],
      [5, 3],
      flag(false),
      ...depth(bits),
      flag(true),
      [3, 2],
      [extraChannels - 1, 12],
      ...Array.from({ length: extraChannels }, () => alpha).flat(),
      flag(lossy),
    ]),
    Buffer.from([0]),
  ])
}

const headers: fc.Arbitrary<JxlHeader> = fc.record({
  width: fc.integer({ min: 1, max: 2 ** 30 }),
  height: fc.integer({ min: 1, max: 2 ** 30 }),
  orientation: fc.integer({ min: 1, max: 8 }),
  bits: fc.integer({ min: 1, max: 32 }),
  lossy: fc.boolean(),
  extraChannels: fc.integer({ min: 1, max: 5 }),
})

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + content.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content])
}

/** What another box of this type would hold, packed. */
function packed(type: string, content: Buffer): Buffer {
  return box('brob', Buffer.concat([Buffer.from(type, 'latin1'), content]))
}

const signature = Buffer.from('\0\0\0\x0cJXL \r\n\x87\n', 'latin1')
const tiff = Buffer.from('II*\0\x08\0\0\0\0\0\0\0\0\0', 'latin1')
const exif = Buffer.concat([Buffer.alloc(4), tiff])

describe('the header of a JPEG XL codestream', () => {
  it('is read whatever it says', () => {
    fc.assert(
      fc.property(headers, (header) => {
        expect(readJxlHeader(codestream(header))).toEqual(header)
      }),
    )
  })

  it('is no header when it ends too early', () => {
    fc.assert(
      fc.property(headers, fc.double({ min: 0, max: 1, noNaN: true }), (header, part) => {
        const whole = codestream(header)
        const kept = Math.min(whole.length - 2, Math.floor(part * whole.length))
        expect(readJxlHeader(whole.subarray(0, kept))).toBeNull()
      }),
    )
  })

  it('tells the size of pictures whose shape is a usual one', () => {
    const wide = packBits([flag(true), [8, 5], [5, 3], flag(true)])
    expect(readJxlHeader(Buffer.concat([Buffer.from([0xff, 0x0a]), wide, Buffer.alloc(1)]))).toEqual({
      width: 128,
      height: 72,
      orientation: 1,
      bits: 8,
      lossy: true,
      extraChannels: 0,
    })
  })

  it('is refused with more channels than anybody writes', () => {
    const many: JxlHeader = {
      width: 1,
      height: 1,
      orientation: 1,
      bits: 8,
      lossy: false,
      extraChannels: 4000,
    }
    expect(readJxlHeader(codestream(many))).toBeNull()
  })

  it.each([
    ['bare', { width: 24, height: 16, orientation: 1, bits: 8, lossy: false, extraChannels: 0 }],
    ['animated', { width: 24, height: 16, orientation: 1, bits: 8, lossy: false, extraChannels: 1 }],
    ['boxed', { width: 24, height: 16, orientation: 6, bits: 8, lossy: false, extraChannels: 0 }],
    ['pqWhite', { width: 16, height: 16, orientation: 1, bits: 8, lossy: false, extraChannels: 0 }],
  ] as const)('of the %s file says what cjxl wrote', (name, header) => {
    expect(readJxl(jxlFiles[name]).header).toEqual(header)
  })
})

describe('the boxes of a JPEG XL file', () => {
  it('give a codestream in pieces of any size', () => {
    fc.assert(
      fc.property(headers, fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 5 }), (header, cuts) => {
        const whole = codestream(header)
        const places = [
          0,
          ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b),
          whole.length,
        ]
        const pieces = places.slice(1).map((end, index) => {
          const number = Buffer.from([0, 0, 0, index])
          return box('jxlp', Buffer.concat([number, whole.subarray(places[index], end)]))
        })
        expect(readJxl(Buffer.concat([signature, ...pieces])).header).toEqual(header)
      }),
    )
  })

  it('give EXIF and XMP, packed or not', () => {
    const xmp = Buffer.from('<x:xmpmeta/>')
    const plain = readJxl(Buffer.concat([signature, box('Exif', exif), box('xml ', xmp)]))
    const small = readJxl(
      Buffer.concat([
        signature,
        packed('xml ', brotliCompressSync(xmp)),
        packed('Exif', brotliCompressSync(exif)),
      ]),
    )
    expect([plain.exif, plain.xmp]).toEqual([tiff, xmp])
    expect([small.exif, small.xmp]).toEqual([tiff, xmp])
  })

  it('leave out what cannot be unpacked, and what would be endless', () => {
    const bomb = brotliCompressSync(Buffer.alloc(32 * 1024 * 1024))
    expect(readJxl(Buffer.concat([signature, packed('xml ', Buffer.from('no Brotli'))])).xmp).toBeNull()
    expect(readJxl(Buffer.concat([signature, packed('xml ', bomb)])).xmp).toBeNull()
  })

  it('of a JPEG made smaller hold its EXIF block', () => {
    const block = readJxl(jxlFiles.boxed).exif
    expect(block && readExif(block)).toMatchObject({
      camera: 'Nikon D90',
      original: { local: '2019-07-14T18:03:22' },
    })
  })

  it('are read to an end without a fault, whatever they are', () => {
    const starts = [
      signature,
      Buffer.from([0xff, 0x0a]),
      jxlFiles.boxed,
      box('jxlp', Buffer.alloc(2)),
      Buffer.alloc(0),
    ]
    const cut = fc.tuple(fc.constantFrom(...starts), fc.nat(800), fc.uint8Array({ maxLength: 300 }))
    fc.assert(
      fc.property(cut, ([start, kept, rest]) => {
        expect(() => readJxl(Buffer.concat([start.subarray(0, kept), rest]))).not.toThrow()
      }),
      { numRuns: 500 },
    )
  })
})
