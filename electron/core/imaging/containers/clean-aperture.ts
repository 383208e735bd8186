import type { Box } from './boxes.ts'

export interface Rectangle {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** What the clean aperture of a HEIF picture (ISO 14496-12, 12.1.4) leaves of it. */
export interface CleanAperture {
  /** In pixels of the whole picture after it was turned upright; `null` where nothing is left. */
  readonly visible: Rectangle | null
  /** Longer side of the whole picture in pixels. */
  readonly side: number
}

/** `cleanApertureWidthN` to `vertOffD`. */
const apertureBytes = 32

/**
 * Where the clean aperture of a picture comes to lie when all its properties are applied one after the other.
 * Never throws.
 * @param properties of the picture, in the order in which they apply
 * @param size of the picture as stored
 * @returns `null` for pictures that have none, or one that makes no sense
 */
export function readCleanAperture(
  bytes: Buffer,
  properties: readonly Box[],
  size: { readonly width: number; readonly height: number },
): CleanAperture | null {
  let whole = size
  let visible: Rectangle = { left: 0, top: 0, ...size }
  let found = false
  for (const box of properties) {
    if (box.type === 'clap') {
      const clean = cleanPart(bytes, box, visible)
      if (!clean) return null
      visible = clean
      found = true
    } else if (box.type === 'irot' && box.end > box.start) {
      for (let quarters = (bytes[box.start] ?? 0) & 3; quarters > 0; quarters--) {
        const { left, top, width, height } = visible
        visible = { left: top, top: whole.width - left - width, width: height, height: width }
        whole = { width: whole.height, height: whole.width }
      }
    } else if (box.type === 'imir' && box.end > box.start) {
      const { left, top, width, height } = visible
      visible =
        ((bytes[box.start] ?? 0) & 1) === 0
          ? { ...visible, top: whole.height - top - height }
          : { ...visible, left: whole.width - left - width }
    }
  }
  if (!found) return null
  const hasPixels = visible.width > 0 && visible.height > 0
  return { visible: hasPixels ? visible : null, side: Math.max(size.width, size.height) }
}

/** The part of `picture` that one box leaves, in whole pixels; as good as nothing may be left. */
function cleanPart(bytes: Buffer, { start, end }: Box, picture: Rectangle): Rectangle | null {
  if (end - start < apertureBytes) return null
  const quotient = (at: number, over: number): number => over / bytes.readUInt32BE(start + at + 4)
  const width = quotient(0, bytes.readUInt32BE(start))
  const height = quotient(8, bytes.readUInt32BE(start + 8))
  // How far its middle lies from that of the picture.
  const right = quotient(16, bytes.readInt32BE(start + 16))
  const down = quotient(24, bytes.readInt32BE(start + 24))
  if (![width, height, right, down].every(Number.isFinite)) return null
  const [left, columns] = within(picture.width, width, right)
  const [top, rows] = within(picture.height, height, down)
  return { left: picture.left + left, top: picture.top + top, width: columns, height: rows }
}

/** Where a stretch begins within a longer one, and how much of it lies inside. */
function within(whole: number, length: number, offset: number): readonly [start: number, length: number] {
  const start = Math.round(offset + (whole - length) / 2)
  const from = Math.min(Math.max(0, start), whole)
  const to = Math.min(Math.max(0, start + Math.round(length)), whole)
  return [from, Math.max(0, to - from)]
}

/** Changes the boxes in place so that they leave all of a picture whose sides are at most `side`. */
export function openAperture(bytes: Buffer, boxes: readonly Box[], side: number): void {
  for (const { type, start, end } of boxes) {
    if (type !== 'clap' || end - start < apertureBytes) continue
    for (const [index, value] of [side, 1, side, 1, 0, 1, 0, 1].entries()) {
      bytes.writeUInt32BE(value, start + 4 * index)
    }
  }
}
