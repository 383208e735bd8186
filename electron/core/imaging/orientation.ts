import { turnBack, turnedTwice } from './decode/orient.ts'
import type { DecodedPhoto } from './decode/decoded.ts'
import type { Facts } from './metadata/facts.ts'
import type { Picture } from './formats/format.ts'

interface Stated extends Pick<Picture, 'orientation' | 'turnedBy'> {
  readonly found: {
    readonly exif: Pick<Facts, 'orientation'> | null
    readonly xmp: Pick<Facts, 'orientation'> | null
  }
}

/**
 * EXIF orientation 1–8 that makes a photo upright: by its sidecar, its EXIF block, its XMP packet, in this order. Where
 * the decoder turns the picture by what the container says, the others mostly repeat that, or say 1 as the program that
 * wrote them saw it upright; only what neither of this explains is another turn.
 */
export function orientationOf(picture: Stated, sidecar: number | null): number {
  const { found, orientation, turnedBy } = picture
  if (turnedBy === 'caller') return sidecar ?? orientation ?? found.xmp?.orientation ?? 1
  const stated = orientation ?? 1
  const exif = found.exif?.orientation ?? null
  const told = sidecar ?? (exif === null && stated === 1 ? (found.xmp?.orientation ?? null) : null)
  return told === null || told === 1 || told === exif ? stated : told
}

/** A decoded photo to be turned by another orientation than its file states. */
export function turnedTo(decoded: DecodedPhoto, picture: Stated, orientation: number): DecodedPhoto {
  const asStated = turnedTwice(decoded.turn, turnBack(picture.orientation ?? 1))
  return { ...decoded, turn: turnedTwice(asStated, orientation) }
}
