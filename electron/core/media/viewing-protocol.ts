import type { Turn } from '../imaging/turn.ts'

/** A photo as the library shows it. */
interface ShownPhoto {
  /** In text form. */
  readonly path: string
  /** EXIF 1–8 by which the library turned it upright; `null`: by the file's own. */
  readonly orientation: number | null
}

/** What the service asks its viewing thread: work that would keep the service's own loop busy. */
export interface ViewingCalls {
  /** A photo as an upright, screen-sized JPEG. */
  readonly view: { readonly input: ShownPhoto; readonly output: Uint8Array }
  /** A thumbnail made anew, and of which content. */
  readonly thumbnail: {
    readonly input: ShownPhoto
    readonly output: { readonly contentHash: string; readonly jpeg: Uint8Array }
  }
  /** A thumbnail as it is shown once a person turned the photo. */
  readonly turnedThumbnail: {
    readonly input: { readonly jpeg: Uint8Array; readonly turn: Turn }
    readonly output: Uint8Array
  }
}
