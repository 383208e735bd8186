import { findBox, readBoxes } from './boxes.ts'
import type { Box } from './boxes.ts'
import { readCleanAperture } from './clean-aperture.ts'
import type { CleanAperture } from './clean-aperture.ts'

/** What a HEIC or AVIF file says of its main picture (ISO 23008-12). */
export interface HeifFacts {
  /** How the main picture is coded or made of others: `hvc1`, `grid`; `null` for files that have none. */
  readonly itemType: string | null
  /** Whether there is a track of pictures, as in image sequences and bursts. */
  readonly hasTrack: boolean
  /** Size as stored, before it is cropped and `orientation` applied; `null` when the file does not say. */
  readonly size: { readonly width: number; readonly height: number } | null
  /** Size of the first picture that the main one is put together from; `null` for one that is not. */
  readonly tile: { readonly width: number; readonly height: number } | null
  readonly aperture: CleanAperture | null
  /** Properties of all pictures, the cropping ones among them. */
  readonly properties: readonly Box[]
  /** EXIF orientation that rotation and mirroring amount to. Decoders apply it themselves. */
  readonly orientation: number
  /** TIFF block of the EXIF item. */
  readonly exif: Buffer | null
  readonly xmp: Buffer | null
  /** ICC profile of the main picture. */
  readonly profile: Buffer | null
  /** Bytes of the samples that AV1 decodes to, for each pixel; as many as there can be where the file does not say. */
  readonly av1BytesPerPixel: number
  /** When an image sequence was made, as wall time `2024-04-17 14:50:19`; `null` for still pictures. */
  readonly created: string | null
}

/** Three components of more than 8 bits. */
const av1BytesAtMost = 6
const itemsAtMost = 5000
const itemBytesAtMost = 16 * 1024 * 1024

/** Never throws: what cannot be read is left out. */
export function readHeif(bytes: Buffer): HeifFacts {
  const top = readBoxes(bytes, 0, bytes.length)
  const meta = childrenOf(bytes, findBox(top, 'meta'), 4)
  const items = readItems(bytes, findBox(meta, 'iinf'))
  const places = readPlaces(bytes, findBox(meta, 'iloc'))
  const idat = findBox(meta, 'idat')
  const item = (test: (entry: ItemEntry) => boolean) => {
    const found = items.find(test)
    const place = found && places.get(found.id)
    return place ? assemble(bytes, place, idat) : null
  }
  const properties = childrenOf(bytes, findBox(meta, 'iprp'))
  const all = childrenOf(bytes, findBox(properties, 'ipco'))
  const primary = readPrimary(bytes, findBox(meta, 'pitm'))
  const propertiesOf = (id: number | null): Box[] =>
    id === null
      ? []
      : associations(bytes, findBox(properties, 'ipma'), id).flatMap((number) => all[number - 1] ?? [])
  const own = propertiesOf(primary)
  const { size, ...applied } = readProperties(bytes, own)
  return {
    itemType: items.find(({ id }) => id === primary)?.type ?? null,
    hasTrack: findBox(top, 'moov') !== null,
    size,
    tile: readProperties(bytes, propertiesOf(firstPart(bytes, findBox(meta, 'iref'), primary))).size,
    ...applied,
    aperture: size && readCleanAperture(bytes, own, size),
    properties: all,
    av1BytesPerPixel: av1BytesPerPixel(bytes, all),
    exif: exifBlock(item((entry) => entry.type === 'Exif')),
    xmp: item((entry) => entry.type === 'mime' && entry.contentType === 'application/rdf+xml'),
    created: sequenceCreated(bytes, childrenOf(bytes, findBox(top, 'moov'))),
  }
}

/** Boxes in a box, which begin `skipped` bytes into its content. */
function childrenOf(bytes: Buffer, box: Box | null, skipped = 0): Box[] {
  return box ? readBoxes(bytes, box.start + skipped, box.end) : []
}

/** Seconds from 1904, where ISO files count from, to 1970. */
const epoch1904 = 2_082_844_800

function sequenceCreated(bytes: Buffer, movie: readonly Box[]): string | null {
  const header = findBox(movie, 'mvhd')
  if (!header || header.end - header.start < 20) return null
  const wide = bytes[header.start] === 1
  const since1904 = wide
    ? Number(bytes.readBigUInt64BE(header.start + 4))
    : bytes.readUInt32BE(header.start + 4)
  const seconds = since1904 - epoch1904
  if (seconds <= 0 || seconds > 2 ** 33) return null
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
}

