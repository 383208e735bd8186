import { collectGarbage } from './collect-garbage.ts'
import { DecodeProblem } from './decoded.ts'
import { loadLibHeif } from './load-libheif.ts'
import type { Exports } from './load-libheif.ts'

/** `heif_colorspace`, `heif_chroma` and `heif_channel`. */
const space = { ycbcr: 0, rgb: 1, asStored: 99 } as const
const chroma = { half: 1, rgb: 10, rgba: 11, asStored: 99 } as const
const channel = { luma: 0, blue: 1, red: 2, interleaved: 10 } as const

/** Where the members of `heif_decoding_options` lie in 32 bits, since its version 10. */
const option = { ignoreTransformations: 1, keepColours: 69 } as const
/** `heif_error`, an address, and `heif_image_tiling`. */
const scratchBytes = 128
const [errorAt, answerAt, tilingAt] = [0, 16, 32] as const

/** Rows of samples within the decoder's memory, good until it is asked for anything else. */
export interface Plane {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  /** Distance of rows in bytes. */
  readonly stride: number
}

/** How samples become colours, by the numbers of ISO/IEC 23091-2. */
export interface SampleColours {
  /** Matrix coefficients. */
  readonly matrix: number
  readonly fullRange: boolean
}

/** 8-bit YCbCr whose chroma has half the columns and half the rows: what phones write. */
export interface HalfChroma {
  readonly luma: Plane
  readonly blue: Plane
  readonly red: Plane
  /** `null` where neither the file nor its stream says. */
  readonly colours: SampleColours | null
}

export interface Tiling {
  readonly columns: number
  readonly rows: number
  readonly tileWidth: number
  readonly tileHeight: number
  /** Pixels of the whole picture as stored, which may end within the last tiles. */
  readonly width: number
  readonly height: number
}

/** The main picture of an open file. Every function throws `DecodeProblem`. */
export interface HeifPicture {
  /** Pixels of the upright picture, as far as its clean aperture goes. */
  readonly width: number
  readonly height: number
  readonly hasAlpha: boolean
  /** `null` where it is no grid. */
  readonly tiling: Tiling | null
  /** By its own property; `null` for none, where those of its stream count. */
  readonly colours: SampleColours | null
  /** All of it, upright, as interleaved RGB or RGBA. */
  readonly decodeUpright: <Value>(use: (pixels: Plane) => Value) => Value
  /** All of it as stored; gives `use` `null` where its samples are not of that kind. */
  readonly decodeSamples: <Value>(use: (samples: HalfChroma | null) => Value) => Value
  /** The same for one tile of the grid. */
  readonly decodeTile: <Value>(
    column: number,
    row: number,
    use: (samples: HalfChroma | null) => Value,
  ) => Value
}

interface Decoder {
  readonly heif: Exports
  readonly scratch: number
}

/**
 * WebAssembly memory grows and never shrinks: above this the decoder is given up, since a fresh one takes 16 MB. But that
 * takes longer than a photo of 12 megapixels, which leaves it at 16 MB when it is stored in tiles and at 62 when it is not.
 */
const heapAtMost = 80 * 1024 * 1024

let loaded: Decoder | null = null

function load(): Decoder {
  const { heif } = loadLibHeif()
  return { heif, scratch: heif._malloc(scratchBytes) }
}

/**
 * Opens a HEIC file for as long as `use` runs. libheif runs as WebAssembly inside the calling thread and is loaded on
 * first use; when it is given up, its memory is free before this resolves. @throws DecodeProblem
 */
export async function withHeif<Value>(bytes: Buffer, use: (picture: HeifPicture) => Value): Promise<Value> {
  try {
    return openHeif(bytes, use)
  } finally {
    if (loaded === null) await collectGarbage()
  }
}

