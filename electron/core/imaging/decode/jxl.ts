import { Worker } from 'node:worker_threads'
import type { JxlHeader } from '../containers/jxl-header.ts'
import type { Raster } from '../photo-reading.ts'
import { DecodeProblem, checkMemory, checkSize } from './decoded.ts'
import type { Decoded, DecodeRequest } from './decoded.ts'
import { swapsSides } from './orient.ts'

export interface JxlThreadData {
  /** Bytes that the memory of WebAssembly may grow to. */
  readonly memoryAtMost: number
}

export interface ToJxlThread {
  readonly bytes: Uint8Array
  /** Longer side of the result in pixels; never enlarged. */
  readonly side: number
}

export type FromJxlThread =
  | { readonly type: 'ready' }
  | { readonly type: 'decoded'; readonly raster: Raster }
  | { readonly type: 'failed'; readonly reason: string; readonly outOfMemory: boolean }

const megabyte = 1024 * 1024
/** What a picture may take: less than others, since the memory of WebAssembly may grow to three times as much. */
const pictureAtMost = 400 * megabyte
/** What a thread with libvips holds beside a picture. */
const threadMemory = 64 * megabyte
/** WebAssembly memory grows and never shrinks: a thread that was given more than this ends after its picture. */
const keptAtMost = 128 * megabyte
/** Milliseconds after which a thread that nobody needs any more ends. */
const keptFor = 10_000

/**
 * Addresses that a picture takes for every byte of memory that it really uses, as libjxl reserves whole planes and
 * fills few of them (measured: 1.2 to 3).
 */
const reserved = { timesUsed: 3, atLeast: 512 * megabyte, atMost: 1152 * megabyte } as const

/**
 * Bytes of memory that decoding usually takes, measured on 12 and 21 megapixels. A channel beside the colours makes
 * libjxl hold all of them whole, and lossy ones as floats more than once. Pictures in steps of fineness
 * (`cjxl --modular=1`, `cjxl -d 0 -p`) take 40 a pixel, which their header does not tell.
 * Throws `DecodeProblem` when one photo may not have so much.
 */
function usualMemory({ width, height, bits, lossy, extraChannels }: JxlHeader): number {
  const deep = bits > 8
  const colours = extraChannels === 0 ? (deep ? 16 : 12) : lossy ? 56 : deep ? 40 : 20
  const others = Math.max(0, extraChannels - 1) * 8
  return checkMemory(width, height, colours + others + threadMemory / (width * height), pictureAtMost)
}

/**
 * The first picture of a JPEG XL file, upright, at most `side` pixels, 8-bit sRGB on white. It is decoded in a thread
 * of its own, which starts on first use and ends when a picture takes longer than `limits.timeout`, when it holds much
 * memory, or when nobody has needed it for a while. Rejects with `DecodeProblem`.
 */
export async function decodeJxl(
  bytes: Buffer,
  header: JxlHeader | null,
  { side, limits, memory }: DecodeRequest,
): Promise<Decoded> {
  if (!header) {
    throw new DecodeProblem('damaged', 'The file is damaged: it ends before the picture begins.')
  }
  const { width, height } = swapsSides(header.orientation)
    ? { width: header.height, height: header.width }
    : header
  checkSize(width, height, limits.maxPixels)
  const usual = usualMemory(header)
  // The thread gets a copy of the file, and libvips makes another.
  const decode = (room: number) =>
    memory.hold(room + 2 * bytes.length, () => decodeInTurn({ bytes, side }, room, limits.timeout))
  const first = await decode(usual)
  if (first.type === 'decoded') return { raster: first.raster, width, height, damaged: null }
  // Some pictures take more than is usual.
  const short = first.outOfMemory && usual < pictureAtMost
  const answer = short ? await decode(pictureAtMost) : first
  if (answer.type === 'decoded') return { raster: answer.raster, width, height, damaged: null }
  if (!answer.outOfMemory) {
    throw new DecodeProblem('damaged', `The file is damaged and nothing could be read: ${answer.reason}.`)
  }
  throw new DecodeProblem(
    'too-large',
    `The picture (${width} × ${height} pixels) needs more memory to decode than the limit of ` +
      `${pictureAtMost / megabyte} MB.`,
  )
}

type Answer = Exclude<FromJxlThread, { readonly type: 'ready' }>

interface Thread {
  readonly worker: Worker
  /** Bytes that a picture may use in it. */
  readonly room: number
  readonly ready: Promise<unknown>
  /** Rejects when the thread breaks down. */
  readonly failure: Promise<never>
}

let thread: Thread | null = null
let ending: NodeJS.Timeout | null = null
let line: Promise<unknown> = Promise.resolve()

function decodeInTurn(picture: ToJxlThread, room: number, timeout: number): Promise<Answer> {
  const answer = line.then(() => decodeNext(picture, room, timeout))
  line = answer.catch(() => null)
  return answer
}

async function decodeNext(picture: ToJxlThread, room: number, timeout: number): Promise<Answer> {
  if (ending) clearTimeout(ending)
  if (thread !== null && thread.room < room) await end()
  thread ??= start(Math.max(room, keptAtMost))
  let reusable = false
  try {
    const answer = await ask(thread, picture, timeout)
    reusable = answer.type === 'decoded' && thread.room <= keptAtMost
    return answer
  } finally {
    if (reusable) ending = setTimeout(() => void end(), keptFor).unref()
    else await end()
  }
}

function start(room: number): Thread {
  const { timesUsed, atLeast, atMost } = reserved
  const data: JxlThreadData = { memoryAtMost: Math.min(Math.max(timesUsed * room, atLeast), atMost) }
  const worker = new Worker(new URL('./jxl-thread.ts', import.meta.url), { workerData: data })
  const { promise: failure, reject } = Promise.withResolvers<never>()
  // Everything that waits is told.
  failure.catch(() => null)
  worker.on('error', reject)
  worker.on('exit', () => {
    reject(new Error('its thread ended'))
  })
  return { worker, room, failure, ready: nextMessage(worker) }
}

/** Memory is free again when this is done. */
async function end(): Promise<void> {
  const ended = thread
  thread = null
  await ended?.worker.terminate()
}

async function ask(
  { worker, failure, ready }: Thread,
  picture: ToJxlThread,
  timeout: number,
): Promise<Answer> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const clock = setTimeout(() => {
    reject(new DecodeProblem('timed-out', 'Decoding took longer than one photo may take.'))
  }, timeout)
  worker.ref()
  try {
    await Promise.race([ready, failure.catch(unloaded), late])
    const answer = nextMessage(worker)
    worker.postMessage(picture)
    return (await Promise.race([answer, failure.catch(gaveUp), late])) as Answer
  } finally {
    clearTimeout(clock)
    worker.unref()
  }
}

function nextMessage(worker: Worker): Promise<unknown> {
  return new Promise((resolve) => worker.once('message', resolve))
}

function unloaded(thrown: unknown): never {
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  throw new DecodeProblem('unsupported', `The decoder for JPEG XL could not be loaded: ${reason}.`)
}

/** After a trap inside WebAssembly nothing in its memory can be relied on. */
function gaveUp(): never {
  throw new DecodeProblem(
    'damaged',
    'The file is damaged and nothing could be read: the JPEG XL decoder gave up.',
  )
}
