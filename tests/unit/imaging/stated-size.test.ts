import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PhotoFormat } from '../../../electron/core/contract/photo-formats.ts'
import { formats as table } from '../../../electron/core/imaging/formats/table.ts'
import { picture } from '../../fixtures/imaging.ts'
import { bigTiff, statesSize, type WithStatedSize } from '../../fixtures/stated-size.ts'

const formats = ['png', 'webp', 'tiff', 'avif'] as const

const statedSize = (file: Buffer, format: PhotoFormat) => table[format].open(file, 'x').statedSize

describe('the size that a file states', () => {
  it.each(['png', 'tiff', 'avif'] as const)('is that of a whole %s', async (format) => {
    const file = await picture(123, 45).toFormat(format).toBuffer()
    expect(statedSize(file, format)).toEqual({ width: 123, height: 45 })
  })

  it('is whatever a header holds, to the last bit', async () => {
    const made = new Map<WithStatedSize, Buffer>()
    for (const format of formats) made.set(format, await picture(64, 48).toFormat(format).toBuffer())
    const side = fc.integer({ min: 1, max: 2 ** 24 })
    fc.assert(
      fc.property(fc.constantFrom(...formats), side, side, (format, width, height) => {
        const file = statesSize(made.get(format) ?? Buffer.alloc(0), format, width, height)
        expect(statedSize(file, format)).toEqual({ width, height })
      }),
    )
  })

  it('is read from a TIFF of 64 bits in either byte order', () => {
    expect(statedSize(bigTiff(134_217_928, 7, 'II'), 'tiff')).toEqual({ width: 134_217_928, height: 7 })
    expect(statedSize(bigTiff(5, 20_000_000, 'MM'), 'tiff')).toEqual({ width: 5, height: 20_000_000 })
  })

  it('is not asked where it cannot be too much, or our own decoder looks', () => {
    for (const format of ['jpeg', 'gif', 'heic', 'bmp', 'raw', 'jxl'] as const)
      expect(statedSize(Buffer.alloc(100), format)).toBeNull()
  })

  it('is nothing, and no error, where a file is cut or nonsense', () => {
    const beginnings = [
      '',
      '\x89PNG\r\n\x1a\n\0\0\0\rIHDR',
      'RIFF\0\0\0\0WEBPVP8X',
      'II*\0\x08\0\0\0',
      'II+\0\x08\0\0\0',
      'MM\0+',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...formats),
        fc.constantFrom(...beginnings),
        fc.uint8Array({ maxLength: 200 }),
        (format, beginning, rest) => {
          const size = statedSize(Buffer.concat([Buffer.from(beginning, 'latin1'), rest]), format)
          expect(size === null || (size.width >= 0 && size.height >= 0)).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})