function openHeif<Value>(bytes: Buffer, use: (picture: HeifPicture) => Value): Value {
  loaded ??= load()
  const decoder = loaded
  const { heif } = decoder
  try {
    const file = heif._malloc(bytes.length)
    if (file === 0) throw new DecodeProblem('too-large', 'The file is too large for the HEIC decoder.')
    heif.HEAPU8.set(bytes, file)
    const context = heif._heif_context_alloc()
    try {
      const { error } = addresses(decoder)
      heif._heif_context_read_from_memory_without_copy(error, context, file, bytes.length, 0)
      check(decoder)
      return withHandle(
        decoder,
        (answer) => {
          heif._heif_context_get_primary_image_handle(error, context, answer)
        },
        (handle) => use(pictureOf(decoder, context, handle)),
      )
    } finally {
      heif._heif_context_free(context)
      heif._free(file)
    }
  } catch (thrown) {
    if (thrown instanceof DecodeProblem) throw thrown
    // After a trap inside WebAssembly nothing in its memory can be relied on.
    loaded = null
    throw new DecodeProblem(
      'damaged',
      'The file is damaged and nothing could be read: the HEIC decoder gave up.',
    )
  } finally {
    if (heif.HEAPU8.length > heapAtMost) loaded = null
  }
}

function pictureOf(decoder: Decoder, context: number, handle: number): HeifPicture {
  const { heif } = decoder
  const { error } = addresses(decoder)
  const hasAlpha = heif._heif_image_handle_has_alpha_channel(handle) !== 0
  return {
    width: heif._heif_image_handle_get_width(handle),
    height: heif._heif_image_handle_get_height(handle),
    hasAlpha,
    tiling: tilingOf(decoder, handle),
    colours: coloursOf(decoder, (answer) => {
      heif._heif_image_handle_get_nclx_color_profile(error, handle, answer)
    }),
    decodeUpright: (use) =>
      withImage(decoder, handle, space.rgb, hasAlpha ? chroma.rgba : chroma.rgb, {}, (image) =>
        use(planeOf(decoder, image, channel.interleaved)),
      ),
    decodeSamples: (use) => withSamples(decoder, handle, { ignoreTransformations: true }, use),
    decodeTile: (column, row, use) => {
      heif._heif_image_handle_get_grid_image_tile_id(error, handle, 0, column, row, addresses(decoder).answer)
      check(decoder)
      const item = readNumber(decoder, addresses(decoder).answer)
      return withHandle(
        decoder,
        (answer) => {
          heif._heif_context_get_image_handle(error, context, item, answer)
        },
        (tile) => withSamples(decoder, tile, {}, use),
      )
    },
  }
}

function addresses({ scratch }: Decoder): { error: number; answer: number; tiling: number } {
  return { error: scratch + errorAt, answer: scratch + answerAt, tiling: scratch + tilingAt }
}

function readNumber({ heif }: Decoder, address: number): number {
  const { HEAPU8: memory } = heif
  return new DataView(memory.buffer).getUint32(address, true)
}

/** Clears the place for an answer, lets `ask` fill it, and gives the address that it holds then. */
function ask(decoder: Decoder, question: (answer: number) => void): number {
  const { answer } = addresses(decoder)
  decoder.heif.HEAPU8.fill(0, answer, answer + 4)
  question(answer)
  return readNumber(decoder, answer)
}

function withHandle<Value>(
  decoder: Decoder,
  question: (answer: number) => void,
  use: (handle: number) => Value,
): Value {
  const handle = ask(decoder, question)
  check(decoder)
  if (handle === 0) throw new DecodeProblem('damaged', 'The file is damaged and nothing could be read.')
  try {
    return use(handle)
  } finally {
    decoder.heif._heif_image_handle_release(handle)
  }
}

function tilingOf(decoder: Decoder, handle: number): Tiling | null {
  const { heif } = decoder
  const { error, answer, tiling } = addresses(decoder)
  heif._heif_image_handle_get_grid_image_tile_id(error, handle, 0, 0, 0, answer)
  if (readNumber(decoder, error) !== 0) return null
  heif._heif_image_handle_get_image_tiling(error, handle, 0, tiling)
  check(decoder)
  const member = (index: number): number => readNumber(decoder, tiling + 4 * index)
  return {
    columns: member(1),
    rows: member(2),
    tileWidth: member(3),
    tileHeight: member(4),
    width: member(5),
    height: member(6),
  }
}

function coloursOf(decoder: Decoder, question: (answer: number) => void): SampleColours | null {
  const profile = ask(decoder, question)
  if (profile === 0) return null
  const colours = {
    matrix: readNumber(decoder, profile + 12),
    fullRange: decoder.heif.HEAPU8[profile + 16] !== 0,
  }
  decoder.heif._heif_nclx_color_profile_free(profile)
  return colours
}

