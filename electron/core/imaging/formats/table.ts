import type { PhotoFormat } from '../../contract/photo-formats.ts'
import { avif } from './avif.ts'
import { bmp } from './bmp.ts'
import type { Format } from './format.ts'
import { gif } from './gif.ts'
import { heic } from './heic.ts'
import { jpeg } from './jpeg.ts'
import { jxl } from './jxl.ts'
import { png } from './png.ts'
import { raw } from './raw.ts'
import { tiff } from './tiff.ts'
import { webp } from './webp.ts'

/** All formats; a file is of the first that recognises it. */
export const formats: Readonly<Record<PhotoFormat, Format>> = {
  jpeg,
  png,
  webp,
  gif,
  tiff,
  jxl,
  bmp,
  raw,
  heic,
  avif,
}
