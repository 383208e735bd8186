/** One entry of a TIFF directory; a value beyond 4 bytes is an offset. Types: 1 byte, 3 short, 4 long (TIFF 6.0). */
export type TiffEntry = readonly [tag: number, type: number, count: number, value: number]

/** Where what follows the directory of a `tiffFile` begins. */
export const afterDirectory = (entries: number): number => 8 + 2 + entries * 12 + 4

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
