/** A marker segment before the first scan. */
export interface JpegSegment {
  readonly marker: number
  /** The payload, after marker and length. */
  readonly start: number
  readonly end: number
  /** No garbage lies between this segment and the one before. */
  readonly inPlace: boolean
}

export const startOfScanMarker = 0xda
const endOfImageMarker = 0xd9
const stepsAtMost = 5000

/**
 * The segments of a JPEG up to and including the first start of scan, found exactly as libjpeg finds them:
 * garbage between segments is skipped. Ends early where the file does, or at a segment that does not fit.
 */
export function* jpegSegments(bytes: Buffer): Generator<JpegSegment> {
  let at = 2
  let inPlace = true
  for (let step = 0; step < stepsAtMost && at + 4 <= bytes.length; step++) {
    if (bytes[at] !== 0xff) {
      inPlace = false
      at = bytes.indexOf(0xff, at)
      if (at < 0) return
      continue
    }
    const marker = bytes[at + 1] as number
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === 0x00 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      inPlace = false
      at += 2
      continue
    }
    const start = at + 4
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (marker === endOfImageMarker || end < start || end > bytes.length) return
    yield { marker, start, end, inPlace }
    if (marker === startOfScanMarker) return
    at = end
    inPlace = true
  }
}

/**
 * The same picture without what lies between its segments and without application data, for a decoder that
 * gives up at the first complaint; `null` when there is no scan.
 */
export function mendJpeg(bytes: Buffer): Buffer | null {
  const parts: Buffer[] = [bytes.subarray(0, 2)]
  for (const { marker, start, end } of jpegSegments(bytes)) {
    if (marker === startOfScanMarker) return Buffer.concat([...parts, bytes.subarray(start - 4)])
    const application = marker >= 0xe0 && marker <= 0xef
    const adobe = marker === 0xee
    if (!application || adobe) parts.push(bytes.subarray(start - 4, end))
  }
  return null
}
