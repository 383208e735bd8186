import type { DatePrecision, DateSource } from '../contract/dates.ts'
import type { PhotoFormat } from '../contract/photo-formats.ts'
import type { ProblemKind } from '../contract/problem-kinds.ts'

/** Side of the square that GoogLeNet looks at, in pixels. */
export const modelSide = 224
/** Longer side of a thumbnail, in pixels. */
export const thumbnailSide = 512

/** Pixels as sharp's `raw()` gives them. */
export interface Raster {
  /** Row-major RGB, 3 bytes a pixel, `width × height × 3` long. */
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

export interface ExposureFacts {
  /** Seconds. */
  readonly time: number | null
  readonly fNumber: number | null
  readonly iso: number | null
  /** Millimetres. */
  readonly focalLength: number | null
}

export interface PhotoMetadata {
  /**
   * Local wall time `2019-07-14T18:03:22`, the beginning of what is known: `1965-01-01T00:00:00` for the year 1965;
   * `null` when unknown or impossible.
   */
  readonly takenAt: string | null
  /** `null` without a date. */
  readonly takenPrecision: DatePrecision | null
  /** `+02:00`, or `null` when the file does not say. */
  readonly takenOffset: string | null
  readonly takenFrom: DateSource | null
  readonly position: { readonly latitude: number; readonly longitude: number } | null
  readonly camera: string | null
  readonly lens: string | null
  readonly exposure: ExposureFacts
  readonly keywords: readonly string[]
  /** Keywords that stand in a tree, each from its root on: `['Places', 'Russia', 'Murmansk']`. */
  readonly keywordPaths: readonly (readonly string[])[]
  /** 0–5, or -1 for rejected; `null` when not rated. */
  readonly rating: number | null
}

/** What a file says of its photo, and what the sidecar beside it says. */
export interface PhotoFacts {
  readonly content: PhotoMetadata
  /** `null` without a sidecar. */
  readonly sidecar: PhotoMetadata | null
}

/** One photo, read once and decoded once. */
export interface PhotoReading {
  readonly format: PhotoFormat
  /** First 16 bytes of the file's SHA-256, as 32 hex digits. */
  readonly contentHash: string
  readonly bytes: number
  /** Upright size in pixels, of the full photo. */
  readonly width: number
  readonly height: number
  /** EXIF orientation 1–8 by which the photo was turned upright; see `orientationOf`. */
  readonly orientation: number
  readonly facts: PhotoFacts
  /** JPEG, upright, sRGB, at most 512 px on the longer side, never enlarged. */
  readonly thumbnail: Uint8Array
  /** `224×224×3` RGB, row-major, 0–255: the whole upright photo warped to the model's square. */
  readonly modelInput: Uint8Array
  /** It holds several pictures that are shown one after another. */
  readonly animated: boolean
  /** What was wrong with a file that could be read only in part; `null` for a whole one. */
  readonly damaged: string | null
}

export interface PhotoProblem {
  readonly kind: ProblemKind
  /** A full sentence about this file, without its path. */
  readonly reason: string
}

export type ReadOutcome =
  | { readonly ok: true; readonly reading: PhotoReading }
  | { readonly ok: false; readonly problem: PhotoProblem; readonly contentHash: string | null }

export interface ReadLimits {
  /** Width × height above which a photo is not decoded. */
  readonly maxPixels: number
  /** File size in bytes above which a file is not read. */
  readonly maxBytes: number
  /** Milliseconds one photo may take. */
  readonly timeout: number
}
