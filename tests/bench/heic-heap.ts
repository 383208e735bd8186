import { readFileSync } from 'node:fs'
import { unsharedMemory } from '../../electron/core/imaging/decode/memory-account.ts'
import { identify } from '../../electron/core/imaging/identify.ts'
import { standardLimits } from '../../electron/core/imaging/limits.ts'
import { thumbnailSide } from '../../electron/core/imaging/photo-reading.ts'
import { phonePhotos } from './phone-photos.ts'

/**
 * `node tests/bench/heic-heap.ts [PHOTOS]`: decodes so many HEIC photos (200) one after the other, as a photo worker
 * does, and prints how much memory the decoder has after some of them, and how often it was compiled.
 */
const last = Number(process.argv[2] ?? 200)
const told = new Set([1, 10, 50, 100, last])

interface Memory {
  readonly buffer: { readonly byteLength: number }
}
interface Wasm {
  Instance: new (...given: unknown[]) => { readonly exports: Readonly<Record<string, unknown>> }
  readonly Memory: new (...given: never) => Memory
}

const { WebAssembly: wasm } = globalThis as unknown as { readonly WebAssembly: Wasm }
/** Of every decoder that was made; libheif is the only one in WebAssembly here that has its own memory and a file's size. */
const memories: Memory[] = []
const { Instance } = wasm
wasm.Instance = class extends Instance {
  constructor(...given: unknown[]) {
    super(...given)
    memories.push(...Object.values(this.exports).filter((each) => each instanceof wasm.Memory))
  }
}

const files = phonePhotos.map((path) => readFileSync(path))
for (let photo = 1; photo <= last; photo++) {
  const bytes = Buffer.from(files[photo % files.length] ?? [])
  const { decode } = identify({ name: 'x.heic', bytes })
  await decode({ side: thumbnailSide, limits: standardLimits, memory: unsharedMemory })
  if (told.has(photo)) {
    const megabytes = ((memories.at(-1)?.buffer.byteLength ?? Number.NaN) / 2 ** 20).toFixed(1)
    const rss = Math.round(process.memoryUsage.rss() / 1e6)
    console.log(
      `HEIC decoder after ${photo} photos: ${megabytes} MiB, made ${memories.length} times; process ${rss} MB`,
    )
  }
}
