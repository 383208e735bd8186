import { open, rename, rm, stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { sha256OfFile } from './sha256.ts'

export interface Download {
  readonly address: string
  /** Where the whole, checked file goes; until then its bytes lie in `<path>.part`. */
  readonly path: string
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
  /** Called with the bytes that are there so far. */
  readonly onProgress?: (received: number) => void
  /** Milliseconds between attempts; default one second. */
  readonly pauseBetweenAttempts?: number
}

/** The server, the network or the file it sent is at fault; the message says which. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError'
}

const attempts = 4
/** Milliseconds without a byte after which an attempt is given up. */
const stallTimeout = 30_000

/**
 * Fetches a file, taking up a broken attempt (also one of an earlier run) where it stopped. The file appears
 * under its name only when it is complete and its hash is right.
 * @throws DownloadError
 */
export async function download(wanted: Download): Promise<void> {
  const part = `${wanted.path}.part`
  for (let attempt = 1; (await sizeOf(part)) < wanted.bytes; attempt++) {
    const outcome = await fetchRest(wanted, part)
    if (outcome === 'done') break
    if (outcome.final || attempt === attempts) throw outcome.error
    await pause(wanted.pauseBetweenAttempts ?? 1000)
  }

  const sha256 = await sha256OfFile(part)
  if (sha256 !== wanted.sha256) {
    await rm(part, { force: true })
    throw new DownloadError(
      `${wanted.address} sent another file than expected: its SHA-256 is ${sha256} instead of ${wanted.sha256}.`,
    )
  }
  await rename(part, wanted.path)
}

interface FailedAttempt {
  readonly error: DownloadError
  /** Trying again would not help. */
  readonly final: boolean
}

async function fetchRest({ address, onProgress }: Download, part: string): Promise<'done' | FailedAttempt> {
  const start = await sizeOf(part)
  const stall = new AbortController()
  const timer = setTimeout(() => stall.abort(), stallTimeout)
  try {
    const response = await fetch(address, {
      headers: start > 0 ? { range: `bytes=${start}-` } : {},
      signal: stall.signal,
    })
    if (response.status === 416) {
      await rm(part, { force: true })
      return failed(`${address} refused to continue the download.`, false)
    }
    if (!response.ok || !response.body) {
      const temporary = response.status === 429 || response.status >= 500
      return failed(`${address} answered ${response.status} ${response.statusText}.`, !temporary)
    }
    const resumed = response.status === 206
    let received = resumed ? start : 0
    await using file = await open(part, resumed ? 'a' : 'w')
    // Written piece by piece, so that a connection that breaks takes nothing with it.
    for await (const piece of response.body) {
      timer.refresh()
      await file.writeFile(piece)
      received += piece.byteLength
      onProgress?.(received)
    }
    return 'done'
  } catch (error) {
    const reason = stall.signal.aborted ? 'no answer' : deepestMessage(error)
    return failed(`${address} cannot be fetched: ${reason}.`, false)
  } finally {
    clearTimeout(timer)
  }
}

function failed(message: string, final: boolean): FailedAttempt {
  return { error: new DownloadError(message), final }
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
