import type { PhotoFormat } from '../../contract/photo-formats.ts'
import type { DecodeRequest, DecodedPhoto } from '../decode/decoded.ts'
import type { Found } from '../metadata/found.ts'

/** All that is known of one format, beside the endings of its files, which the window knows, too. */
export interface Format {
  /** Whether a file begins as those of this format do. Never throws; `head` may be of any length. */
  readonly recognise: (head: Buffer) => boolean
  /**
   * Reads what a file says before its pixels, once. Never throws.
   * @param name where the content leaves open what it is
   */
  readonly open: (bytes: Buffer, name: string) => Picture
}

/** The main picture of a file, not decoded yet. */
export interface Picture {
  readonly format: PhotoFormat
  readonly found: Found
  /** EXIF orientation 1–8 by which the decoded picture is upright, or will be once it is turned; `null`: not stated. */
  readonly orientation: number | null
  /** Who turns it: the caller by metadata, or the decoder by what the container says, which EXIF only repeats. */
  readonly turnedBy: 'caller' | 'decoder'
  /**
   * Pixels that the file states, as stored, whatever was written there: 0 and billions as well. To be checked before
   * a decoder sees the file, as libvips itself complains on standard error of sides beyond ten million. `null` where
   * the file does not say, or in too few bits to say so much (JPEG, GIF), or where the decoder is ours.
   */
  readonly statedSize: { readonly width: number; readonly height: number } | null
  /** Sets aside the memory that it takes. Rejects with `DecodeProblem`. */
  readonly decode: (request: DecodeRequest) => Promise<DecodedPhoto>
}

/** Whether a file begins with one of some texts, in Latin-1. */
export function beginsWith(head: Buffer, ...beginnings: readonly string[]): boolean {
  return beginnings.some((each) => head.toString('latin1', 0, each.length) === each)
}
