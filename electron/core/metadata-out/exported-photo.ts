import type { DatePrecision, DateSource } from '../contract/dates.ts'

/** What the library says of a photo, as it leaves the library. */
export interface ExportedPhoto {
  readonly id: number
  /** Absolute, in the text form of paths/os-path; the file that speaks for the photo first. */
  readonly paths: readonly string[]
  /** 32 hex digits. */
  readonly contentHash: string
  /** Of the network, confirmed by the person or sure, and the person's own; not those that the person took off. */
  readonly labels: readonly ExportedLabel[]
  /** Names. */
  readonly albums: readonly string[]
  /** 0–5, or -1 for rejected; `null` when not rated. */
  readonly rating: number | null
  readonly favourite: boolean
  readonly hidden: boolean
  readonly title: string | null
  readonly note: string | null
  readonly taken: ExportedDate | null
  readonly position: { readonly latitude: number; readonly longitude: number } | null
  readonly place: ExportedPlace | null
  /** EXIF 1–8: how the pixels in the file are turned to be upright, the person's turn included. */
  readonly orientation: number
  /** What the person said; everything else follows from files and network. */
  readonly decided: ReadonlySet<DecidedField>
}

export type DecidedField = 'rating' | 'title' | 'note' | 'taken' | 'position' | 'turn'

export interface ExportedLabel {
  readonly name: string
  /** Names from the root of the tree of categories to the label; of an own label the name alone. */
  readonly path: readonly string[]
  /** A word of the person's own, not one of the program's. */
  readonly isOwn: boolean
  /** Who says so: what the network sees and the person confirmed is the person's. */
  readonly from: 'network' | 'person'
}

export interface ExportedDate {
  /** Local wall time `2019-07-14T18:03:22`, the beginning of what is known. */
  readonly at: string
  readonly precision: DatePrecision
  /** `+02:00` */
  readonly offset: string | null
  readonly from: DateSource | null
}

/** In the language of the export. */
export interface ExportedPlace {
  readonly town: string | null
  readonly region: string | null
  readonly country: string | null
}
