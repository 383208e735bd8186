import { DecodeProblem } from './decode/decoded.ts'
import { previewHeader } from './decode/decode-photo.ts'
import type { Identified } from './decode/decode-photo.ts'
import { readJpegHeader } from './formats/jpeg-header.ts'
import { isRawTiff } from './formats/raw.ts'
import { findMetadata, fromJpeg } from './metadata/gather.ts'
import type { OpenedPhoto } from './open-photo.ts'
import { sniff } from './sniff.ts'

const headBytes = 4096

/** Format and metadata of a file, by its content. Throws `DecodeProblem` for what is no photo. */
export function identify(file: OpenedPhoto): Identified {
  const { bytes, name } = file
  const sniffed = sniff(bytes.subarray(0, headBytes))
  if (sniffed.photo === null) throw new DecodeProblem(sniffed.kind, sniffed.reason)
  const format = sniffed.photo === 'tiff' && isRawTiff(bytes, name) ? 'raw' : sniffed.photo
  const jpeg = format === 'jpeg' ? readJpegHeader(bytes) : null
  const found = findMetadata(bytes, format, jpeg)
  if (format !== 'raw' || found.exif) return { bytes, format, jpeg, found }
  const preview = previewHeader(bytes)
  return { bytes, format, jpeg, found: preview ? fromJpeg(preview.bytes, preview.header) : found }
}
