import { readJpegHeader } from './containers/jpeg-header.ts'
import { withBlocks } from './containers/jpeg-metadata.ts'
import type { DecodingMemory } from './decode/memory-account.ts'
import { reencodeJpeg, type EncodedJpeg } from './decode/reencode.ts'
import { uprightWithin } from './decode/orient.ts'
import { encodeForCopy } from './decode/sharp.ts'
import type { Picture } from './formats/format.ts'
import { identify } from './identify.ts'
import { exifBlock } from './metadata/exif-block.ts'
import type { Position } from './metadata/facts.ts'
import { contentMetadata } from './metadata/gather.ts'
import { xmpPacket } from './metadata/xmp-packet.ts'
import type { OpenedPhoto } from './open-photo.ts'
import { orientationOf, turnedTo } from './orientation.ts'
import type { PhotoMetadata, ReadLimits } from './photo-reading.ts'
import { shownOrientation, type Turn } from './turn.ts'

/** What a library shows of a photo, and what a copy of it is to say of itself. */
export interface CopyFacts extends Pick<
  PhotoMetadata,
  'takenAt' | 'takenPrecision' | 'takenOffset' | 'position' | 'keywords' | 'keywordPaths' | 'rating'
> {
  readonly title: string | null
  readonly note: string | null
}

export interface CopyRequest {
  /** Pixels of the longer side, never enlarged. */
  readonly side: number
  /** 1–100 */
  readonly quality: number
  /** EXIF 1–8 by which the library turned the photo upright; `null`: by the file's own. */
  readonly orientation: number | null
  /** Degrees clockwise by which a person turned it then. */
  readonly turn: Turn
  /** `null`: the copy says nothing of itself. */
  readonly facts: CopyFacts | null
  /** Whether it may say where it was taken. */
  readonly place: boolean
}

/**
 * A photo of any format as an upright sRGB JPEG for others: with what its file says of camera and shot and with what the
 * library shows, in EXIF and XMP. Without the place nothing of one is left but words that people wrote. Rejects with
 * `DecodeProblem`.
 */
export async function renderCopy(
  file: OpenedPhoto,
  { side, quality, orientation, turn, facts, place }: CopyRequest,
  limits: ReadLimits,
  memory: DecodingMemory,
): Promise<Buffer> {
  const picture = identify(file)
  const upright = shownOrientation(orientation ?? orientationOf(picture, null), turn)
  const request = { side, quality, orientation: upright }
  const header = picture.format === 'jpeg' ? readJpegHeader(file.bytes) : null
  const atOnce = header === null ? null : await reencodeJpeg(file.bytes, header, request, limits)
  const { jpeg, width, height } = atOnce ?? (await decodedCopy(picture, request, limits, memory))
  const blocks = facts === null ? null : blocksOf(picture, facts, place, width, height)
  // What libvips holds cannot be handed to another thread.
  return blocks === null ? Buffer.from(jpeg) : withBlocks(jpeg, blocks)
}

async function decodedCopy(
  picture: Picture,
  { side, quality, orientation }: Pick<CopyRequest, 'side' | 'quality'> & { readonly orientation: number },
  limits: ReadLimits,
  memory: DecodingMemory,
): Promise<EncodedJpeg> {
  const asStored = await picture.decode({ side, limits, memory })
  const raster = uprightWithin(turnedTo(asStored, picture, orientation), side)
  const { width, height } = raster
  return { jpeg: await encodeForCopy(raster, quality), width, height }
}

function blocksOf(
  picture: Picture,
  facts: CopyFacts,
  place: boolean,
  width: number,
  height: number,
): Parameters<typeof withBlocks>[1] {
  const { exif } = picture.found
  const own = contentMetadata(picture.found)
  const position = place ? facts.position : null
  const { takenAt: at, takenOffset: offset, takenPrecision } = facts
  const isOwnTime = at === own.takenAt && offset === own.takenOffset
  return {
    exif: exifBlock(exif?.directories ?? null, {
      width,
      height,
      place: position !== null && isSamePlace(position, exif?.position ?? null) ? 'same' : position,
      taken:
        isOwnTime && exif?.original?.local === at
          ? 'same'
          : at !== null && takenPrecision === 'second'
            ? { at, offset }
            : null,
      rating: facts.rating,
    }),
    xmp: xmpPacket({ ...facts, taken: takenText(facts), position }),
  }
}

/** To a metre, as positions are kept. */
function isSamePlace(one: Position, other: Position | null): boolean {
  if (other === null) return false
  return Math.abs(one.latitude - other.latitude) < 1e-5 && Math.abs(one.longitude - other.longitude) < 1e-5
}

const known = { year: 4, month: 7, day: 10, second: 19 } as const

function takenText({ takenAt, takenPrecision, takenOffset }: CopyFacts): string | null {
  if (takenAt === null) return null
  const precision = takenPrecision ?? 'second'
  return takenAt.slice(0, known[precision]) + (precision === 'second' ? (takenOffset ?? '') : '')
}
