import { createRequire } from 'node:module'
import { blockSides, inverseTransforms } from './inverse-dct.ts'
import type { AddTransform } from './inverse-dct.ts'

const require = createRequire(import.meta.url)

/**
 * What libheif 1.23.2 exports, as C declares it (libheif/heif.h): pictures and pointers are addresses in its memory, and
 * what C returns as a structure is written to the first argument. The package's own wrapper copies a file twice, cannot
 * decode tiles and fails on planes.
 */
export interface Exports {
  /** A new view whenever the memory has grown. */
  readonly HEAPU8: Uint8Array<ArrayBuffer>
  _heif_get_version_number(): number
  _malloc(bytes: number): number
  _free(address: number): void
  _heif_context_alloc(): number
  _heif_context_free(context: number): void
  _heif_context_read_from_memory_without_copy(
    error: number,
    context: number,
    bytes: number,
    length: number,
    options: number,
  ): void
  _heif_context_get_primary_image_handle(error: number, context: number, handle: number): void
  _heif_context_get_image_handle(error: number, context: number, item: number, handle: number): void
  _heif_image_handle_release(handle: number): void
  _heif_image_handle_get_width(handle: number): number
  _heif_image_handle_get_height(handle: number): number
  _heif_image_handle_has_alpha_channel(handle: number): number
  _heif_image_handle_get_image_tiling(error: number, handle: number, upright: number, tiling: number): void
  _heif_image_handle_get_grid_image_tile_id(
    error: number,
    handle: number,
    upright: number,
    column: number,
    row: number,
    item: number,
  ): void
  _heif_image_handle_get_nclx_color_profile(error: number, handle: number, profile: number): void
  _heif_image_get_nclx_color_profile(error: number, image: number, profile: number): void
  _heif_nclx_color_profile_free(profile: number): void
  _heif_decoding_options_alloc(): number
  _heif_decoding_options_free(options: number): void
  _heif_decode_image(
    error: number,
    handle: number,
    image: number,
    space: number,
    chroma: number,
    options: number,
  ): void
  _heif_image_release(image: number): void
  _heif_image_get_colorspace(image: number): number
  _heif_image_get_chroma_format(image: number): number
  _heif_image_get_bits_per_pixel_range(image: number, channel: number): number
  _heif_image_get_width(image: number, channel: number): number
  _heif_image_get_height(image: number, channel: number): number
  _heif_image_get_plane_readonly2(image: number, channel: number, stride: number): number
}

/** Functions that libheif calls by number. */
interface FunctionTable {
  readonly length: number
  get(index: number): unknown
  set(index: number, value: unknown): void
}

export interface LibHeif {
  readonly heif: Exports
  readonly memory: { readonly buffer: ArrayBuffer }
  /** Its own inverse transforms, by `blockSides`; not those that it calls now. */
  readonly transforms: readonly AddTransform[]
}

/** The part of the global that is used; its types come only with those of browsers. */
interface Wasm {
  Module: new (binary: Uint8Array) => object
  Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> }
  Memory: new (...none: never) => { readonly buffer: ArrayBuffer }
  Table: new (...none: never) => FunctionTable
}

type Receive = (instance: object, module: object) => unknown
/** What Emscripten takes. `instantiateWasm`, a method of what becomes its module, is called instead of compiling. */
interface Options {
  instantiateWasm(this: { readonly wasmBinary: Uint8Array }, imports: object, receive: Receive): unknown
  /** Instead of standard error. */
  readonly printErr: (line: string) => void
}
type Make = (options: Options) => Exports

/** Which build the numbers of functions belong to: 1.23.2 as the package has it. */
const known = { version: 0x01_17_02_00, functions: 2468, firstTransform: 1999 } as const

/**
 * libheif with its inverse transforms exchanged for faster ones. Compiled on every call, which takes a tenth of a second.
 * Any other build is left as it is.
 */
export function loadLibHeif(): LibHeif {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Wasm }
  let exported: readonly unknown[] = []
  const heif = (require('libheif-js/libheif-wasm/libheif-bundle.js') as Make)({
    instantiateWasm(imports, receive) {
      const module = new WebAssembly.Module(this.wasmBinary)
      const instance = new WebAssembly.Instance(module, imports)
      exported = Object.values(instance.exports)
      return receive(instance, module)
    },
    // libde265 complains of broken files line by line; what the person is told comes as an error.
    printErr: () => undefined,
  })
  // Their names are shortened, and differ from build to build.
  const memory = exported.find((each) => each instanceof WebAssembly.Memory)
  const table = exported.find((each) => each instanceof WebAssembly.Table)
  if (!memory || !table) throw new Error('libheif exports no memory or no table of functions.')
  const isKnown = heif._heif_get_version_number() === known.version && table.length === known.functions
  if (!isKnown) return { heif, memory, transforms: [] }
  const slots = blockSides.map((_, index) => known.firstTransform + index)
  const transforms = slots.map((slot) => table.get(slot) as AddTransform)
  for (const [index, transform] of inverseTransforms(memory, heif._malloc).entries()) {
    table.set(slots[index] as number, transform)
  }
  return { heif, memory, transforms }
}
