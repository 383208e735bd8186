/**
 * The directory structure of TIFF 6.0, which EXIF and most RAW formats share. Every offset in it comes
 * from the file and is not trusted: reads outside the block give nothing, and no list is longer than
 * `entriesAtMost`.
 */

export interface TiffBlock {
  readonly bytes: Buffer
  readonly view: DataView
  readonly littleEndian: boolean
  /** Offset of the first directory. */
  readonly first: number
}

export interface TiffEntry {
  readonly type: number
  readonly count: number
  /** Where the value lies in `bytes`. */
  readonly at: number
}

export interface TiffDirectory {
  readonly entries: ReadonlyMap<number, TiffEntry>
  /** Offset of the next directory, 0 for none. */
  readonly next: number
}

const entriesAtMost = 1000
/** Size in bytes of the value types 1–13 (TIFF 6.0, and IFD = 13). */
const typeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4]

type ReadNumber = (view: DataView, at: number, littleEndian: boolean) => number
const readByte: ReadNumber = (view, at) => view.getUint8(at)
const readLong: ReadNumber = (view, at, little) => view.getUint32(at, little)
const quotient = (over: number, under: number): number => (under === 0 ? Number.NaN : over / under)
/** How a value of each type is read; text is no number. */
const numberReaders: Readonly<Record<number, ReadNumber>> = {
  1: readByte,
  3: (view, at, little) => view.getUint16(at, little),
  4: readLong,
  5: (view, at, little) => quotient(view.getUint32(at, little), view.getUint32(at + 4, little)),
  6: (view, at) => view.getInt8(at),
  7: readByte,
  8: (view, at, little) => view.getInt16(at, little),
  9: (view, at, little) => view.getInt32(at, little),
  10: (view, at, little) => quotient(view.getInt32(at, little), view.getInt32(at + 4, little)),
  11: (view, at, little) => view.getFloat32(at, little),
  12: (view, at, little) => view.getFloat64(at, little),
  13: readLong,
}

/** The block that `bytes` begin with, or `null` when there is no TIFF header (any magic number will do). */
export function openTiff(bytes: Buffer): TiffBlock | null {
  if (bytes.length < 8) return null
  const order = bytes.readUInt16BE(0)
  if (order !== 0x4949 && order !== 0x4d4d) return null
  const littleEndian = order === 0x4949
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return { bytes, view, littleEndian, first: view.getUint32(4, littleEndian) }
}

function readUint16(block: TiffBlock, at: number): number | null {
  if (at < 0 || at + 2 > block.bytes.length) return null
  return block.view.getUint16(at, block.littleEndian)
}

function readUint32(block: TiffBlock, at: number): number | null {
  if (at < 0 || at + 4 > block.bytes.length) return null
  return block.view.getUint32(at, block.littleEndian)
}

/** The directory at `offset`, as far as it can be read; `null` when it lies outside the block. */
export function readDirectory(block: TiffBlock, offset: number): TiffDirectory | null {
  if (!Number.isInteger(offset) || offset < 8) return null
  const listed = readUint16(block, offset)
  if (listed === null) return null
  const entries = new Map<number, TiffEntry>()
  const count = Math.min(listed, entriesAtMost)
  for (let index = 0; index < count; index++) {
    const at = offset + 2 + index * 12
    const tag = readUint16(block, at)
    const type = readUint16(block, at + 2)
    const length = readUint32(block, at + 4)
    const value = readUint32(block, at + 8)
    if (tag === null || type === null || length === null || value === null) break
    const size = typeSizes[type] ?? 0
    if (size === 0 || entries.has(tag)) continue
    const valueAt = size * length <= 4 ? at + 8 : value
    if (valueAt + size * length > block.bytes.length) continue
    entries.set(tag, { type, count: length, at: valueAt })
  }
  return { entries, next: readUint32(block, offset + 2 + listed * 12) ?? 0 }
}

const subDirectories = 0x014a
const exifDirectory = 0x8769
const directoriesAtMost = 64

/** All directories that hang together with the first, each once, nearest first. */
export function directoriesOf(block: TiffBlock): (TiffDirectory & { readonly offset: number })[] {
  const found: (TiffDirectory & { readonly offset: number })[] = []
  const waiting = [block.first]
  const seen = new Set<number>()
  while (found.length < directoriesAtMost) {
    const offset = waiting.shift()
    if (offset === undefined) break
    if (offset === 0 || seen.has(offset)) continue
    seen.add(offset)
    const directory = readDirectory(block, offset)
    if (!directory) continue
    found.push({ ...directory, offset })
    waiting.push(
      directory.next,
      ...numbersOf(block, directory.entries.get(subDirectories), 16),
      ...numbersOf(block, directory.entries.get(exifDirectory), 1),
    )
  }
  return found
}

/** The first `atMost` numbers of an entry; rationals as quotients (`x/0` is NaN). */
export function numbersOf(block: TiffBlock, entry: TiffEntry | undefined, atMost = 16): number[] {
  const read = entry && numberReaders[entry.type]
  if (!read) return []
  const { view, littleEndian } = block
  const size = typeSizes[entry.type] ?? 0
  const length = Math.min(entry.count, atMost)
  return Array.from({ length }, (_, index) => read(view, entry.at + index * size, littleEndian))
}

export function numberOf(block: TiffBlock, entry: TiffEntry | undefined): number | null {
  return numbersOf(block, entry, 1)[0] ?? null
}

/** Bytes that one value of an entry takes; 0 for a type that TIFF 6.0 does not know. */
export const sizeOfType = (type: number): number => typeSizes[type] ?? 0

/** The bytes of an entry, a view into the file, never longer than `atMost`. */
export function bytesOf(block: TiffBlock, entry: TiffEntry | undefined, atMost = 1 << 20): Buffer | null {
  if (!entry) return null
  const length = (typeSizes[entry.type] ?? 0) * entry.count
  return block.bytes.subarray(entry.at, entry.at + Math.min(length, atMost))
}

/** An ASCII value up to its first NUL, trimmed; UTF-8 where it is valid, else Latin-1. `null` when blank. */
export function textOf(block: TiffBlock, entry: TiffEntry | undefined): string | null {
  const raw = bytesOf(block, entry, 4096)
  if (!raw) return null
  const end = raw.indexOf(0)
  return decodeText(end < 0 ? raw : raw.subarray(0, end))
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Text of unknown encoding: UTF-8 where valid, else Latin-1; trimmed, control characters gone, `null` when blank. */
export function decodeText(raw: Buffer): string | null {
  let text: string
  try {
    text = utf8.decode(raw)
  } catch {
    text = raw.toString('latin1')
  }
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what has to go
  const clean = text.replaceAll(/[\u0000-\u001f\u007f]+/g, ' ').trim()
  return clean === '' ? null : clean
}
