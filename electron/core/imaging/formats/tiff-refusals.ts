import { jpegCompressions, photometric, sampleFormat } from '../containers/tiff-picture.ts'
import type { TiffPicture } from '../containers/tiff-picture.ts'
import { DecodeProblem } from '../decode/decoded.ts'

/** `Compression` of TIFF 6.0 and its supplements, as far as libtiff unpacks them in sharp. */
const unpacked = new Set([1, 2, 3, 4, 5, 7, 8, 32766, 32771, 32773, 32809, 32909, 32946, 34676, 34677, 50001])
/** Those that are known by name. */
const names: ReadonlyMap<number, string> = new Map([
  [6, 'old-style JPEG'],
  [33003, 'JPEG 2000'],
  [33004, 'JPEG 2000'],
  [33005, 'JPEG 2000'],
  [34661, 'JBIG'],
  [34712, 'JPEG 2000'],
  [34887, 'LERC'],
  [34892, 'lossy JPEG'],
  [34925, 'LZMA'],
  [50000, 'Zstandard'],
  [50002, 'JPEG XL'],
])

/** Beyond, a file is damaged and no variant. */
const bitsAtMost = 64

const shownColours = new Set<number>(Object.values(photometric))

/** Throws `DecodeProblem` where nobody here can make a picture of what a TIFF file holds. */
export function refuseUnknown(picture: TiffPicture): void {
  const what = unknownIn(picture)
  if (what === null) return
  throw new DecodeProblem('unsupported', `This TIFF file ${what}, which Kartoteka cannot show yet.`)
}

function unknownIn(picture: TiffPicture): string | null {
  const { compression, bits, samples, photometric: colours } = picture
  if (!unpacked.has(compression)) {
    const name = names.get(compression)
    return name === undefined ? `is packed in a way of its own (${compression})` : `is packed as ${name}`
  }
  if (picture.sampleFormat === sampleFormat.float && bits !== 16 && bits !== 32) {
    return `holds floating-point numbers of ${bits} bits`
  }
  if (picture.sampleFormat === sampleFormat.complex) return 'holds complex numbers'
  if (!isKnownWidth(picture) && bits <= bitsAtMost) return `has pixels of ${samples} × ${bits} bits`
  if (colours !== null && !shownColours.has(colours)) return `holds colours of a kind of its own (${colours})`
  if (picture.tiledPlanes && samples > 1) return 'keeps each colour in tiles of its own'
  return misreadIn(picture)
}

/**
 * What libvips would take for something else: numbers that are signed, greys that are floating-point or of 32 bits, Lab of
 * other than 16 bits, YCbCr that is not packed as JPEG. They are of instruments and printers, not of people's albums.
 */
function misreadIn(picture: TiffPicture): string | null {
  const { bits, samples, photometric: colours } = picture
  const isFloat = picture.sampleFormat === sampleFormat.float
  switch (colours) {
    case photometric.whiteIsZero:
    case photometric.blackIsZero:
    case photometric.rgb:
      if (picture.sampleFormat === sampleFormat.signed) return `holds signed numbers of ${bits} bits`
      if (isFloat) return colours === photometric.rgb ? null : 'holds floating-point greys'
      return bits === 32 ? 'holds whole numbers of 32 bits' : null
    case photometric.ycbcr:
      // libtiff itself makes RGB of what is packed as JPEG or has fewer samples of colour than of brightness.
      return picture.compression !== jpegCompressions.new && picture.isFullColour
        ? 'holds YCbCr that is not packed as JPEG'
        : null
    case photometric.cielab:
      return bits === 8 || samples < 3 ? `holds CIELab colours of ${samples} × ${bits} bits` : null
    case photometric.icclab:
      return 'holds colours as ICC Lab'
    default:
      return null
  }
}

function isKnownWidth({ bits, samples, photometric: colours, sampleFormat: format }: TiffPicture): boolean {
  switch (colours) {
    case photometric.ycbcr:
      return bits === 8
    case photometric.cmyk:
    case photometric.cielab:
    case photometric.icclab:
      return bits === 8 || bits === 16
    default:
      if (![1, 2, 4].includes(bits)) return [8, 16, 32].includes(bits)
      return samples === 1 && format !== sampleFormat.signed
  }
}