/**
 * The item begins with the distance to the TIFF header; some writers put `Exif\0\0` in between, some lie, some leave the
 * distance out.
 */
function exifBlock(item: Buffer | null): Buffer | null {
  if (!item || item.length < 12) return null
  if (beginsWithTiff.test(item.toString('latin1', 0, 4))) return item
  const stated = 4 + item.readUInt32BE(0)
  const order = stated + 2 <= item.length ? item.readUInt16BE(stated) : 0
  if (order === 0x4949 || order === 0x4d4d) return item.subarray(stated)
  const marker = item.indexOf('Exif\0\0', 0, 'latin1')
  return marker >= 0 && marker < 16 ? item.subarray(marker + 6) : null
}

// oxlint-disable-next-line no-control-regex -- the number 42 in either byte order
const beginsWithTiff = /^(?:II\*\0|MM\0\*)/

interface ItemEntry {
  readonly id: number
  readonly type: string
  readonly contentType: string
}

function readItems(bytes: Buffer, box: Box | null): ItemEntry[] {
  if (!box || box.end - box.start < 6) return []
  const version = bytes[box.start] as number
  const items: ItemEntry[] = []
  for (const entry of readBoxes(bytes, box.start + (version === 0 ? 6 : 8), box.end).slice(0, itemsAtMost)) {
    if (entry.type !== 'infe' || entry.end - entry.start < 12) continue
    const wide = (bytes[entry.start] as number) >= 3
    const typeAt = entry.start + (wide ? 10 : 8)
    const nameEnd = bytes.indexOf(0, typeAt + 4)
    const typeEnd = nameEnd < 0 ? -1 : bytes.indexOf(0, nameEnd + 1)
    items.push({
      id: wide ? bytes.readUInt32BE(entry.start + 4) : bytes.readUInt16BE(entry.start + 4),
      type: bytes.toString('latin1', typeAt, typeAt + 4),
      contentType:
        nameEnd > 0 && typeEnd > 0 && typeEnd <= entry.end
          ? bytes.toString('latin1', nameEnd + 1, typeEnd)
          : '',
    })
  }
  return items
}

function readPrimary(bytes: Buffer, box: Box | null): number | null {
  if (!box || box.end - box.start < 6) return null
  if (bytes[box.start] === 0) return bytes.readUInt16BE(box.start + 4)
  return box.end - box.start >= 8 ? bytes.readUInt32BE(box.start + 4) : null
}

/** The first of the items that another is derived from. */
function firstPart(bytes: Buffer, box: Box | null, item: number | null): number | null {
  const idBytes = box && bytes[box.start] === 0 ? 2 : 4
  for (const { type, start, end } of childrenOf(bytes, box, 4)) {
    if (type !== 'dimg' || end - start < 2 * idBytes + 2) continue
    if (bytes.readUIntBE(start, idBytes) === item) return bytes.readUIntBE(start + idBytes + 2, idBytes)
  }
  return null
}

interface Place {
  /** 0: in the file, 1: in the `idat` box. */
  readonly method: number
  readonly extents: readonly { readonly offset: number; readonly length: number }[]
}

/** Reads numbers of 0, 4 or 8 bytes one after the other and stops being `ok` at the end. */
function cursor(bytes: Buffer, start: number, end: number) {
  let at = start
  let ok = true
  return {
    get ok() {
      return ok
    },
    read(size: number): number {
      if (at + size > end) {
        ok = false
        return 0
      }
      const value =
        size === 0 ? 0 : size === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, size)
      at += size
      return value
    },
  }
}

function readPlaces(bytes: Buffer, box: Box | null): Map<number, Place> {
  const places = new Map<number, Place>()
  if (!box) return places
  const from = cursor(bytes, box.start, box.end)
  const version = from.read(1)
  from.read(3)
  const sizes = from.read(2)
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15]
  const indexSize = version > 0 ? sizes & 15 : 0
  if (
    ![offsetSize, lengthSize, baseSize, indexSize].every((size) => size === 0 || size === 4 || size === 8)
  ) {
    return places
  }
  const count = Math.min(from.read(version < 2 ? 2 : 4), itemsAtMost)
  for (let index = 0; index < count && from.ok; index++) {
    const id = from.read(version < 2 ? 2 : 4)
    const method = version > 0 ? from.read(2) & 15 : 0
    from.read(2)
    const base = from.read(baseSize)
    const extents: { offset: number; length: number }[] = []
    const extentCount = from.read(2)
    for (let extent = 0; extent < extentCount && from.ok; extent++) {
      from.read(indexSize)
      extents.push({ offset: base + from.read(offsetSize), length: from.read(lengthSize) })
    }
    if (from.ok) places.set(id, { method, extents })
  }
  return places
}

