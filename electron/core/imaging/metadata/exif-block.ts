import { bytesOf, sizeOfType } from '../containers/tiff.ts'
import type { DirectoryInBlock, ExifDirectories } from './exif.ts'
import type { Position } from './facts.ts'

/**
 * EXIF for a picture made of another one. Nothing that npm has does it: sharp can put a whole block in or merge into one,
 * but not take the place out of it; piexifjs and its kin are not kept up, and exiftool is a program of its own.
 *
 * What is not known to fit the new picture is left out: the maker's notes (whose offsets would point nowhere, and which
 * may tell where it was), thumbnails, sizes, subject areas, private directories.
 */

/** What the new block says of the picture. */
export interface NewExif {
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** `null`: nothing about a place is taken along. `same`: what the directories say. */
  readonly place: Position | 'same' | null
  /** Local time and offset; `null`: no date of the shot. `same`: as above. */
  readonly taken: { readonly at: string; readonly offset: string | null } | 'same' | null
  /** 0–5, -1; `null`: none. */
  readonly rating: number | null
}

interface Entry {
  readonly type: number
  readonly count: number
  /** Of the byte order of the block. */
  readonly value: Buffer
}
type Directory = Map<number, Entry>

const types = { byte: 1, ascii: 2, short: 3, long: 4, rational: 5 } as const
const pointers = { exif: 0x8769, gps: 0x8825 } as const
const tags = {
  orientation: 0x0112,
  rating: 0x4746,
  exifVersion: 0x9000,
  takenAt: 0x9003,
  takenOffset: 0x9011,
  takenFraction: 0x9291,
  colourSpace: 0xa001,
  width: 0xa002,
  height: 0xa003,
} as const

/** What a description, camera, program, time of change, artist and copyright are, and the texts of Windows (XP…). */
const fromMain: ReadonlySet<number> = new Set([
  0x010e, 0x010f, 0x0110, 0x0131, 0x0132, 0x013b, 0x8298, 0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f,
])
/** First and last of the tags of EXIF 2.32 that tell of the shot and stay true of a picture of another size. */
const fromShot: readonly (readonly [number, number])[] = [
  [0x829a, 0x829d],
  [0x8822, 0x8822],
  [0x8824, 0x8824],
  [0x8827, 0x8835],
  [0x9000, 0x9012],
  [0x9201, 0x920a],
  [0x9286, 0x9292],
  [0x9400, 0x9405],
  [0xa20b, 0xa20b],
  [0xa215, 0xa217],
  [0xa300, 0xa301],
  [0xa401, 0xa40a],
  [0xa40c, 0xa40c],
  [0xa420, 0xa435],
  [0xa460, 0xa462],
]
const lastOfGps = 0x1f

/** Bytes of a value that is taken along: a comment may be long. */
const valueAtMost = 16_384
/** Bytes that fit into a segment of a JPEG behind its head. */
export const exifAtMost = 65_527

/** The TIFF block of an EXIF segment; `null` when it would not fit into one. */
export function exifBlock(from: ExifDirectories | null, picture: NewExif): Buffer | null {
  const littleEndian = from?.main.block.littleEndian ?? true
  const main = copied(from?.main, littleEndian, (tag) => fromMain.has(tag))
  const shot = copied(from?.exif, littleEndian, (tag) =>
    fromShot.some(([first, last]) => tag >= first && tag <= last),
  )
  const write = writerFor(littleEndian)
  main.set(tags.orientation, write.shorts(1))
  if (picture.rating !== null && picture.rating >= 0) main.set(tags.rating, write.shorts(picture.rating))
  shot.set(tags.exifVersion, { type: 7, count: 4, value: Buffer.from('0232') })
  shot.set(tags.colourSpace, write.shorts(1))
  shot.set(tags.width, write.longs(picture.width))
  shot.set(tags.height, write.longs(picture.height))
  if (picture.taken !== 'same') {
    for (const tag of [tags.takenAt, tags.takenOffset, tags.takenFraction]) shot.delete(tag)
    if (picture.taken !== null) {
      const { at, offset } = picture.taken
      shot.set(tags.takenAt, write.text(at.replace('T', ' ').replaceAll('-', ':')))
      if (offset !== null) shot.set(tags.takenOffset, write.text(offset))
    }
  }
  const gps =
    picture.place === 'same'
      ? copied(from?.gps, littleEndian, (tag) => tag <= lastOfGps)
      : picture.place && gpsOf(picture.place, write)
  const block = joined(main, shot, gps !== null && gps.size > 0 ? gps : null, littleEndian)
  return block.length <= exifAtMost ? block : null
}

function copied(
  from: DirectoryInBlock | null | undefined,
  littleEndian: boolean,
  isWanted: (tag: number) => boolean,
): Directory {
  const entries: Directory = new Map()
  if (!from) return entries
  const { block, directory } = from
  for (const [tag, entry] of directory.entries) {
    const { type, count } = entry
    const length = sizeOfType(type) * count
    if (!isWanted(tag) || length === 0 || length > valueAtMost) continue
    const value = bytesOf(block, entry, valueAtMost)
    if (value === null) continue
    entries.set(tag, {
      type,
      count,
      value: block.littleEndian === littleEndian ? value : swapped(value, type),
    })
  }
  return entries
}

