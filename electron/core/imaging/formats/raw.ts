import { readBrands } from '../containers/brands.ts'
import { largestPreview, rawSize } from '../containers/raw-previews.ts'
import { DecodeProblem } from '../decode/decoded.ts'
import type { DecodeRequest, DecodedPhoto } from '../decode/decoded.ts'
import { swapsSides } from '../decode/orient.ts'
import { exifFromCr3 } from '../metadata/cr3.ts'
import { readExif } from '../metadata/exif.ts'
import { attempt, fromExif } from '../metadata/found.ts'
import type { Found } from '../metadata/found.ts'
import { beginsWith } from './format.ts'
import type { Format } from './format.ts'
import { decodeJpeg, metadataOfJpeg } from './jpeg.ts'

/** A preview below this many pixels on its longer side gives other tags than the photo would. */
const previewAtLeast = 400

/** Files of cameras; what is shown is the JPEG in them. Those that begin as TIFF does are told apart there. */
export const raw: Format = {
  recognise: (head) =>
    beginsWith(head, 'IIRO', 'IIRS', 'MMOR', 'IIU\0', 'FUJIFILMCCD-RAW', 'FOVb', '\0MRM') ||
    beginsWith(head, 'II\x1a\0\0\0HEAPCCDR') ||
    readBrands(head)[0] === 'crx ',
  open: (bytes) => {
    const found = metadataOf(bytes)
    const orientation = found.exif?.orientation ?? null
    return {
      format: 'raw',
      found,
      orientation,
      turnedBy: 'caller',
      statedSize: null,
      decode: (request) => decodePreview(bytes, orientation ?? 1, request),
    }
  },
}

/** In some files (RAF) only the preview has any. */
function metadataOf(bytes: Buffer): Found {
  const exif = attempt(() => exifFromCr3(bytes)) ?? attempt(() => readExif(bytes))
  const preview = exif ? null : largestPreview(bytes, previewAtLeast)
  return preview ? metadataOfJpeg(preview.header) : fromExif(exif)
}

async function decodePreview(
  bytes: Buffer,
  mainOrientation: number,
  request: DecodeRequest,
): Promise<DecodedPhoto> {
  const preview = largestPreview(bytes, Math.max(request.side, previewAtLeast))
  if (!preview) throw new DecodeProblem('unsupported', 'This RAW file holds no preview that could be shown.')
  const { width, height, exif } = preview.header
  if (Math.max(width, height) < previewAtLeast) {
    throw new DecodeProblem(
      'unsupported',
      `This RAW file holds only a preview of ${width} × ${height} pixels, too small to tell what is on it.`,
    )
  }
  const decoded = await decodeJpeg(preview.bytes, preview.header, request)
  const full = rawSize(bytes)
  const own = exif && readExif(exif)?.orientation
  const orientation = own ?? (alreadyUpright(preview.header, full, mainOrientation) ? 1 : mainOrientation)
  // The full photo lies in the file the way the main tag says, whatever was done to the preview.
  const turned = swapsSides(orientation) !== swapsSides(mainOrientation)
  const size = full ? (turned ? { width: full.height, height: full.width } : full) : { width, height }
  return { ...decoded, ...size, turn: orientation }
}

/** Some cameras turn the preview but not the photo: it stands although the sensor lies. */
function alreadyUpright(
  preview: { readonly width: number; readonly height: number },
  full: { readonly width: number; readonly height: number } | null,
  orientation: number,
): boolean {
  if (!swapsSides(orientation) || !full || full.width === full.height) return false
  return preview.width !== preview.height && preview.width > preview.height !== full.width > full.height
}