function assemble(bytes: Buffer, place: Place, idat: Box | null): Buffer | null {
  const start = place.method === 1 ? idat?.start : 0
  const end = place.method === 1 ? idat?.end : bytes.length
  if (start === undefined || end === undefined || place.method > 1) return null
  const parts: Buffer[] = []
  let total = 0
  for (const { offset, length } of place.extents) {
    const from = start + offset
    const to = length === 0 ? end : from + length
    if (from > end || to > end) return null
    total += to - from
    if (total > itemBytesAtMost) return null
    parts.push(bytes.subarray(from, to))
  }
  const [only] = parts
  return parts.length === 1 && only ? only : Buffer.concat(parts)
}

/** @param boxes properties of the main picture, in the order in which they apply */
function readProperties(
  bytes: Buffer,
  boxes: readonly Box[],
): Pick<HeifFacts, 'size' | 'orientation' | 'profile'> {
  let size: HeifFacts['size'] = null
  let orientation = 1
  let profile: Buffer | null = null
  for (const box of boxes) {
    const length = box.end - box.start
    if (box.type === 'ispe') size = sizeOf(bytes, box) ?? size
    else if (box.type === 'irot' && length >= 1) {
      orientation = turn(orientation, (bytes[box.start] as number) & 3)
    } else if (box.type === 'imir' && length >= 1) {
      orientation = mirror(orientation, (bytes[box.start] as number) & 1)
    } else if (box.type === 'colr' && length > 4) {
      const kind = bytes.toString('latin1', box.start, box.start + 4)
      if (kind === 'prof' || kind === 'rICC') profile = bytes.subarray(box.start + 4, box.end)
    }
  }
  return { size, orientation, profile }
}

/** The most that any of the file's AV1 streams says of itself (AV1-ISOBMFF, 2.3.3): tiles have one in common. */
function av1BytesPerPixel(bytes: Buffer, properties: readonly Box[]): number {
  const each = properties
    .filter(({ type, start, end }) => type === 'av1C' && end - start >= 3)
    .map(({ start }) => {
      const flags = bytes[start + 2] as number
      const [deep, grey, halfWidth, halfHeight] = [0x40, 0x10, 0x08, 0x04].map((bit) => (flags & bit) !== 0)
      const colours = grey ? 0 : 2 / ((halfWidth ? 2 : 1) * (halfHeight ? 2 : 1))
      return (1 + colours) * (deep ? 2 : 1)
    })
  return each.length === 0 ? av1BytesAtMost : Math.max(...each)
}

function sizeOf(bytes: Buffer, { start, end }: Box): { width: number; height: number } | null {
  if (end - start < 12) return null
  return { width: bytes.readUInt32BE(start + 4), height: bytes.readUInt32BE(start + 8) }
}

/** Numbers of one item's properties, from 1. */
function associations(bytes: Buffer, box: Box | null, item: number): number[] {
  if (!box) return []
  const from = cursor(bytes, box.start, box.end)
  const version = from.read(1)
  const wide = (from.read(3) & 1) === 1
  const count = Math.min(from.read(4), itemsAtMost)
  for (let entry = 0; entry < count && from.ok; entry++) {
    const id = from.read(version < 1 ? 2 : 4)
    const length = from.read(1)
    const indices: number[] = []
    for (let index = 0; index < length && from.ok; index++) {
      indices.push(wide ? from.read(2) & 0x7fff : from.read(1) & 0x7f)
    }
    if (id === item) return indices
  }
  return []
}

/** EXIF orientations after a quarter turn anticlockwise. */
const quarterTurn = [0, 8, 5, 6, 7, 4, 1, 2, 3] as const

function turn(orientation: number, quarters: number): number {
  let turned = orientation
  for (let quarter = 0; quarter < quarters; quarter++) turned = quarterTurn[turned] ?? 1
  return turned
}

/** EXIF orientations after exchanging top and bottom (axis 0) or left and right (axis 1). */
const mirrored = [
  [0, 4, 3, 2, 1, 8, 7, 6, 5],
  [0, 2, 1, 4, 3, 6, 5, 8, 7],
] as const

function mirror(orientation: number, axis: number): number {
  return mirrored[axis === 0 ? 0 : 1][orientation] ?? 1
}
