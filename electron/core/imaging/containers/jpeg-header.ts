import { jpegSegments, startOfScanMarker } from './jpeg-segments.ts'

/**
 * What a JPEG says before its pixels, read without decoding. The walk is strict: it follows the marker
 * segments exactly as libjpeg does, so `regular` promises that a decoder sees the same size as we do.
 */
export interface JpegHeader {
  readonly width: number
  readonly height: number
  /** 1 grey, 3 colour, 4 CMYK or YCCK. */
  readonly components: number
  /** More than one scan, as far as the first one shows: a decoder reads all of them before it has a row. */
  readonly severalScans: boolean
  /** 8-bit Huffman baseline or progressive, every segment in its place, up to the first scan. */
  readonly regular: boolean
  /** Baseline, extended or progressive DCT with Huffman codes: what every decoder reads. */
  readonly decodable: boolean
  /** Grey, or colours halved or quartered in the usual ways: what libjpeg-turbo's own interface reads. */
  readonly usualSampling: boolean
  /** An ICC profile that is not sRGB (or that we cannot tell). */
  readonly foreignColours: boolean
  /** TIFF block of the first EXIF segment. */
  readonly exif: Buffer | null
  readonly xmp: Buffer | null
  /** Photoshop's image resources (IPTC), in pieces. */
  readonly photoshop: readonly Buffer[]
}

/** `null` when no frame header comes before the first scan. */
export function readJpegHeader(bytes: Buffer): JpegHeader | null {
  let regular = true
  let frame: { width: number; height: number; components: number; marker: number; bits: number } | null = null
  let icc: 'none' | 'srgb' | 'foreign' = 'none'
  let exif: JpegHeader['exif'] = null
  let xmp: JpegHeader['xmp'] = null
  let adobe: number | null = null
  let jfif = false
  let ids = ''
  const photoshop: Buffer[] = []
  let componentsInScan: number | null = null
  let sampling: number[] = []

  for (const { marker, start, end, inPlace } of jpegSegments(bytes)) {
    if (!inPlace) regular = false
    if (marker === startOfScanMarker) {
      componentsInScan = bytes[start] ?? 0
      break
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (end - start < 6 || frame) regular = false
      else {
        frame = {
          bits: bytes[start] as number,
          height: bytes.readUInt16BE(start + 1),
          width: bytes.readUInt16BE(start + 3),
          components: bytes[start + 5] as number,
          marker,
        }
        if (end - start !== 6 + frame.components * 3) regular = false
        else if (frame.components === 3) {
          sampling = [start + 7, start + 10, start + 13].map((at) => bytes[at] as number)
          ids = String.fromCharCode(
            bytes[start + 6] as number,
            bytes[start + 9] as number,
            bytes[start + 12] as number,
          )
        }
      }
    } else if (marker === 0xe0 && bytes.toString('latin1', start, start + 5) === 'JFIF\0') {
      jfif = true
    } else if (marker === 0xe1) {
      if (!exif && bytes.toString('latin1', start, start + 5) === 'Exif\0')
        exif = bytes.subarray(start + 6, end)
      else if (!xmp && bytes.toString('latin1', start, start + 28) === 'http://ns.adobe.com/xap/1.0/')
        xmp = bytes.subarray(start + 29, end)
    } else if (marker === 0xe2 && bytes.toString('latin1', start, start + 12) === 'ICC_PROFILE\0') {
      const srgb =
        bytes.subarray(start, end).includes('sRGB IEC61966-2', 0, 'latin1') ||
        bytes.subarray(start, end).includes(sRgbUtf16)
      if (icc === 'none') icc = srgb ? 'srgb' : 'foreign'
      else icc = 'foreign'
    } else if (marker === 0xed && bytes.toString('latin1', start, start + 14) === 'Photoshop 3.0\0') {
      photoshop.push(bytes.subarray(start + 14, end))
    } else if (marker === 0xee && bytes.toString('latin1', start, start + 5) === 'Adobe') {
      adobe = bytes[start + 11] ?? null
    }
  }
  if (!frame) return null
  // Three components that are RGB and not YCbCr are told apart by rules that decoders disagree on.
  const usualColours =
    frame.components === 1 ||
    (frame.components === 3 && adobe !== 0 && (jfif || adobe === 1 || ids !== 'RGB'))
  const scanSeen = componentsInScan !== null
  const [luma = 0, ...chroma] = sampling
  const dct = frame.marker >= 0xc0 && frame.marker <= 0xc2
  return {
    width: frame.width,
    height: frame.height,
    components: frame.components,
    severalScans: !sequentialFrames.has(frame.marker) || (componentsInScan ?? 0) < frame.components,
    regular: regular && scanSeen && frame.bits === 8 && usualColours && dct,
    decodable: dct && scanSeen && frame.bits === 8,
    usualSampling:
      frame.components === 1 || (usualLuma.has(luma) && chroma.every((factors) => factors === 0x11)),
    foreignColours: icc === 'foreign',
    exif,
    xmp,
    photoshop,
  }
}

/** Huffman and arithmetic; the others are progressive or of kinds that nobody decodes. */
const sequentialFrames = new Set([0xc0, 0xc1, 0xc9])
/** Horizontal and vertical factor, four bits each, beside chroma of 1 × 1. */
const usualLuma = new Set([0x11, 0x12, 0x21, 0x22, 0x41, 0x14])
/** ICC 4 writes profile names in big-endian UTF-16. */
const sRgbUtf16 = Buffer.from('sRGB IEC61966-2', 'utf16le').swap16()
