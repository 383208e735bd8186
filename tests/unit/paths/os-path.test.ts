import { array, assert, constantFrom, oneof, pre, property, string, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { osFromText, textFromOs } from '../../../electron/core/paths/os-path.ts'

const bytesOf = (text: string): Buffer => Buffer.from(osFromText(text))

describe('file names as text', () => {
  it('leaves ordinary names as they are', () => {
    for (const name of ['IMG_1.jpg', 'café.jpg', 'cafe\u0301.jpg', '🐶 dog.jpg', '\u202Egpj.exe', 'Фото']) {
      expect(textFromOs(Buffer.from(name))).toBe(name)
      expect(osFromText(name)).toBe(name)
    }
  })

  it('keeps composed and decomposed names apart', () => {
    expect(textFromOs(Buffer.from('café'))).not.toBe(textFromOs(Buffer.from('cafe\u0301')))
  })

  it('gives back every sequence of bytes', () => {
    assert(
      property(uint8Array({ maxLength: 300 }), (raw) => {
        const bytes = Buffer.from(raw)
        expect(bytesOf(textFromOs(bytes))).toEqual(bytes)
      }),
    )
  })

  it('gives back names that mix valid text with stray bytes', () => {
    const piece = oneof(
      string({ unit: 'binary', maxLength: 6 }).map((text) => Buffer.from(text)),
      constantFrom(
        [0xff],
        [0xc3],
        [0xe2, 0x82],
        [0xed, 0xa0, 0x80],
        [0xf4, 0x8f, 0xbf, 0xbf],
        [0xf5, 0x80],
      ).map((raw) => Buffer.from(raw)),
    )
    assert(
      property(array(piece, { maxLength: 12 }), (pieces) => {
        const bytes = Buffer.concat(pieces)
        expect(bytesOf(textFromOs(bytes))).toEqual(bytes)
      }),
    )
  })

  it('gives different names different texts', () => {
    assert(
      property(uint8Array({ maxLength: 8 }), uint8Array({ maxLength: 8 }), (one, other) => {
        pre(!Buffer.from(one).equals(Buffer.from(other)))
        expect(textFromOs(Buffer.from(one))).not.toBe(textFromOs(Buffer.from(other)))
      }),
    )
  })
})
