import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sniff } from '../../../electron/core/imaging/sniff.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')
const ftyp = (major: string, ...others: string[]) =>
  bytes(
    `\0\0\0${String.fromCharCode(16 + others.length * 4)}ftyp${major}\0\0\0\0${others.join('')}${'\0'.repeat(40)}`,
  )

describe('what a file is, by its content', () => {
  it.each([
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['GIF89a', 'gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'webp'],
    ['II*\0\x08\0\0\0', 'tiff'],
    ['MM\0*\0\0\0\x08', 'tiff'],
    ['IIRO\x08\0\0\0', 'raw'],
    ['IIU\0\x08\0\0\0', 'raw'],
    ['FUJIFILMCCD-RAW 0201', 'raw'],
    ['\xff\x0a\xff', 'jxl'],
    ['BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0', 'bmp'],
  ])('%j is a photo', (start, format) => {
    expect(sniff(bytes(start))).toEqual({ photo: format })
  })

  it.each([
    [ftyp('heic', 'mif1'), 'heic'],
    [ftyp('mif1', 'heic'), 'heic'],
    [ftyp('mif1', 'miaf', 'avif'), 'avif'],
    [ftyp('avis', 'avif'), 'avif'],
    [ftyp('crx ', 'isom'), 'raw'],
  ])('tells the picture formats of the ISO family apart', (file, format) => {
    expect(sniff(file)).toEqual({ photo: format })
  })

  it('recognises the newest iPhone’s longer list of brands', () => {
    const brands = ['mif1', 'MiHB', 'MiHA', 'heix', 'MiHE', 'MiPr', 'miaf', 'tmap', 'heic']
    expect(sniff(ftyp('heic', ...brands))).toEqual({ photo: 'heic' })
  })

  it.each([
    ftyp('qt  '),
    ftyp('mp42', 'isom'),
    ftyp('isom'),
    bytes('\x1aE\xdf\xa3'),
    bytes('RIFF\0\0\0\0AVI LIST'),
  ])('names videos as such, not as errors', (file) => {
    expect(sniff(file)).toMatchObject({
      kind: 'unsupported',
      reason: 'This is a video; only photos are indexed.',
    })
  })

  it('gives four faults four reasons', () => {
    const faults = [Buffer.alloc(0), bytes('shopping list'), bytes('8BPS'), Buffer.alloc(2000)].map((file) =>
      sniff(file),
    )
    expect(faults.map((fault) => fault.photo === null && fault.kind)).toEqual([
      'empty',
      'not-an-image',
      'unsupported',
      'damaged',
    ])
    expect(new Set(faults.map((fault) => fault.photo === null && fault.reason)).size).toBe(4)
  })

  it.each([
    ['<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">', 'unsupported'],
    ['%PDF-1.7', 'not-an-image'],
    ['PK\x03\x04', 'not-an-image'],
    ['\0\x05\x16\x07\0\x02\0\0', 'not-an-image'],
    ['P6 10 10 255 ', 'unsupported'],
    ['\0\0\0\x0cjP  \r\n\x87\n', 'unsupported'],
  ])('never takes %j for a photo', (start, kind) => {
    expect(sniff(bytes(start))).toMatchObject({ photo: null, kind })
  })

  it('has an answer for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (data) => {
        const what = sniff(Buffer.from(data))
        expect(what.photo !== null || what.reason.endsWith('.')).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
