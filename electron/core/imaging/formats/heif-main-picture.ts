import type { HeifFacts } from '../containers/heif.ts'
import { DecodeProblem } from '../decode/decoded.ts'

/** How else than as HEVC and AV1 a picture may be coded, by the type of its item (ISO 23008-12, annexes E to L). */
const otherCodings: ReadonlyMap<string | null, string> = new Map([
  ['avc1', 'coded as AVC'],
  ['evc1', 'coded as EVC'],
  ['j2k1', 'coded as JPEG 2000'],
  ['jpeg', 'coded as JPEG'],
  ['unci', 'not compressed'],
  ['vvc1', 'coded as VVC'],
])

/** Throws `DecodeProblem` where a HEIF file has no main picture that could be decoded. */
export function checkMainPicture({ itemType, hasTrack }: HeifFacts): void {
  if (itemType === null && hasTrack) {
    throw new DecodeProblem(
      'unsupported',
      'This is an image sequence without a main picture, which Kartoteka cannot show yet.',
    )
  }
  const coding = otherCodings.get(itemType)
  if (coding !== undefined) {
    throw new DecodeProblem(
      'unsupported',
      `The picture in this HEIF file is ${coding}; only HEVC and AV1 can be shown.`,
    )
  }
}
