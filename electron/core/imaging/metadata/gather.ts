import { readGifXmp } from '../formats/gif-extensions.ts'
import { readHeif, sequenceCreated } from '../formats/heif.ts'
import type { HeifFacts } from '../formats/heif.ts'
import type { JpegHeader } from '../formats/jpeg-header.ts'
import { readJxl } from '../formats/jxl.ts'
import type { JxlHeader } from '../formats/jxl-header.ts'
import { readPng } from '../formats/png-chunks.ts'
import { readWebp } from '../formats/webp-chunks.ts'
import type { PhotoFormat } from '../../contract/photo-formats.ts'
import type { PhotoMetadata } from '../photo-reading.ts'
import { exifFromCr3 } from './cr3.ts'
import { readExif } from './exif.ts'
import type { ExifFacts } from './exif.ts'
import { noFacts } from './facts.ts'
import type { Facts, WallTime } from './facts.ts'
import { timeFromName } from './file-name-time.ts'
import { iptcOfPhotoshop, readIptc } from './iptc.ts'
import { parseWallTime } from './wall-time.ts'
import { readXmp } from './xmp.ts'

/** Blocks of metadata found in a file, each read as far as it could be. */
export interface Found {
  readonly exif: ExifFacts | null
  readonly xmp: Facts | null
  readonly iptc: Facts | null
  /** A date that only the container tells. */
  readonly created: WallTime | null
  /** The same for the last change. */
  readonly changed: WallTime | null
  readonly heif: HeifFacts | null
  readonly jxl: JxlHeader | null
}

const foundNothing: Found = {
  exif: null,
  xmp: null,
  iptc: null,
  created: null,
  changed: null,
  heif: null,
  jxl: null,
}

/**
 * Metadata of a photo of any format. Never throws: a fault in one block leaves the others, and the pixels,
 * untouched.
 */
export function findMetadata(bytes: Buffer, format: PhotoFormat, jpeg: JpegHeader | null): Found {
  switch (format) {
    case 'jpeg':
      return jpeg ? fromJpeg(bytes, jpeg) : foundNothing
    case 'png': {
      const png = readPng(bytes)
      const found = fromBlocks(png.exif, png.xmp, png.iptc)
      return { ...found, created: parseWallTime(png.created), changed: parseWallTime(png.changed) }
    }
    case 'webp': {
      const webp = readWebp(bytes)
      return fromBlocks(webp.exif, webp.xmp, null)
    }
    case 'heic':
    case 'avif': {
      const heif = readHeif(bytes)
      return {
        ...fromBlocks(heif.exif, heif.xmp, null),
        heif,
        created: parseWallTime(sequenceCreated(bytes)),
      }
    }
    case 'gif':
      return fromBlocks(null, readGifXmp(bytes), null)
    case 'tiff':
    case 'raw': {
      const exif = attempt(() => exifFromCr3(bytes)) ?? attempt(() => readExif(bytes))
      return withEmbedded(exif)
    }
    case 'jxl': {
      const { header, exif, xmp } = readJxl(bytes)
      return { ...fromBlocks(exif, xmp, null), jxl: header }
    }
    case 'bmp':
      return foundNothing
  }
}

export function fromJpeg(bytes: Buffer, jpeg: JpegHeader): Found {
  const { exif, xmp, photoshop } = jpeg
  const found = fromBlocks(
    exif ? bytes.subarray(exif.start, exif.end) : null,
    xmp ? bytes.subarray(xmp.start, xmp.end) : null,
    null,
  )
  if (photoshop.length === 0) return found
  const resources = Buffer.concat(photoshop.map(({ start, end }) => bytes.subarray(start, end)))
  const iptc = attempt(() => iptcOfPhotoshop(resources))
  return { ...found, iptc: iptc ? attempt(() => readIptc(iptc)) : null }
}

function fromBlocks(exif: Buffer | null, xmp: Buffer | null, iptc: Buffer | null): Found {
  const found = withEmbedded(exif ? attempt(() => readExif(exif)) : null)
  return {
    ...found,
    xmp: (xmp ? attempt(() => readXmp(xmp)) : null) ?? found.xmp,
    iptc: (iptc ? attempt(() => readIptc(iptcOfPhotoshop(iptc) ?? iptc)) : null) ?? found.iptc,
  }
}

/** TIFF keeps XMP and IPTC inside its directory. */
function withEmbedded(exif: ExifFacts | null): Found {
  const xmp = exif?.xmp
  const iptc = exif?.iptc
  return {
    ...foundNothing,
    exif,
    xmp: xmp ? attempt(() => readXmp(xmp)) : null,
    iptc: iptc ? attempt(() => readIptc(iptc)) : null,
  }
}

function attempt<Value>(read: () => Value): Value | null {
  try {
    return read()
  } catch {
    return null
  }
}

/**
 * One answer from all that was found. Time: the shot by EXIF, then by XMP (embedded, IPTC, sidecar, container),
 * then the last change by the same, then the file's name, then the file's own time in the zone of this computer. What people write (keywords, stars) comes from
 * the sidecar first, for that is where they edit it.
 */
export function gatherMetadata(
  found: Found,
  sidecar: Facts | null,
  name: string,
  modifiedAt: number,
): PhotoMetadata {
  const exif: Facts = found.exif ?? noFacts
  const others = [found.iptc, found.xmp, sidecar].filter((facts) => facts !== null)
  const all = [exif, ...others]
  const first = <Value>(pick: (facts: Facts) => Value | null): Value | null => {
    for (const facts of all) {
      const value = pick(facts)
      if (value !== null) return value
    }
    return null
  }
  return {
    ...takenTime(found, others, name, modifiedAt),
    position: first((facts) => facts.position),
    camera: first((facts) => facts.camera),
    lens: first((facts) => facts.lens),
    exposure: {
      time: first((facts) => facts.exposure.time),
      fNumber: first((facts) => facts.exposure.fNumber),
      iso: first((facts) => facts.exposure.iso),
      focalLength: first((facts) => facts.exposure.focalLength),
    },
    keywords: [...new Set([...(sidecar?.keywords ?? []), ...all.flatMap((facts) => facts.keywords)])],
    rating: sidecar?.rating ?? found.xmp?.rating ?? exif.rating,
  }
}

type TakenTime = Pick<PhotoMetadata, 'takenAt' | 'takenOffset' | 'takenFrom'>

function takenTime(found: Found, others: readonly Facts[], name: string, modifiedAt: number): TakenTime {
  const told = (time: WallTime, takenFrom: TakenTime['takenFrom']): TakenTime => ({
    takenAt: time.local,
    takenOffset: time.offset,
    takenFrom,
  })
  const exif = found.exif
  if (exif?.taken) return told(exif.taken, 'exif')
  const written = others.find((facts) => facts.taken)?.taken ?? found.created
  if (written) return told(written, 'xmp')
  if (exif?.changed) return told(exif.changed, 'exif')
  const changed = others.find((facts) => facts.changed)?.changed ?? found.changed
  if (changed) return told(changed, 'xmp')
  const named = timeFromName(name)
  if (named) return told(named, 'file-name')
  const fromFile = fileTime(modifiedAt)
  return fromFile ? told(fromFile, 'file-time') : { takenAt: null, takenOffset: null, takenFrom: null }
}

/** Wall time of this computer; times before 1980 (FAT's beginning) are what copying tools leave behind. */
function fileTime(modifiedAt: number): WallTime | null {
  const date = new Date(modifiedAt)
  if (Number.isNaN(date.getTime()) || date.getFullYear() < 1980) return null
  const local = new Date(modifiedAt - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
  return { local, offset: null }
}
