import { isUtf8 } from 'node:buffer'
import { sep } from 'node:path'

/**
 * File names as text without loss. A name is whatever bytes the file system allows; most are UTF-8, some are not.
 * Bytes that do not decode become one character each, U+10FF00 + byte: the last block of a private plane,
 * which no font, keyboard or file in practice uses. Real characters of that block are escaped byte by byte too,
 * so text and bytes always name each other exactly.
 */
const escapeBase = 0x10_ff00
const escaped = /[\u{10ff80}-\u{10ffff}]/u
const eachEscaped = /[\u{10ff80}-\u{10ffff}]/gu

/** Text form of a path or name given by the operating system. Never throws; `osFromText` gives the bytes back. */
export function textFromOs(bytes: Buffer): string {
  if (isUtf8(bytes)) {
    const text = bytes.toString('utf8')
    return escaped.test(text) ? text.replace(eachEscaped, escapeCharacter) : text
  }
  let text = ''
  let start = 0
  while (start < bytes.length) {
    const length = sequenceLength(bytes, start)
    if (length === 0) {
      text += escapeByte(bytes[start] ?? 0)
      start += 1
    } else {
      text += textFromOs(bytes.subarray(start, start + length))
      start += length
    }
  }
  return text
}

/** What to hand to `fs` for a path in text form: the string itself, or bytes where the text holds escaped ones. */
export function osFromText(text: string): string | Buffer {
  if (!escaped.test(text)) return text
  const parts: Buffer[] = []
  let plain = ''
  for (const character of text) {
    const byte = (character.codePointAt(0) ?? 0) - escapeBase
    if (byte < 0x80) {
      plain += character
      continue
    }
    parts.push(Buffer.from(plain, 'utf8'), Buffer.of(byte))
    plain = ''
  }
  parts.push(Buffer.from(plain, 'utf8'))
  return Buffer.concat(parts)
}

/** Path of an entry of a folder. Unlike `path.join` it leaves both exactly as they are. */
export function childOf(folder: string, name: string): string {
  return folder.endsWith(sep) ? folder + name : folder + sep + name
}

/** Whether `path` is `folder` or lies below it; both absolute and in text form. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(childOf(folder, ''))
}

function escapeByte(byte: number): string {
  return String.fromCodePoint(escapeBase + byte)
}

function escapeCharacter(character: string): string {
  return [...Buffer.from(character, 'utf8')].map(escapeByte).join('')
}

/** Length of the well-formed UTF-8 sequence that starts at `start`; 0 when there is none. */
function sequenceLength(bytes: Buffer, start: number): number {
  for (let length = 1; length <= 4 && start + length <= bytes.length; length++) {
    if (isUtf8(bytes.subarray(start, start + length))) return length
  }
  return 0
}
