import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * What libheif 1.23.2 exports, as C declares it (libheif/heif.h): pictures and pointers are addresses in its memory, and
 * what C returns as a structure is written to the first argument. The package's own wrapper copies a file twice, cannot
 * decode tiles and fails on planes.
 */
export interface Exports {
  /** A new view whenever the memory has grown. */
  readonly HEAPU8: Uint8Array<ArrayBuffer>
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

/** A decoder of its own memory. Compiled on every call, which takes a tenth of a second. */
export function loadLibHeif(): { readonly heif: Exports } {
  return { heif: (require('libheif-js/libheif-wasm/libheif-bundle.js') as () => Exports)() }
}