/** The same numbers in the other byte order. */
function swapped(value: Buffer, type: number): Buffer {
  const copy = Buffer.from(value)
  if (type === 3 || type === 8) return copy.swap16()
  if (type === 4 || type === 5 || type === 9 || type === 10 || type === 11 || type === 13)
    return copy.swap32()
  return type === 12 ? copy.swap64() : copy
}

interface Writer {
  readonly shorts: (...values: number[]) => Entry
  readonly longs: (...values: number[]) => Entry
  readonly rationals: (...values: readonly (readonly [over: number, under: number])[]) => Entry
  readonly text: (text: string) => Entry
}

function writerFor(littleEndian: boolean): Writer {
  const longs = (values: readonly number[]): Buffer => {
    const value = Buffer.alloc(values.length * 4)
    for (const [at, number] of values.entries()) putLong(value, number, at * 4, littleEndian)
    return value
  }
  return {
    shorts: (...values) => {
      const value = Buffer.alloc(values.length * 2)
      for (const [at, number] of values.entries()) putShort(value, number, at * 2, littleEndian)
      return { type: types.short, count: values.length, value }
    },
    longs: (...values) => ({ type: types.long, count: values.length, value: longs(values) }),
    rationals: (...values) => ({ type: types.rational, count: values.length, value: longs(values.flat()) }),
    text: (text) => {
      const value = Buffer.from(`${text}\0`, 'latin1')
      return { type: types.ascii, count: value.length, value }
    },
  }
}

function gpsOf({ latitude, longitude }: Position, write: Writer): Directory {
  return new Map<number, Entry>([
    [0, { type: types.byte, count: 4, value: Buffer.of(2, 3, 0, 0) }],
    [1, write.text(latitude < 0 ? 'S' : 'N')],
    [2, degrees(latitude, write)],
    [3, write.text(longitude < 0 ? 'W' : 'E')],
    [4, degrees(longitude, write)],
  ])
}

/** Degrees, minutes and seconds, these to a ten-thousandth: 3 mm. */
function degrees(value: number, { rationals }: Writer): Entry {
  const parts = Math.round(Math.abs(value) * 3600 * 10_000)
  const minutes = Math.floor(parts / (60 * 10_000))
  return rationals([Math.floor(minutes / 60), 1], [minutes % 60, 1], [parts % (60 * 10_000), 10_000])
}

/** Header, then each directory with its values behind it, which TIFF wants in even places. */
function joined(main: Directory, shot: Directory, gps: Directory | null, littleEndian: boolean): Buffer {
  const write = writerFor(littleEndian)
  const header = Buffer.alloc(8)
  header.write(littleEndian ? 'II' : 'MM', 'latin1')
  putShort(header, 42, 2, littleEndian)
  putLong(header, 8, 4, littleEndian)
  main.set(pointers.exif, write.longs(0))
  if (gps) main.set(pointers.gps, write.longs(0))
  const shotAt = 8 + sizeOf(main)
  main.set(pointers.exif, write.longs(shotAt))
  if (gps) main.set(pointers.gps, write.longs(shotAt + sizeOf(shot)))
  return Buffer.concat([
    header,
    written(main, 8, littleEndian),
    written(shot, shotAt, littleEndian),
    ...(gps ? [written(gps, shotAt + sizeOf(shot), littleEndian)] : []),
  ])
}

const even = (length: number): number => length + (length & 1)

function sizeOf(directory: Directory): number {
  const outside = [...directory.values()].map(({ value }) => (value.length > 4 ? even(value.length) : 0))
  return outside.reduce((sum, length) => sum + length, 2 + directory.size * 12 + 4)
}

function written(directory: Directory, at: number, littleEndian: boolean): Buffer {
  const bytes = Buffer.alloc(sizeOf(directory))
  putShort(bytes, directory.size, 0, littleEndian)
  let values = 2 + directory.size * 12 + 4
  let entryAt = 2
  // Readers may rely on the order of tags (TIFF 6.0, section 2).
  for (const [tag, { type, count, value }] of [...directory].sort(([one], [other]) => one - other)) {
    putShort(bytes, tag, entryAt, littleEndian)
    putShort(bytes, type, entryAt + 2, littleEndian)
    putLong(bytes, count, entryAt + 4, littleEndian)
    if (value.length <= 4) value.copy(bytes, entryAt + 8)
    else {
      putLong(bytes, at + values, entryAt + 8, littleEndian)
      value.copy(bytes, values)
      values += even(value.length)
    }
    entryAt += 12
  }
  return bytes
}

function putShort(bytes: Buffer, value: number, at: number, littleEndian: boolean): void {
  if (littleEndian) bytes.writeUInt16LE(value, at)
  else bytes.writeUInt16BE(value, at)
}

function putLong(bytes: Buffer, value: number, at: number, littleEndian: boolean): void {
  if (littleEndian) bytes.writeUInt32LE(value, at)
  else bytes.writeUInt32BE(value, at)
}
