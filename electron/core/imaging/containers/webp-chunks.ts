export interface WebpFacts {
  /** Pixels of the canvas of an extended file; simple files have 14 bits for a side. */
  readonly size: { readonly width: number; readonly height: number } | null
  readonly exif: Buffer | null
  readonly xmp: Buffer | null
}

const chunksAtMost = 1000

/** What the chunks of a WebP file say beside its picture. Never throws. */
export function readWebp(bytes: Buffer): WebpFacts {
  let exif: Buffer | null = null
  let xmp: Buffer | null = null
  for (let at = 12, chunks = 0; at + 8 <= bytes.length && chunks < chunksAtMost; chunks++) {
    const type = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const data = bytes.subarray(at + 8, at + 8 + length)
    // Some writers keep the marker of JPEG's segment in front.
    if (type === 'EXIF') exif ??= data.toString('latin1', 0, 6) === 'Exif\0\0' ? data.subarray(6) : data
    else if (type === 'XMP ') xmp ??= data
    at += 8 + length + (length & 1)
  }
  return { size: canvasSize(bytes), exif, xmp }
}

/** RFC 9649, 2.7: 24 bits and one more. */
function canvasSize(bytes: Buffer): WebpFacts['size'] {
  if (bytes.length < 30 || bytes.toString('latin1', 12, 16) !== 'VP8X') return null
  return { width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3) }
}
