import type { ExposureFacts } from '../photo-reading.ts'

/** A moment as a camera writes it: the wall time, and the offset when it says so. */
export interface WallTime {
  /** `2019-07-14T18:03:22` */
  readonly local: string
  /** `+02:00` */
  readonly offset: string | null
}

export interface Position {
  readonly latitude: number
  readonly longitude: number
}

/** What one block of metadata says; what it leaves out is `null` or absent. */
export interface Facts {
  readonly taken: WallTime | null
  /** When the file was last edited; better than nothing where the shot's own time is missing. */
  readonly changed: WallTime | null
  readonly position: Position | null
  readonly camera: string | null
  readonly lens: string | null
  readonly exposure: ExposureFacts
  readonly keywords: readonly string[]
  readonly rating: number | null
}

const noExposure: ExposureFacts = { time: null, fNumber: null, iso: null, focalLength: null }

export const noFacts: Facts = {
  taken: null,
  changed: null,
  position: null,
  camera: null,
  lens: null,
  exposure: noExposure,
  keywords: [],
  rating: null,
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

/** A positive finite number, else `null`. */
export function positive(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) && value > 0 ? value : null
}
