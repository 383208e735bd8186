/** The XMP packet of a GIF (an application extension), or `null`. Never throws. */
export function readGifXmp(bytes: Buffer): Buffer | null {
  const marker = bytes.indexOf('!\xff\x0bXMP DataXMP', 0, 'latin1')
  if (marker < 0) return null
  // The packet is not cut into sub-blocks: it ends before a 258-byte trailer that leads readers out.
  const start = marker + 14
  const end = bytes.indexOf(Buffer.from([0x01, 0xff, 0xfe, 0xfd]), start)
  return end < 0 ? null : bytes.subarray(start, end)
}
