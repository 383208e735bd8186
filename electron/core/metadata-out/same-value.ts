import { parseWallTime } from '../imaging/metadata/wall-time.ts'
import { parseDegrees, parseFraction } from '../imaging/metadata/xmp-numbers.ts'
import type { SimpleProperty } from './sidecar-values.ts'

/** Degrees; a centimetre. */
const samePlace = 1e-7

/** Whether a value that another program wrote says what ours would say, in whatever form. */
export function isSameValue(property: SimpleProperty, theirs: string, ours: string): boolean {
  const [one, other] = [theirs.trim(), ours.trim()]
  if (one === other) return true
  switch (property) {
    case 'exif:GPSLatitude':
    case 'exif:GPSLongitude': {
      const [first, second] = [parseDegrees(one), parseDegrees(other)]
      return first !== null && second !== null && Math.abs(first - second) < samePlace
    }
    case 'exif:DateTimeOriginal':
    case 'photoshop:DateCreated': {
      const [first, second] = [parseWallTime(one), parseWallTime(other)]
      return first !== null && JSON.stringify(first) === JSON.stringify(second)
    }
    case 'xmp:Rating':
    case 'tiff:Orientation':
      return parseFraction(one) !== null && parseFraction(one) === parseFraction(other)
    default:
      return false
  }
}
