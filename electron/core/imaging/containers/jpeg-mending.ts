import { endOfImageMarker, jpegSegments, scanDataMarker, startOfScanMarker } from './jpeg-segments.ts'

/** What is kept of a JPEG beside its picture. */
interface Kept {
  /** What colours its numbers mean. Decoders complain of a broken one. */
  readonly profile: boolean
  /** Zeros after compressed data. Data may also end in zeros of their own, so this is to be tried both ways. */
  readonly padding: boolean
}

/**
 * The same picture without all that libjpeg complains of although it costs no pixel: garbage between segments, and
 * headers that only strict readers mind. What a decoder says of the result it says of the pixels. `null` when there is no
 * scan.
 */
export function mendJpeg(bytes: Buffer, components: number, kept: Kept): Buffer | null {
  const parts: Buffer[] = [Buffer.from([0xff, 0xd8])]
  let last = 2
  let scanSeen = false
  let sequential = false
  for (const { marker, start, end } of jpegSegments(bytes)) {
    last = end
    if (marker === scanDataMarker) {
      const data = withoutFill(bytes.subarray(start, end))
      parts.push(kept.padding ? data : withoutPadding(data))
      continue
    }
    const segment = bytes.subarray(start - 4, end)
    if (marker === 0xc0 || marker === 0xc1) sequential = true
    if (marker === startOfScanMarker) {
      scanSeen = true
      parts.push(sequential ? withAllCoefficients(segment) : segment)
    } else if (marker === 0xe0 && begins(segment, 'JFIF\0')) parts.push(changed(segment, 9, 1))
    else if (marker === 0xee && begins(segment, 'Adobe')) parts.push(withKnownTransform(segment, components))
    else if (marker < 0xe0 || (marker === 0xe2 && kept.profile && begins(segment, 'ICC_PROFILE\0')))
      parts.push(segment)
  }
  if (!scanSeen) return null
  const endOfImage = bytes.indexOf(endOfImageBytes, last)
  return Buffer.concat(endOfImage < 0 ? parts : [...parts, endOfImageBytes])
}

export const endOfImageBytes = Buffer.from([0xff, endOfImageMarker])

function begins(segment: Buffer, name: string): boolean {
  return segment.toString('latin1', 4, 4 + name.length) === name
}

function changed(segment: Buffer, at: number, ...values: readonly number[]): Buffer {
  if (at + values.length > segment.length) return segment
  const copy = Buffer.from(segment)
  copy.set(values, at)
  return copy
}

/** In a sequential JPEG a scan holds all coefficients at full precision, whatever the last three bytes of its header say. */
function withAllCoefficients(segment: Buffer): Buffer {
  return changed(segment, segment.length - 3, 0, 63, 0)
}

/** libjpeg takes an unknown code for YCbCr or YCCK. */
function withKnownTransform(segment: Buffer, components: number): Buffer {
  const code = segment[15]
  if (code === undefined || code <= 2) return segment
  return changed(segment, 15, components === 4 ? 2 : 1)
}

/** Without the bytes 0xff at the end: they only fill up before a marker (ITU-T T.81, B.1.1.2), which may be left out. */
function withoutFill(data: Buffer): Buffer {
  let end = data.length
  while (end > 0 && data[end - 1] === 0xff) end--
  return data.subarray(0, end)
}

/** Without zeros at the end, but for the one that belongs to a byte 0xff. */
function withoutPadding(data: Buffer): Buffer {
  let end = data.length
  while (end > 0 && data[end - 1] === 0) end--
  const stuffed = end > 0 && end < data.length && data[end - 1] === 0xff
  return data.subarray(0, stuffed ? end + 1 : end)
}
