import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openTiff, readDirectory } from '../../../electron/core/imaging/containers/tiff.ts'
import { exifAtMost, exifBlock, type NewExif } from '../../../electron/core/imaging/metadata/exif-block.ts'
import { readExif } from '../../../electron/core/imaging/metadata/exif.ts'
import { readXmp } from '../../../electron/core/imaging/metadata/xmp.ts'
import { xmpAtMost, xmpPacket, type NewXmp } from '../../../electron/core/imaging/metadata/xmp-packet.ts'

const plain: NewExif = { width: 640, height: 480, place: null, taken: 'same', rating: null }
const nothing: NewXmp = {
  taken: null,
  position: null,
  keywords: [],
  keywordPaths: [],
  rating: null,
  title: null,
  note: null,
}

/** But 0, 0, which is no place. */
const position = fc.record({
  latitude: fc.oneof(
    fc.double({ min: -90, max: -0.001, noNaN: true }),
    fc.double({ min: 0.001, max: 90, noNaN: true }),
  ),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})

/** What a reader makes of a block, which must be one. */
const facts = (block: Buffer | null) => {
  const read = block && readExif(block)
  if (!read) throw new Error('The block cannot be read.')
  return read
}

/** A big-endian block of a main directory with these entries: tag, type, count, value of four bytes. */
function bigEndian(
  entries: readonly (readonly [number, number, number, Buffer])[],
  behind: Uint8Array = Buffer.alloc(0),
): Buffer {
  const head = Buffer.from('MM\0\x2a\0\0\0\x08', 'latin1')
  const directory = Buffer.alloc(2 + entries.length * 12 + 4)
  directory.writeUInt16BE(entries.length, 0)
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 2 + index * 12
    directory.writeUInt16BE(tag, at)
    directory.writeUInt16BE(type, at + 2)
    directory.writeUInt32BE(count, at + 4)
    value.copy(directory, at + 8)
  }
  return Buffer.concat([head, directory, behind])
}

describe('an EXIF block for a copy', () => {
  it('says what is new of the picture and lies upright', () => {
    const block = exifBlock(null, {
      ...plain,
      taken: { at: '2019-07-14T18:03:22', offset: '+02:00' },
      rating: 4,
    })
    expect(facts(block)).toMatchObject({
      orientation: 1,
      rating: 4,
      original: { local: '2019-07-14T18:03:22', offset: '+02:00' },
      position: null,
    })
  })

  it('takes along what the old one says of camera and shot, in its byte order, and leaves the rest', () => {
    const copied = facts(
      bigEndian(
        [
          [0x010f, 2, 4, Buffer.from('Cam\0')],
          [0x0112, 3, 1, Buffer.of(0, 6, 0, 0)],
          [0x8769, 4, 1, Buffer.of(0, 0, 0, 8 + 2 + 4 * 12 + 4)],
          // A private directory, whose offsets would point nowhere.
          [0xc4a5, 7, 4, Buffer.from('PIM!')],
        ],
        bigEndian([
          [0x8827, 3, 1, Buffer.of(1, 0x90, 0, 0)],
          [0x927c, 7, 4, Buffer.from('note')],
        ]).subarray(8),
      ),
    )
    expect(copied.exposure.iso).toBe(400)
    const block = exifBlock(copied.directories, plain)
    expect(facts(block)).toMatchObject({ camera: 'Cam', orientation: 1, exposure: { iso: 400 } })
    const written = openTiff(block ?? Buffer.alloc(0))
    const main = written && readDirectory(written, written.first)
    expect(written?.littleEndian).toBe(false)
    expect([...(main?.entries.keys() ?? [])]).toEqual([0x010f, 0x0112, 0x8769])
    expect(block?.includes('note')).toBe(false)
  })

  it('writes any place to a few centimetres', () => {
    fc.assert(
      fc.property(position, (place) => {
        const read = facts(exifBlock(null, { ...plain, place })).position
        expect(read?.latitude).toBeCloseTo(place.latitude, 6)
        expect(read?.longitude).toBeCloseTo(place.longitude, 6)
      }),
    )
  })

  it('fits into a segment whatever is taken along', () => {
    const long = Buffer.alloc(60_000, 'a')
    const from = facts(bigEndian([[0x010e, 2, long.length, Buffer.of(0, 0, 0, 8 + 2 + 12 + 4)]], long))
    expect(exifBlock(from.directories, plain)?.length).toBeLessThan(exifAtMost)
  })
})

describe('an XMP packet for a copy', () => {
  it('is none where there is nothing to say', () => {
    expect(xmpPacket(nothing)).toBeNull()
  })

  it('says of any words and any place what a reader makes of it again', () => {
    const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter((text) => {
      // XML has no way to write control characters, and readers join white space.
      // oxlint-disable-next-line no-control-regex -- these are left out on purpose
      return text.trim() === text && text !== '' && !/[\u0000-\u001f\u007f-\u009f\ufffe\uffff|]/u.test(text)
    })
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 3 }), word, position, (keywords, title, place) => {
        const packet = xmpPacket({ ...nothing, keywords, title, position: place, taken: '1965-07' })
        const read = packet && readXmp(packet)
        expect(read?.keywords).toEqual(keywords)
        expect(read?.original).toMatchObject({ local: '1965-07-01T00:00:00', precision: 'month' })
        expect(read?.position?.latitude).toBeCloseTo(place.latitude, 6)
        expect(read?.position?.longitude).toBeCloseTo(place.longitude, 6)
      }),
    )
  })

  it('leaves out keywords and then the note where a segment of a JPEG is too short', () => {
    const keywords = Array.from({ length: 3000 }, (_, index) => `keyword ${index} ${'x'.repeat(40)}`)
    const packet = xmpPacket({ ...nothing, keywords, keywordPaths: [['a', 'b']], note: 'a note' })
    expect(packet?.length).toBeLessThanOrEqual(xmpAtMost)
    expect(packet?.includes('keyword 100 ')).toBe(true)
    expect(xmpPacket({ ...nothing, rating: 3, note: 'n'.repeat(100_000) })?.includes('nnn')).toBe(false)
  })
})
