import { directoriesOf, numberOf, numbersOf, openTiff } from './tiff.ts'
import type { TiffBlock, TiffDirectory } from './tiff.ts'

/** What a TIFF file says of its main picture (TIFF 6.0). */
export interface TiffPicture {
  /** Offset of its directory. */
  readonly offset: number
  readonly width: number
  readonly height: number
  readonly compression: number
  /** `null` where the file forgets to say. */
  readonly photometric: number | null
  /** Of one sample; as many in each channel. */
  readonly bits: number
  readonly samples: number
  readonly sampleFormat: number
  /** Whether each colour lies in tiles of its own. */
  readonly tiledPlanes: boolean
  readonly orientation: number | null
  /** Where a JPEG of compression 6 may begin. */
  readonly jpegOffset: number | null
  /** Of YCbCr: whether there are as many samples of colour as of brightness. */
  readonly isFullColour: boolean
}

/** `PhotometricInterpretation` of TIFF 6.0 and its supplements. */
export const photometric = {
  whiteIsZero: 0,
  blackIsZero: 1,
  rgb: 2,
  palette: 3,
  cmyk: 5,
  ycbcr: 6,
  cielab: 8,
  icclab: 9,
  logLuv: 32845,
} as const
/** `SampleFormat` of TIFF 6.0. */
export const sampleFormat = { unsigned: 1, signed: 2, float: 3, complex: 6 } as const
/** `Compression` where samples are packed as JPEG. */
export const jpegCompressions = { old: 6, new: 7 } as const

/** Tag numbers of TIFF 6.0. */
const tag = {
  newSubfileType: 254,
  subfileType: 255,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  planarConfiguration: 284,
  tileOffsets: 324,
  sampleFormat: 339,
  jpegOffset: 513,
  ycbcrSubsampling: 530,
} as const

/**
 * The first picture that is marked neither as reduced nor as a mask, wherever it hangs; else the first. `null` where
 * there is none, and for TIFF of 64 bits. Never throws.
 */
export function readTiffPicture(bytes: Buffer): TiffPicture | null {
  const block = openTiff(bytes)
  if (!block || block.view.getUint16(2, block.littleEndian) !== 42) return null
  const pictures = directoriesOf(block).filter(
    ({ entries }) => entries.has(tag.width) && entries.has(tag.height),
  )
  const main = pictures.find((directory) => isWhole(block, directory)) ?? pictures[0]
  return main ? describe(block, main) : null
}

function isWhole(block: TiffBlock, { entries }: TiffDirectory): boolean {
  const kind = numberOf(block, entries.get(tag.newSubfileType)) ?? 0
  const [reduced, mask] = [kind & 1, kind & 4]
  const oldReduced = numberOf(block, entries.get(tag.subfileType)) === 2
  return reduced === 0 && mask === 0 && !oldReduced
}

function describe(block: TiffBlock, directory: TiffDirectory & { readonly offset: number }): TiffPicture {
  const { entries, offset } = directory
  const number = (wanted: number): number | null => numberOf(block, entries.get(wanted))
  const subsampling = numbersOf(block, entries.get(tag.ycbcrSubsampling), 2)
  const strips = entries.get(tag.stripOffsets)
  return {
    offset,
    width: number(tag.width) ?? 0,
    height: number(tag.height) ?? 0,
    compression: number(tag.compression) ?? 1,
    photometric: number(tag.photometric),
    bits: number(tag.bitsPerSample) ?? 1,
    samples: number(tag.samplesPerPixel) ?? 1,
    sampleFormat: number(tag.sampleFormat) ?? 1,
    tiledPlanes: number(tag.planarConfiguration) === 2 && entries.has(tag.tileOffsets),
    orientation: orientationOf(number(tag.orientation)),
    jpegOffset: number(tag.jpegOffset) ?? (strips?.count === 1 ? numberOf(block, strips) : null),
    isFullColour: subsampling.length === 2 && subsampling.every((step) => step === 1),
  }
}

function orientationOf(value: number | null): number | null {
  return value !== null && value >= 1 && value <= 8 ? value : null
}

/** Makes a directory the first one, in place. */
export function makeFirst(bytes: Buffer, offset: number): void {
  const block = openTiff(bytes)
  block?.view.setUint32(4, offset, block.littleEndian)
}
