import { loadSharp } from './decode/sharp.ts'
import type { Turn } from './turn.ts'

/** As that of thumbnails. */
const quality = 80

/** A thumbnail, turned clockwise. */
export async function turnedJpeg(jpeg: Uint8Array, turn: Turn): Promise<Uint8Array> {
  return new Uint8Array(await loadSharp()(jpeg).rotate(turn).jpeg({ quality }).toBuffer())
}
