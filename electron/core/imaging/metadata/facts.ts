import type { DatePrecision } from '../../contract/dates.ts'
import type { ExposureFacts } from '../photo-reading.ts'

/** A moment as a camera writes it: the wall time, and the offset when it says so. */
export interface WallTime {
  /** `2019-07-14T18:03:22`; what is not known is the beginning of what is: `1965-01-01T00:00:00` for the year 1965. */
  readonly local: string
  readonly precision: DatePrecision
  /** `+02:00` */
  readonly offset: string | null
}

export interface Position {
  readonly latitude: number
  readonly longitude: number
}

/** What one block of metadata says; what it leaves out is `null` or absent. */
export interface Facts {
  /** When the scene was before the lens or the painter. */
  readonly original: WallTime | null
  /** When the picture became a file: for a camera the same moment, for a scanner years later. */
  readonly digitised: WallTime | null
  /** When the file was last edited; better than nothing where the other two are missing. */
  readonly modified: WallTime | null
  /** EXIF orientation 1–8. */
  readonly orientation: number | null
  readonly position: Position | null
  readonly camera: string | null
  readonly lens: string | null
  readonly exposure: ExposureFacts
  readonly keywords: readonly string[]
  /** Keywords that stand in a tree, each from its root on: `['Places', 'Russia', 'Murmansk']`. */
  readonly keywordPaths: readonly (readonly string[])[]
  readonly rating: number | null
}

const noExposure: ExposureFacts = { time: null, fNumber: null, iso: null, focalLength: null }

export const noFacts: Facts = {
  original: null,
  digitised: null,
  modified: null,
  orientation: null,
  position: null,
  camera: null,
  lens: null,
  exposure: noExposure,
  keywords: [],
  keywordPaths: [],
  rating: null,
}

const lengths = { year: 4, month: 7, day: 10, second: 19 } as const

/**
 * A date, told better by another where that lies within it: a year by a day of that year, a time by the same time with
 * its offset, a time in UTC by the local time of the same moment. The very `date` where the other says no more, or
 * something else.
 */
export function refinedBy(date: WallTime, other: WallTime): WallTime {
  const offset = offsetFromUtc(date, other)
  if (offset !== null) return { ...other, offset }
  const length = lengths[date.precision]
  if (other.local.slice(0, length) !== date.local.slice(0, length)) return date
  if (lengths[other.precision] > length) return other
  return date.offset === null && other.offset !== null && other.local === date.local
    ? { ...date, offset: other.offset }
    : date
}

/**
 * The offset of a local time whose moment is told in UTC as well, as by programs that write XMP in UTC beside the camera's
 * local time. `null` where the first is not in UTC, both are the same, or the second has another offset.
 */
function offsetFromUtc(utc: WallTime, local: WallTime): string | null {
  if (utc.offset !== '+00:00' || utc.local === local.local) return null
  const offset = offsetBetween(utc, local, 0)
  return local.offset === null || local.offset === offset ? offset : null
}

/**
 * The offset of a local time from UTC. Zones differ from UTC by whole quarters of an hour, from -12:00 to +14:00: other
 * differences are those of two moments, and give `null`.
 * @param within seconds by which two clocks may differ that show the same moment
 */
export function offsetBetween(utc: WallTime, local: WallTime, within: number): string | null {
  if (utc.precision !== 'second' || local.precision !== 'second') return null
  const seconds = (Date.parse(`${local.local}Z`) - Date.parse(`${utc.local}Z`)) / 1000
  const minutes = Math.round(seconds / 900) * 15
  if (Math.abs(seconds - minutes * 60) > within || minutes < -12 * 60 || minutes > 14 * 60) return null
  const clock = new Date(Math.abs(minutes) * 60_000).toISOString().slice(11, 16)
  return `${minutes < 0 ? '-' : '+'}${clock}`
}

/** Coordinates that are numbers, on the globe, and not the `0, 0` of a receiver without a fix. */
export function validPosition(latitude: number, longitude: number): Position | null {
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return null
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null
  if (latitude === 0 && longitude === 0) return null
  return { latitude, longitude }
}

/** Stars 0–5 or -1 for rejected; percentages (Windows) and anything else give `null`. */
export function validRating(value: number | null): number | null {
  return value !== null && Number.isInteger(value) && value >= -1 && value <= 5 ? value : null
}

/** "Canon EOS 300D" from "Canon" and "Canon EOS 300D": the maker is named once. */
export function cameraName(make: string | null, model: string | null): string | null {
  if (!make || !model) return model ?? make
  const brand = make.split(/[\s,.]/)[0] ?? make
  return model.toLowerCase().startsWith(brand.toLowerCase()) ? model : `${make} ${model}`
}

/** An EXIF orientation, else `null`. */
export function validOrientation(value: number | null): number | null {
  return value !== null && Number.isInteger(value) && value >= 1 && value <= 8 ? value : null
}

/** A positive finite number, else `null`. */
export function positive(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) && value > 0 ? value : null
}
