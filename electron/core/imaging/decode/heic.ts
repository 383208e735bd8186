import { createRequire } from 'node:module'
import type { Rectangle } from '../containers/clean-aperture.ts'
import { collectGarbage } from './collect-garbage.ts'
import { DecodeProblem, checkSize, fitInside } from './decoded.ts'
import type { Decoded, DecodeRequest } from './decoded.ts'
import { resample } from './resample.ts'

const require = createRequire(import.meta.url)

/** The part of libheif's JavaScript surface that is used here; the package brings no types for it. */
interface LibHeif {
  readonly HEAPU8: Uint8Array
  readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown }
  readonly heif_chroma: {
    readonly heif_chroma_interleaved_RGB: unknown
    readonly heif_chroma_interleaved_RGBA: unknown
  }
  heif_context_alloc(): unknown
  heif_context_free(context: unknown): void
  heif_context_read_from_memory(context: unknown, bytes: Uint8Array): HeifError
  heif_js_context_get_primary_image_handle(context: unknown): unknown
  heif_image_handle_get_width(handle: unknown): number
  heif_image_handle_get_height(handle: unknown): number
  heif_image_handle_has_alpha_channel(handle: unknown): number
  heif_image_handle_release(handle: unknown): void
  heif_js_decode_image2(handle: unknown, colours: unknown, chroma: unknown): HeifImage | HeifError
  heif_image_release(image: unknown): void
}

interface HeifError {
  readonly code: { readonly value: number }
  readonly message: string
}

interface HeifImage {
  readonly code?: undefined
  readonly image: unknown
  readonly channels: readonly {
    readonly width: number
    readonly height: number
    readonly stride: number
    /** A view of the decoder's own memory, gone with the image. */
    readonly data: Uint8Array
  }[]
}

/**
 * WebAssembly memory grows and never shrinks: above this the decoder is given up and a fresh one made, which
 * takes 50 ms beside the second of a 12-megapixel photo. A fresh one has 16 MB.
 */
const heapAtMost = 32 * 1024 * 1024

let loaded: LibHeif | null = null

function loadLibHeif(): LibHeif {
  const makeDecoder = require('libheif-js/libheif-wasm/libheif-bundle.js') as () => LibHeif
  return makeDecoder()
}

/**
 * The main picture of a HEIC file, upright, at most `side` pixels, on white, colours as stored.
 * libheif runs as WebAssembly inside the calling thread and is loaded on first use; when it is given up, its memory is
 * free before this resolves. @throws DecodeProblem
 * @param visible what is to be left of the upright picture; `null` for all of it
 */
export async function decodeHeic(
  bytes: Buffer,
  request: DecodeRequest,
  visible: Rectangle | null,
): Promise<Decoded> {
  try {
    return decode(bytes, request, visible)
  } finally {
    if (loaded === null) await collectGarbage()
  }
}

function decode(bytes: Buffer, request: DecodeRequest, visible: Rectangle | null): Decoded {
  loaded ??= loadLibHeif()
  const heif = loaded
  const context = heif.heif_context_alloc()
  try {
    check(heif.heif_context_read_from_memory(context, bytes))
    const handle = heif.heif_js_context_get_primary_image_handle(context)
    check(handle)
    try {
      return decodeHandle(heif, handle, request, visible)
    } finally {
      heif.heif_image_handle_release(handle)
    }
  } catch (thrown) {
    // After a trap inside WebAssembly nothing in its memory can be relied on.
    if (!(thrown instanceof DecodeProblem)) {
      loaded = null
      throw new DecodeProblem(
        'damaged',
        'The file is damaged and nothing could be read: the HEIC decoder gave up.',
      )
    }
    throw thrown
  } finally {
    if (loaded) heif.heif_context_free(context)
    if (heif.HEAPU8.length > heapAtMost) loaded = null
  }
}

function decodeHandle(
  heif: LibHeif,
  handle: unknown,
  { side, limits }: DecodeRequest,
  visible: Rectangle | null,
): Decoded {
  const width = heif.heif_image_handle_get_width(handle)
  const height = heif.heif_image_handle_get_height(handle)
  checkSize(width, height, limits.maxPixels)
  const alpha = heif.heif_image_handle_has_alpha_channel(handle) !== 0
  const chroma = alpha
    ? heif.heif_chroma.heif_chroma_interleaved_RGBA
    : heif.heif_chroma.heif_chroma_interleaved_RGB
  const decoded = heif.heif_js_decode_image2(handle, heif.heif_colorspace.heif_colorspace_RGB, chroma)
  check(decoded)
  const { image, channels } = decoded as HeifImage
  try {
    const [whole] = channels
    if (!whole) throw new DecodeProblem('damaged', 'The file is damaged: it holds no picture.')
    const plane = visible ? crop(whole, visible, alpha ? 4 : 3) : whole
    const size = fitInside(plane.width, plane.height, side)
    const pixels = alpha ? flatten(plane) : plane
    const raster = resample(pixels, size.width, size.height, pixels.stride)
    // Never hand out a view of the decoder's memory.
    const data = raster.data === pixels.data ? Uint8Array.from(raster.data) : raster.data
    return { raster: { ...raster, data }, width: plane.width, height: plane.height, damaged: null }
  } finally {
    heif.heif_image_release(image)
  }
}

type Plane = HeifImage['channels'][number]

/** A view of a part of the picture, as far as it lies within. */
function crop({ data, stride, ...whole }: Plane, part: Rectangle, bytesPerPixel: number): Plane {
  const width = Math.min(part.width, whole.width - part.left)
  const height = Math.min(part.height, whole.height - part.top)
  if (!(width > 0 && height > 0)) throw new DecodeProblem('damaged', nothingLeft)
  const start = part.top * stride + part.left * bytesPerPixel
  return {
    width,
    height,
    stride,
    data: data.subarray(start, start + (height - 1) * stride + width * bytesPerPixel),
  }
}

/** Why a picture whose clean aperture lies beside it is not shown. */
export const nothingLeft =
  'The file is damaged: the part of the picture that is to be shown lies outside of it.'

/** RGBA on white. */
function flatten(plane: Plane): Plane {
  const { width, height, stride, data } = plane
  const flat = new Uint8Array(width * height * 3)
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = y * stride; x < width; x++, from += 4, to += 3) {
      const alpha = data[from + 3] as number
      const paper = (255 - alpha) * 255
      flat[to] = ((data[from] as number) * alpha + paper + 127) / 255
      flat[to + 1] = ((data[from + 1] as number) * alpha + paper + 127) / 255
      flat[to + 2] = ((data[from + 2] as number) * alpha + paper + 127) / 255
    }
  }
  return { width, height, stride: width * 3, data: flat }
}

function check(result: unknown): void {
  const error = result as Partial<HeifError> | null
  if (error === null || error === undefined) {
    throw new DecodeProblem('damaged', 'The file is damaged and nothing could be read.')
  }
  const code = error.code?.value ?? 0
  if (code === 0) return
  const reason = (error.message ?? '').replace(/[.\s]+$/, '').replaceAll(/\s+/g, ' ')
  // heif_error_code: 3 unsupported file type, 4 unsupported feature, 6 memory (its own security limits).
  if (code === 3 || code === 4) {
    throw new DecodeProblem('unsupported', `The picture uses a variant that cannot be decoded: ${reason}.`)
  }
  if (code === 6) throw new DecodeProblem('too-large', `The picture needs too much memory: ${reason}.`)
  throw new DecodeProblem('damaged', `The file is damaged and nothing could be read: ${reason}.`)
}
