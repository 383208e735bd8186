/**
 * The directory structure of TIFF 6.0, which EXIF and most RAW formats share. Every offset in it comes
 * from the file and is not trusted: reads outside the block give nothing, and no list is longer than
 * `entriesAtMost`.
 */

export interface TiffBlock {
  readonly bytes: Buffer
  /** Where offset 0 of the block lies in `bytes`. */
  readonly base: number
  readonly littleEndian: boolean
  /** Offset of the first directory, relative to `base`. */
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

/** The block that starts at `base`, or `null` when there is no TIFF header (any magic number will do). */
export function openTiff(bytes: Buffer, base = 0): TiffBlock | null {
  if (base < 0 || base + 8 > bytes.length) return null
  const order = bytes.readUInt16BE(base)
  if (order !== 0x4949 && order !== 0x4d4d) return null
  const littleEndian = order === 0x4949
  const first = littleEndian ? bytes.readUInt32LE(base + 4) : bytes.readUInt32BE(base + 4)
  return { bytes, base, littleEndian, first }
}

function readUint16(block: TiffBlock, at: number): number | null {
  if (at < 0 || at + 2 > block.bytes.length) return null
  return block.littleEndian ? block.bytes.readUInt16LE(at) : block.bytes.readUInt16BE(at)
}

function readUint32(block: TiffBlock, at: number): number | null {
  if (at < 0 || at + 4 > block.bytes.length) return null
  return block.littleEndian ? block.bytes.readUInt32LE(at) : block.bytes.readUInt32BE(at)
}

/** The directory at `offset`, as far as it can be read; `null` when it lies outside the block. */
export function readDirectory(block: TiffBlock, offset: number): TiffDirectory | null {
  const start = block.base + offset
  if (offset < 8) return null
  const listed = readUint16(block, start)
  if (listed === null) return null
  const entries = new Map<number, TiffEntry>()
  const count = Math.min(listed, entriesAtMost)
  for (let index = 0; index < count; index++) {
    const at = start + 2 + index * 12
    const tag = readUint16(block, at)
    const type = readUint16(block, at + 2)
    const length = readUint32(block, at + 4)
    const value = readUint32(block, at + 8)
    if (tag === null || type === null || length === null || value === null) break
    const size = typeSizes[type] ?? 0
    if (size === 0 || entries.has(tag)) continue
    const valueAt = size * length <= 4 ? at + 8 : block.base + value
    if (valueAt + size * length > block.bytes.length) continue
    entries.set(tag, { type, count: length, at: valueAt })
  }
  return { entries, next: readUint32(block, start + 2 + listed * 12) ?? 0 }
}

/** The first `atMost` numbers of an entry; rationals as quotients (`x/0` is NaN). */
export function numbersOf(block: TiffBlock, entry: TiffEntry | undefined, atMost = 16): number[] {
  if (!entry) return []
  const { bytes, littleEndian } = block
  const size = typeSizes[entry.type] ?? 0
  const values: number[] = []
  const count = Math.min(entry.count, atMost)
  for (let index = 0; index < count; index++) {
    const at = entry.at + index * size
    switch (entry.type) {
      case 1:
      case 7:
        values.push(bytes.readUInt8(at))
        break
      case 6:
        values.push(bytes.readInt8(at))
        break
      case 3:
        values.push(littleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
        break
      case 8:
        values.push(littleEndian ? bytes.readInt16LE(at) : bytes.readInt16BE(at))
        break
      case 4:
      case 13:
        values.push(littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
        break
      case 9:
        values.push(littleEndian ? bytes.readInt32LE(at) : bytes.readInt32BE(at))
        break
      case 5: {
        const over = littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
        const under = littleEndian ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4)
        values.push(under === 0 ? Number.NaN : over / under)
        break
      }
      case 10: {
        const over = littleEndian ? bytes.readInt32LE(at) : bytes.readInt32BE(at)
        const under = littleEndian ? bytes.readInt32LE(at + 4) : bytes.readInt32BE(at + 4)
        values.push(under === 0 ? Number.NaN : over / under)
        break
      }
      case 11:
        values.push(littleEndian ? bytes.readFloatLE(at) : bytes.readFloatBE(at))
        break
      case 12:
        values.push(littleEndian ? bytes.readDoubleLE(at) : bytes.readDoubleBE(at))
        break
      default:
        return values
    }
  }
  return values
}

export function numberOf(block: TiffBlock, entry: TiffEntry | undefined): number | null {
  return numbersOf(block, entry, 1)[0] ?? null
}

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
