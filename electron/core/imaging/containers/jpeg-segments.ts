/** A marker segment, or the compressed data after a start of scan. */
export interface JpegSegment {
  /** `scanDataMarker` for compressed data. */
  readonly marker: number
  /** The payload, after marker and length. */
  readonly start: number
  readonly end: number
  /** No garbage lies between this segment and the one before. */
  readonly inPlace: boolean
}

export const startOfScanMarker = 0xda
/** No segment has this marker: within compressed data it stands for the byte 0xff. */
export const scanDataMarker = 0x00
export const endOfImageMarker = 0xd9
const stepsAtMost = 5000

/**
 * The segments of a JPEG up to the end of the image, found exactly as libjpeg finds them: garbage between segments is
 * skipped. Each start of scan is followed by its compressed data, whose end is not looked for before it is asked for.
 * Ends early where the file does, at a segment that does not fit, or after `steps` segments and stretches of garbage.
 */
export function* jpegSegments(bytes: Buffer, steps = stepsAtMost): Generator<JpegSegment> {
  let at = 2
  let inPlace = true
  for (let step = 0; step < steps && at + 4 <= bytes.length; step++) {
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
    at = end
    inPlace = true
    if (marker === startOfScanMarker) {
      at = endOfScanData(bytes, end)
      yield { marker: scanDataMarker, start: end, end: at, inPlace }
    }
  }
}

/** Where the next marker begins that is neither a restart nor a stuffed 0xff; the end of the file if none does. */
function endOfScanData(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    const within = next === 0x00 || next === 0xff || (next !== undefined && next >= 0xd0 && next <= 0xd7)
    if (!within) return at
  }
  return bytes.length
}

/** Scans above this number are no longer counted. */
export const scansCounted = 10_000

/** How many scans the picture is stored in, at most 10,000: every one is a pass of the decoder over the pixels. */
export function countScans(bytes: Buffer): number {
  let scans = 0
  // Between two scans lie their data and often a Huffman table.
  for (const { marker } of jpegSegments(bytes, stepsAtMost + 4 * scansCounted)) {
    if (marker === startOfScanMarker && ++scans === scansCounted) break
  }
  return scans
}

/** A sector of a disk, the least that goes missing there. Honest data hold such a run only where a drawing is empty. */
const blank = Buffer.alloc(512)

/** Whether zeros lie where the compressed data of the first scan should be, as after a write that was never finished. */
export function hasBlankStretch(bytes: Buffer): boolean {
  for (const { marker, end } of jpegSegments(bytes)) {
    if (marker !== startOfScanMarker) continue
    const at = bytes.indexOf(blank, end)
    return at >= 0 && at < endOfScanData(bytes, end)
  }
  return false
}
