import { open, rename, rm, stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { sha256OfFile } from './sha256.ts'

export interface Download {
  /** Addresses of the same file, the likeliest first. */
  readonly homes: readonly string[]
  /** Where the whole, checked file goes; until then its bytes lie in `<path>.part`. */
  readonly path: string
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
  /** Called with the bytes that are there so far. */
  readonly onProgress?: (received: number) => void
  /** Milliseconds before the homes are asked once more; default one second. */
  readonly pauseBetweenRounds?: number
}

/** No home gave the file; the message says what each of them did instead. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError'
}

const rounds = 4
/** Milliseconds without a byte after which an attempt is given up. */
const stallTimeout = 30_000

/**
 * Fetches a file from the first of its homes that gives it. Each attempt goes on where the last one stopped, also where
 * that was at another home or in an earlier run. The file appears under its name only when it is complete and its hash
 * is right.
 * @throws DownloadError
 */
export async function download(wanted: Download): Promise<void> {
  const said = new Map<string, string>()
  const homes = new Set(wanted.homes)
  for (let round = 1; round <= rounds && homes.size > 0; round++) {
    if (round > 1) await pause(wanted.pauseBetweenRounds ?? 1000)
    for (const home of homes) {
      const failure = await fetchFrom(home, wanted)
      if (failure === null) return
      said.set(home, failure.message)
      if (failure.final) homes.delete(home)
    }
  }
  throw new DownloadError([...said.values()].join(' '))
}

interface Failure {
  readonly message: string
  /** Asking this home again would not help. */
  readonly final: boolean
}

/** @returns `null` when the file is there. */
async function fetchFrom(home: string, wanted: Download): Promise<Failure | null> {
  const part = `${wanted.path}.part`
  const before = await sizeOf(part)
  if (before < wanted.bytes) {
    const failure = await fetchRest(home, part, before, wanted)
    if (failure !== null) return failure
  }
  const sha256 = await sha256OfFile(part)
  if (sha256 === wanted.sha256) {
    await rename(part, wanted.path)
    return null
  }
  await rm(part, { force: true })
  // What another home or an earlier run left may be at fault.
  if (before > 0) return await fetchFrom(home, wanted)
  const message = `${home} sent another file than expected: its SHA-256 is ${sha256} instead of ${wanted.sha256}.`
  return { message, final: true }
}

async function fetchRest(
  home: string,
  part: string,
  start: number,
  { bytes, onProgress }: Download,
): Promise<Failure | null> {
  const stall = new AbortController()
  const timer = setTimeout(() => stall.abort(), stallTimeout)
  try {
    const response = await fetch(home, {
      headers: { 'accept-encoding': 'identity', ...(start > 0 ? { range: `bytes=${start}-` } : {}) },
      signal: stall.signal,
    })
    if (response.status === 416) {
      return { message: `${home} has a file of fewer than ${start} bytes.`, final: true }
    }
    if (!response.ok || !response.body) {
      const temporary = response.status === 429 || response.status >= 500
      return { message: `${home} answered ${response.status} ${response.statusText}.`, final: !temporary }
    }
    let received = response.status === 206 ? start : 0
    const stated = response.headers.get('content-length')
    // A page that says sorry, or the pointer to a large file: what is there already is worth more.
    if (stated !== null && received + Number(stated) !== bytes) {
      await response.body.cancel()
      const offered = received + Number(stated)
      return { message: `${home} offers a file of ${offered} bytes instead of ${bytes}.`, final: true }
    }
    await using file = await open(part, received > 0 ? 'a' : 'w')
    // Written piece by piece, so that a connection that breaks takes nothing with it.
    for await (const piece of response.body) {
      timer.refresh()
      await file.writeFile(piece)
      received += piece.byteLength
      onProgress?.(received)
    }
    return null
  } catch (error) {
    const reason = stall.signal.aborted ? 'no answer' : deepestMessage(error)
    return { message: `${home} cannot be fetched: ${reason}.`, final: false }
  } finally {
    clearTimeout(timer)
  }
}

/** `fetch` says only "fetch failed"; what happened stands in its cause. */
function deepestMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? deepestMessage(error.cause) : error.message
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}
