import type { JpegHeader } from '../formats/jpeg-header.ts'
import type { PhotoFormat, PhotoMetadata } from '../photo-reading.ts'
import { readExif } from './exif.ts'
import type { ExifFacts } from './exif.ts'

/** Blocks of metadata found in a file. */
export interface Found {
  readonly exif: ExifFacts | null
}

export function findMetadata(bytes: Buffer, format: PhotoFormat, jpeg: JpegHeader | null): Found {
  if (format === 'jpeg') {
    return { exif: jpeg?.exif ? readExif(bytes.subarray(0, jpeg.exif.end), jpeg.exif.start) : null }
  }
  if (format === 'tiff') return { exif: readExif(bytes) }
  return { exif: null }
}

export function gatherMetadata(found: Found): PhotoMetadata {
  const { exif } = found
  return {
    takenAt: exif?.taken?.local ?? null,
    takenOffset: exif?.taken?.offset ?? null,
    takenFrom: exif?.taken ? 'exif' : null,
    position: exif?.position ?? null,
    camera: exif?.camera ?? null,
    lens: exif?.lens ?? null,
    exposure: exif?.exposure ?? { time: null, fNumber: null, iso: null, focalLength: null },
    keywords: exif?.keywords ?? [],
    rating: exif?.rating ?? null,
  }
}
