import { parentPort, workerData } from 'node:worker_threads'
import Vips from 'wasm-vips'
import type { FromJxlThread, JxlThreadData, ToJxlThread } from './jxl.ts'

/**
 * The thread behind `decodeJxl`: libvips and libjxl as WebAssembly. Decoding blocks it; its starter ends it
 * when that takes too long or its memory has grown.
 */

if (parentPort === null) throw new Error('jxl-thread must be started as a worker thread')
const port = parentPort

/** What shows through where a picture is transparent, as for every format. */
const paper = [255, 255, 255]

const { memoryAtMost } = workerData as JxlThreadData
let memory: SizedMemory | null = null
limitMemory()
const vips = await Vips({
  dynamicLibraries: ['vips-jxl.wasm'],
  // What goes wrong comes as an error; nobody reads the log of this thread.
  print: () => undefined,
  printErr: () => undefined,
  preRun: (module: { ENV: Record<string, string> }) => {
    module.ENV['VIPS_CONCURRENCY'] = '1'
    module.ENV['VIPS_WARNING'] = '0'
  },
})
vips.Cache.max(0)
port.on('message', (message: ToJxlThread) => {
  send(decode(message))
})
send({ type: 'ready' })

/**
 * The package lets its memory grow to 2 GB, whatever it is told. A file can say that it is small and then hold a
 * frame that is not; behind this limit libjxl gets no more memory, and gives up without saying why.
 */
function limitMemory(): void {
  const wasm = (globalThis as unknown as { readonly WebAssembly: { Memory: WasmMemory } }).WebAssembly
  const Memory = wasm.Memory
  const pages = Math.ceil(memoryAtMost / 65536)
  const makeLimited = ({ initial, maximum, shared }: MemorySize) => {
    memory = new Memory({ initial, maximum: Math.max(initial, Math.min(maximum, pages)), shared })
    return memory
  }
  wasm.Memory = new Proxy(Memory, { construct: (_, [size]) => makeLimited(size as MemorySize) })
}

/** The part of the global that is used; its types come only with those of browsers. */
type WasmMemory = new (size: MemorySize) => SizedMemory
interface SizedMemory {
  readonly buffer: { readonly byteLength: number }
}
interface MemorySize {
  /** Pages of 64 KiB. */
  readonly initial: number
  readonly maximum: number
  readonly shared: boolean
}

function decode({ bytes, side }: ToJxlThread): FromJxlThread {
  const made: { delete(): void }[] = []
  const keep = <Handle extends { delete(): void }>(handle: Handle): Handle => {
    made.push(handle)
    return handle
  }
  try {
    const reduced = keep(
      vips.Image.thumbnailBuffer(bytes, side, {
        height: side,
        size: 'down',
        // libjxl has turned it upright; the EXIF block still tells how it lay.
        no_rotate: true,
        output_profile: 'srgb',
        // The profiles that libjxl makes for PQ and HLG bring bright light down to what a screen can show, by this.
        intent: 'perceptual',
      }),
    )
    const opaque = reduced.hasAlpha() ? keep(reduced.flatten({ background: paper })) : reduced
    const colours = keep(opaque.colourspace('srgb'))
    const image = keep(colours.cast('uchar'))
    if (image.bands !== 3) throw new Error(`it has ${image.bands} colour channels`)
    // A view of memory that is about to be freed becomes bytes of our own.
    const data = Uint8Array.from(image.writeToMemory())
    return { type: 'decoded', raster: { data, width: image.width, height: image.height } }
  } catch (thrown) {
    return { type: 'failed', reason: wording(thrown), outOfMemory: isMemoryFull() }
  } finally {
    for (const handle of made) handle.delete()
  }
}

/**
 * Whether memory has come near its limit. libjxl does not say why it gives up; what it asks for at once is a plane or
 * a few, which is less than a quarter of what a picture takes.
 */
function isMemoryFull(): boolean {
  return (memory?.buffer.byteLength ?? 0) > 0.75 * memoryAtMost
}

/** The last line that libvips has to say, without the names of its functions. */
function wording(thrown: unknown): string {
  const { message } = thrown as { readonly message?: unknown }
  const said = Array.isArray(message) ? message.at(-1) : message
  const lines = String(said).trim().split('\n')
  return (lines.at(-1) ?? '')
    .replace(/^\w+: /, '')
    .replace(/^error JxlDecoder\w+$/, 'its data end too early or make no sense')
}

function send(message: FromJxlThread): void {
  port.postMessage(message)
}
