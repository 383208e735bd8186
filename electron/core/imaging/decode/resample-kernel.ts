import type { Raster } from '../photo-reading.ts'
import type { Taps } from './taps.ts'

/** resample.wat in binary; tests/unit/imaging/resample.test.ts makes it again and compares. */
export const kernelBinary = [
  'AGFzbQEAAAABEQFgDX9/f39/f39/f39/f38AAwIBAAUDAQABBxUCBm1lbW9yeQIACHJlc2FtcGxlAAAKjAQBiQQCCn8Je0GA',
  'wAD9ESEbIAwhFgNAIAMgDUEDdGohFSAAIBUoAgAgAWxqIRQgFSgCBCEQQQAhDgNAIBshHCAbIR0gGyEeIBshHyAUIA5qIREg',
  'BCANIAVsaiETIBAhDwNAIBP9CQIAIRcgESABaiESIBH9AAQAIRggEv0ABAAhGSAYIBn9DQAQARECEgMTBBQFFQYWBxchGiAc',
  'IBr9iQEgF/26Af2uASEcIB0gGv2KASAX/boB/a4BIR0gGCAZ/Q0IGAkZChoLGwwcDR0OHg8fIRogHiAa/YkBIBf9ugH9rgEh',
  'HiAfIBr9igEgF/26Af2uASEfIBIgAWohESATQQRqIRMgD0EBayIPDQALIAsgDmogHEEO/awBIB1BDv2sAf2FASAeQQ79rAEg',
  'H0EO/awB/YUB/Wb9CwQAIA5BEGohDiAOIAJJDQALQQAhDiAIIRMgByEVA0AgCyAVKAIAQQNsaiERIBUoAgQhDyATIRIgGyEc',
  'A0AgEf1dAwAhGiAcIBogGv0NAAMBBAIFCAgICAgICAgICP2JASAS/QkCAP26Af2uASEcIBFBBmohESASQQRqIRIgD0EBayIP',
  'DQALIBxBDv2sASEcIBwgHP2FASEcIBYgHCAc/Wb9WgIAACAWQQNqIRYgFUEIaiEVIBMgCWohEyAOQQFqIg4gCkkNAAsgDUEB',
  'aiINIAZJDQALCw==',
].join('')

type Resample = (
  source: number,
  sourceStride: number,
  rowBytes: number,
  rows: number,
  rowWeights: number,
  rowStride: number,
  height: number,
  columns: number,
  columnWeights: number,
  columnStride: number,
  width: number,
  scratch: number,
  target: number,
) => void

const pageBytes = 65536
/** Tables, one row and the result lie below, the source above: it must not move while a decoder fills it. */
const sourceAt = 2 * 1024 * 1024
const sourceAtMost = 8 * 1024 * 1024
/** Blocks of 16 bytes and pairs of rows reach beyond the end; what they read there weighs nothing. */
const slack = 65536

interface WasmMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

/** The part of the global that is used; its types come only with those of browsers. */
interface Wasm {
  Module: new (binary: Uint8Array) => object
  Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> }
}

const { memory, run } = start()
let bytes = new Uint8Array(memory.buffer)

function start(): { memory: WasmMemory; run: Resample } {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Wasm }
  const module = new WebAssembly.Module(Buffer.from(kernelBinary, 'base64'))
  const { exports } = new WebAssembly.Instance(module)
  return { memory: exports['memory'] as WasmMemory, run: exports['resample'] as Resample }
}

function reserve(end: number): void {
  const missing = end - memory.buffer.byteLength
  if (missing <= 0) return
  memory.grow(Math.ceil(missing / pageBytes))
  bytes = new Uint8Array(memory.buffer)
}

/**
 * Memory for the pixels of a picture that is about to be decoded, where the kernel reads it without a copy.
 * `null` when it is too large for that. Overwritten by the next picture.
 */
export function sourceMemory(length: number): Buffer | null {
  if (length > sourceAtMost) return null
  reserve(sourceAt + length + slack)
  return Buffer.from(memory.buffer, sourceAt, length)
}

const known = new WeakMap<
  Taps,
  { readonly first: Uint8Array; readonly weights: Uint8Array; readonly stride: number }
>()

/** Taps as the kernel wants them: first place and pairs of taps, then the weights as 16-bit pairs. */
function tableOf(taps: Taps) {
  const made = known.get(taps)
  if (made) return made
  const length = taps.first.length
  const pairsAtMost = Math.ceil(taps.stride / 2)
  const first = new Int32Array(length * 2)
  const weights = new Int16Array(length * pairsAtMost * 2)
  for (let place = 0; place < length; place++) {
    const count = taps.count[place] as number
    first[place * 2] = taps.first[place] as number
    first[place * 2 + 1] = Math.ceil(count / 2)
    for (let tap = 0; tap < count; tap++) {
      weights[place * pairsAtMost * 2 + tap] = taps.weights[place * taps.stride + tap] as number
    }
  }
  const table = {
    first: new Uint8Array(first.buffer),
    weights: new Uint8Array(weights.buffer),
    stride: pairsAtMost * 4,
  }
  known.set(taps, table)
  return table
}

/** `resample` by SIMD; `null` when the picture is too large for the kernel's memory. */
export function resampleWithKernel(raster: Raster, stride: number, rows: Taps, columns: Taps): Raster | null {
  const [width, height] = [columns.first.length, rows.first.length]
  const sourceLength = stride * (raster.height - 1) + raster.width * 3
  const [rowTable, columnTable] = [tableOf(rows), tableOf(columns)]
  let end = 0
  const place = (length: number) => {
    const at = end
    end = (end + length + 31) & ~15
    return at
  }
  const rowsAt = place(rowTable.first.length)
  const rowWeightsAt = place(rowTable.weights.length)
  const columnsAt = place(columnTable.first.length)
  const columnWeightsAt = place(columnTable.weights.length)
  const scratchAt = place(raster.width * 3 + 16)
  const targetAt = place(width * height * 3 + 16)
  if (end > sourceAt || sourceLength > sourceAtMost || stride > slack) return null

  reserve(sourceAt + sourceLength + slack)
  const inPlace = raster.data.buffer === memory.buffer && raster.data.byteOffset === sourceAt
  if (!inPlace) bytes.set(raster.data.subarray(0, sourceLength), sourceAt)
  bytes.set(rowTable.first, rowsAt)
  bytes.set(rowTable.weights, rowWeightsAt)
  bytes.set(columnTable.first, columnsAt)
  bytes.set(columnTable.weights, columnWeightsAt)
  run(
    sourceAt,
    stride,
    raster.width * 3,
    rowsAt,
    rowWeightsAt,
    rowTable.stride,
    height,
    columnsAt,
    columnWeightsAt,
    columnTable.stride,
    width,
    scratchAt,
    targetAt,
  )
  return { data: bytes.slice(targetAt, targetAt + width * height * 3), width, height }
}