interface Options {
  readonly ignoreTransformations?: boolean
  readonly keepColours?: boolean
}

function withImage<Value>(
  decoder: Decoder,
  handle: number,
  spaceWanted: number,
  chromaWanted: number,
  options: Options,
  use: (image: number) => Value,
): Value {
  const { heif } = decoder
  const allocated = heif._heif_decoding_options_alloc()
  heif.HEAPU8[allocated + option.ignoreTransformations] = options.ignoreTransformations === true ? 1 : 0
  heif.HEAPU8[allocated + option.keepColours] = options.keepColours === true ? 1 : 0
  const image = ask(decoder, (answer) => {
    const { error } = addresses(decoder)
    heif._heif_decode_image(error, handle, answer, spaceWanted, chromaWanted, allocated)
  })
  heif._heif_decoding_options_free(allocated)
  check(decoder)
  if (image === 0) throw new DecodeProblem('damaged', 'The file is damaged: it holds no picture.')
  try {
    return use(image)
  } finally {
    heif._heif_image_release(image)
  }
}

/** Samples in the range and by the matrix that they have in the file, where libheif by itself would convert them. */
function withSamples<Value>(
  decoder: Decoder,
  handle: number,
  options: Options,
  use: (samples: HalfChroma | null) => Value,
): Value {
  const { heif } = decoder
  const asStored = { ...options, keepColours: true }
  return withImage(decoder, handle, space.asStored, chroma.asStored, asStored, (image) => {
    const isHalfChroma =
      heif._heif_image_get_colorspace(image) === space.ycbcr &&
      heif._heif_image_get_chroma_format(image) === chroma.half &&
      heif._heif_image_get_bits_per_pixel_range(image, channel.luma) === 8 &&
      heif._heif_image_handle_has_alpha_channel(handle) === 0
    if (!isHalfChroma) return use(null)
    return use({
      colours: coloursOf(decoder, (answer) => {
        heif._heif_image_get_nclx_color_profile(addresses(decoder).error, image, answer)
      }),
      luma: planeOf(decoder, image, channel.luma),
      blue: planeOf(decoder, image, channel.blue),
      red: planeOf(decoder, image, channel.red),
    })
  })
}

function planeOf(decoder: Decoder, image: number, which: number): Plane {
  const { heif } = decoder
  const { answer } = addresses(decoder)
  const [width, height] = [
    heif._heif_image_get_width(image, which),
    heif._heif_image_get_height(image, which),
  ]
  const start = heif._heif_image_get_plane_readonly2(image, which, answer)
  const stride = readNumber(decoder, answer)
  if (start === 0 || !(width > 0 && height > 0)) {
    throw new DecodeProblem('damaged', 'The file is damaged: it holds no picture.')
  }
  return { data: heif.HEAPU8.subarray(start, start + stride * height), width, height, stride }
}

/**
 * The part of libheif's message that tells something: it begins with the kind of the error ("Invalid input") and what is
 * special about it, where that is known ("Unspecified").
 */
export function plainReason(message: string): string {
  const [kind = '', ...parts] = message
    .replace(/[.\s]+$/, '')
    .replaceAll(/\s+/g, ' ')
    .split(': ')
  const said = parts.filter((part) => part !== 'Unspecified').join(': ') || kind
  return said.charAt(0).toLowerCase() + said.slice(1)
}

/** Throws what the last call complained of. */
function check(decoder: Decoder): void {
  const { error } = addresses(decoder)
  const code = readNumber(decoder, error)
  if (code === 0) return
  const { HEAPU8: memory } = decoder.heif
  const start = readNumber(decoder, error + 8)
  const text = Buffer.from(memory.subarray(start, memory.indexOf(0, start))).toString()
  const reason = plainReason(text)
  // heif_error_code: 3 unsupported file type, 4 unsupported feature, 6 memory (its own security limits).
  if (code === 3 || code === 4) {
    throw new DecodeProblem('unsupported', `The picture uses a variant that cannot be decoded: ${reason}.`)
  }
  if (code === 6) throw new DecodeProblem('too-large', `The picture needs too much memory: ${reason}.`)
  throw new DecodeProblem('damaged', `The file is damaged and nothing could be read: ${reason}.`)
}
