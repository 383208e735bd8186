import type { OwnPixels } from '../contract/own-pixels.ts'
import type { Turn } from '../imaging/turn.ts'

/** A photo as the library shows it. */
interface ShownPhoto {
  /** In text form. */
  readonly path: string
  /** EXIF 1–8 by which the library turned it upright; `null`: by the file's own. */
  readonly orientation: number | null
}

/** A photo that is wanted at its own size. */
export interface WantedOriginal {
  /** In text form. */
  readonly path: string
  /** 32 hex digits: a file that holds something else by now is not given away. */
  readonly contentHash: string
  /** EXIF 1–8 by which the library has it upright; `null`: as it is stored. */
  readonly orientation: number | null
  /** Degrees clockwise by which the person turned it from there. */
  readonly turn: Turn
}

/** What the service asks its viewing thread: work that would keep the service's own loop busy. */
export interface ViewingCalls {
  /** A photo as an upright, screen-sized JPEG. */
  readonly view: { readonly input: ShownPhoto; readonly output: Uint8Array }
  /** What `original` would give, without decoding. */
  readonly describeOriginal: { readonly input: WantedOriginal; readonly output: OwnPixels }
  /** The bytes of its file, or a JPEG of all its pixels; see imaging/original.ts. */
  readonly original: {
    readonly input: WantedOriginal
    readonly output: { readonly type: string; readonly bytes: Uint8Array }
  }
  /** A thumbnail made anew, and of which content. */
  readonly thumbnail: {
    readonly input: ShownPhoto
    readonly output: { readonly contentHash: string; readonly jpeg: Uint8Array }
  }
  /** The same of a picture that is not in the library; its name tells the format where the content does not. */
  readonly picture: {
    readonly input: { readonly name: string; readonly bytes: Uint8Array }
    readonly output: { readonly contentHash: string; readonly jpeg: Uint8Array }
  }
  /** How much fine detail a picture has, by its thumbnail; see imaging/sharpness.ts. */
  readonly sharpness: { readonly input: { readonly jpeg: Uint8Array }; readonly output: number }
  /** A thumbnail as it is shown once a person turned the photo. */
  readonly turnedThumbnail: {
    readonly input: { readonly jpeg: Uint8Array; readonly turn: Turn }
    readonly output: Uint8Array
  }
}
