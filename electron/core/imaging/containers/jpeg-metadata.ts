/** Blocks of metadata that are put into a JPEG. */
export interface NewBlocks {
  /** A TIFF block. */
  readonly exif: Buffer | null
  readonly xmp: Buffer | null
}

const application0 = 0xe0
const application1 = 0xe1

/**
 * A JPEG with blocks of metadata before its picture, after the JFIF segment if it begins with one. Each must fit into a
 * segment. It may have none yet.
 */
export function withBlocks(jpeg: Uint8Array, { exif, xmp }: NewBlocks): Buffer {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength)
  const at = bytes[3] === application0 ? 4 + bytes.readUInt16BE(4) : 2
  return Buffer.concat([
    bytes.subarray(0, at),
    ...(exif ? [segment('Exif\0\0', exif)] : []),
    ...(xmp ? [segment('http://ns.adobe.com/xap/1.0/\0', xmp)] : []),
    bytes.subarray(at),
  ])
}

function segment(head: string, content: Buffer): Buffer {
  const length = 2 + head.length + content.length
  const start = Buffer.of(0xff, application1, length >> 8, length & 0xff)
  return Buffer.concat([start, Buffer.from(head, 'latin1'), content])
}
