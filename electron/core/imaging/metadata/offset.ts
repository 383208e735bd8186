import { offsetBetween } from './facts.ts'
import type { WallTime } from './facts.ts'

/** What EXIF says of the moment of a photo. */
export interface CameraClock {
  readonly original: WallTime | null
  readonly digitised: WallTime | null
  /** UTC by the receiver of positions. */
  readonly positionedAt?: WallTime | null
}

const greenwich = '+00:00'
/** Seconds by which the clock of a camera and that of its receiver may differ. */
const clocksDiffer = 60

/**
 * A date without an offset that is likely to be none. EXIF has a tag for it only since 2016 (2.31); programs that copy a
 * camera's date into XMP or IPTC add the zone of their computer, or call it UTC. So the camera's own offset goes before
 * that of a program; then the receiver of positions says whether that is right, where it had the time of any zone; else it
 * is not believed where it is Greenwich's on the very clock of a camera that told none, or where another one is told of
 * the same clock.
 * @param others dates of the same photo
 */
export function withLikelyOffset(
  date: WallTime,
  camera: CameraClock | null,
  others: readonly WallTime[],
): WallTime {
  const { offset, local } = date
  if (offset === null) return date
  const ofCamera = [camera?.original, camera?.digitised].find((time) => time?.local === local)
  if (ofCamera?.offset) return { ...date, offset: ofCamera.offset }
  const received = camera?.positionedAt && offsetBetween(camera.positionedAt, date, clocksDiffer)
  const isBelieved = received
    ? received === offset
    : !(ofCamera && offset === greenwich) &&
      others.every((other) => other.local !== local || [null, greenwich, offset].includes(other.offset))
  return isBelieved ? date : { ...date, offset: null }
}
