/** One entry of a TIFF directory; a value beyond 4 bytes is an offset. Types: 1 byte, 3 short, 4 long (TIFF 6.0). */
export type TiffEntry = readonly [tag: number, type: number, count: number, value: number]

/** Where what follows the directory of a `tiffFile` begins. */
export const afterDirectory = (entries: number): number => 8 + 2 + entries * 12 + 4

/** A DNG whose picture of 1800 × 1200 nobody can decode, with the main tag's orientation and a preview. */
export function dngFile(orientation: number, preview: Buffer): Buffer {
  const entries: TiffEntry[] = [
    [0x0100, 4, 1, 1800],
    [0x0101, 4, 1, 1200],
    [0x0112, 3, 1, orientation],
    [0x0201, 4, 1, afterDirectory(6)],
    [0x0202, 4, 1, preview.length],
    [0xc612, 1, 4, 1],
  ]
  return tiffFile(entries, preview)
}

/** A little-endian TIFF file of one directory and what follows it. */
export function tiffFile(entries: readonly TiffEntry[], ...following: readonly Buffer[]): Buffer {
  const directory = Buffer.alloc(2 + entries.length * 12 + 4)
  directory.writeUInt16LE(entries.length)
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 2 + index * 12
    directory.writeUInt16LE(tag, at)
    directory.writeUInt16LE(type, at + 2)
    directory.writeUInt32LE(count, at + 4)
    directory.writeUInt32LE(value, at + 8)
  }
  return Buffer.concat([Buffer.from('II*\0\x08\0\0\0', 'latin1'), directory, ...following])
}
