/** Boxes of the ISO base media format (ISO 14496-12): HEIC, AVIF, CR3, JPEG XL. */
export interface Box {
  readonly type: string
  /** Where the content begins and ends in the file. */
  readonly start: number
  readonly end: number
}

const boxesAtMost = 10_000

/** The boxes that lie in `bytes` between `start` and `end`. Stops at the first that does not fit. */
export function readBoxes(bytes: Buffer, start: number, end: number): Box[] {
  const boxes: Box[] = []
  const limit = Math.min(end, bytes.length)
  let at = start
  while (at + 8 <= limit && boxes.length < boxesAtMost) {
    let size = bytes.readUInt32BE(at)
    let header = 8
    if (size === 1) {
      if (at + 16 > limit) break
      size = Number(bytes.readBigUInt64BE(at + 8))
      header = 16
    } else if (size === 0) size = limit - at
    if (size < header) break
    const type = bytes.toString('latin1', at + 4, at + 8)
    boxes.push({ type, start: at + header, end: Math.min(at + size, limit) })
    at += size
  }
  return boxes
}

export function findBox(boxes: readonly Box[], type: string): Box | null {
  return boxes.find((box) => box.type === type) ?? null
}
