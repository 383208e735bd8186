import { brotliDecompressSync } from 'node:zlib'
import { dav1dBinary } from './dav1d-binary.ts'
import { DecodeProblem } from './decoded.ts'
import type { Plane, Planes, YuvColours } from './planes.ts'

/** How the colours of a stream are sampled, as dav1d counts: grey, 4:2:0, 4:2:2, 4:4:4. */
const samplings = [
  { colour: false, across: 0, down: 0 },
  { colour: true, across: 1, down: 1 },
  { colour: true, across: 1, down: 0 },
  { colour: true, across: 0, down: 0 },
] as const

/** The functions of dav1d/bridge.c. */
interface Dav1d {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly _initialize: () => void
  readonly allocate: (length: number) => number
  readonly facts: () => number
  /** 0, or an error number. */
  readonly examine: (bytes: number, length: number) => number
  readonly decode: (bytes: number, length: number, pixelsAtMost: number) => number
}

/** The part of the global that is used; its types come only with those of browsers. */
interface Wasm {
  Module: new (binary: Uint8Array) => object
  Instance: new (module: object) => { readonly exports: unknown }
}

/** A stream whose header was read. */
export interface Av1Stream extends YuvColours {
  /** In pixels, at most. */
  readonly width: number
  readonly height: number
  /** Of memory that its planes take for each pixel, what the decoder needs beside them included. */
  readonly bytesPerPixel: number
  /**
   * Decodes its first picture, without film grain, and gives up the decoder after `use`: the planes are in its memory.
   * Once only. @throws DecodeProblem
   */
  readonly decode: <Value>(use: (planes: Planes) => Value) => Value
}

/** What dav1d keeps for each pixel beside the planes: modes, filters, the file's bytes (measured: 0.9). */
const besidePlanes = 1

/**
 * Opens an AV1 stream with dav1d, in WebAssembly of its own for this stream alone. libaom, which sharp brings, needs
 * 23 bytes a pixel for what takes 7 here (10 bits, 4:4:4), since it sets aside 170 for every 4 × 4 pixels and libheif
 * then copies the planes. @throws DecodeProblem
 */
export function openAv1(stream: Uint8Array): Av1Stream {
  let decoder: Dav1d | null = start()
  const at = decoder.allocate(stream.length)
  if (at === 0) throw new DecodeProblem('too-large', 'The picture needs more memory than one photo may have.')
  new Uint8Array(decoder.memory.buffer, at, stream.length).set(stream)
  check(() => decoder?.examine(at, stream.length))
  const [width = 0, height = 0, bits = 8, layout = 0, matrix = 2, fullRange = 0] = factsOf(decoder)
  const { colour, across, down } = samplingOf(layout)
  const samples = 1 + (colour ? 2 / (1 << (across + down)) : 0)
  return {
    width,
    height,
    matrix,
    fullRange: fullRange === 1,
    bytesPerPixel: samples * (bits > 8 ? 2 : 1) + besidePlanes,
    decode: (use) => {
      const dav1d = decoder
      decoder = null
      check(() => dav1d?.decode(at, stream.length, width * height))
      if (dav1d === null) throw damaged()
      return use(planesOf(dav1d))
    },
  }
}

function start(): Dav1d {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Wasm }
  const module = new WebAssembly.Module(brotliDecompressSync(Buffer.from(dav1dBinary, 'base64')))
  const dav1d = new WebAssembly.Instance(module).exports as Dav1d
  dav1d._initialize()
  return dav1d
}

function factsOf(dav1d: Dav1d): Int32Array {
  return new Int32Array(dav1d.memory.buffer, dav1d.facts(), 9)
}

/** Throws unless `work` gives 0; a trap inside WebAssembly counts as an error, too. */
function check(work: () => number | undefined): void {
  let error: number | undefined
  try {
    error = work()
  } catch {
    throw damaged()
  }
  if (error !== 0) throw damaged()
}

function damaged(): DecodeProblem {
  return new DecodeProblem(
    'damaged',
    'The file is damaged and nothing could be read: the AV1 decoder gave up.',
  )
}

function samplingOf(layout: number): (typeof samplings)[number] {
  const sampling = samplings[layout]
  if (sampling === undefined) throw damaged()
  return sampling
}

function planesOf(dav1d: Dav1d): Planes {
  const memory = dav1d.memory.buffer
  const [width = 0, height = 0, bits = 8, layout = 0, lightStride = 0, colourStride = 0, ...places] =
    factsOf(dav1d)
  const { colour, across, down } = samplingOf(layout)
  const plane = (at: number, stride: number, planeWidth: number, planeHeight: number): Plane => {
    const size = { width: planeWidth, height: planeHeight }
    return bits > 8
      ? { ...size, stride: stride / 2, data: new Uint16Array(memory, at, (stride / 2) * planeHeight) }
      : { ...size, stride, data: new Uint8Array(memory, at, stride * planeHeight) }
  }
  const [light = 0, blue = 0, red = 0] = places
  const [colourWidth, colourHeight] = [(width + across) >> across, (height + down) >> down]
  return {
    bits,
    light: plane(light, lightStride, width, height),
    colour: colour
      ? [
          plane(blue, colourStride, colourWidth, colourHeight),
          plane(red, colourStride, colourWidth, colourHeight),
        ]
      : null,
  }
}
