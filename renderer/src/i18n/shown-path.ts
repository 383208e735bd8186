/** Bytes of a file name that are no text travel as U+10FF00 + byte; people see them as `\xE9`. */
const firstRawByte = 0x10_ff00
/** Marks that turn the direction of the text around them: shown, they would disguise a file's extension. */
const turning = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu
const control = /\p{Cc}/gu

/** A file name or path for people's eyes only; never for finding the file. */
export function shownPath(path: string): string {
  return path
    .replaceAll(/[\u{10ff00}-\u{10ffff}]/gu, (raw) => {
      const byte = (raw.codePointAt(0) ?? firstRawByte) - firstRawByte
      return `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .replaceAll(turning, '�')
    .replaceAll(control, '�')
}

/** The last part of a path of any operating system. */
export function lastPart(path: string): string {
  return path.split(/[\\/]/u).findLast((part) => part !== '') ?? path
}
