import { createHash } from 'node:crypto'
import { closeSync, constants, createReadStream, fstatSync, open, read } from 'node:fs'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { osFromText } from '../paths/os-path.ts'
import { systemReason } from '../paths/system-reason.ts'
import type { PhotoProblem, ReadLimits } from './photo-reading.ts'

/** A file, read once; everything else works on `bytes`. */
export interface OpenedPhoto {
  readonly path: string
  readonly name: string
  readonly bytes: Buffer
  /** First 16 bytes of the SHA-256, as 32 hex digits. */
  readonly contentHash: string
  /** Milliseconds since 1970. */
  readonly modifiedAt: number
}

export type OpenOutcome =
  { readonly ok: true; readonly file: OpenedPhoto } | { readonly ok: false; readonly problem: PhotoProblem }

// Plain descriptors instead of file handles, and no hop to another thread where nothing is waited for:
// that halves the cost of opening a small photo.
const openFile = promisify(open)
const readFile = promisify(read)

/** A pipe must not make us wait for a writer; it is told apart after opening. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * Reads a file whole, within `limits.maxBytes`; `path` in the text form of paths/os-path. Never throws.
 * The file is open only while it is read and is never locked or written.
 */
export async function openPhoto(path: string, limits: ReadLimits): Promise<OpenOutcome> {
  let descriptor: number | null = null
  try {
    descriptor = await openFile(osFromText(path), flags)
    const stat = fstatSync(descriptor)
    if (stat.isDirectory()) return fail('not-an-image', 'This is a folder, not a file.')
    if (!stat.isFile()) return fail('not-an-image', 'This is a device, pipe or socket, not a file.')
    if (stat.size === 0) return fail('empty', 'The file is empty (0 bytes).')
    if (stat.size > limits.maxBytes) {
      return fail(
        'too-large',
        `The file has ${megabytes(stat.size)} MB; files over ${megabytes(limits.maxBytes)} MB are not read.`,
      )
    }
    const bytes = await readWhole(descriptor, stat.size)
    if (bytes.length === 0) return fail('empty', 'The file became empty while it was read.')
    return {
      ok: true,
      file: {
        path,
        name: basename(path),
        bytes,
        contentHash: contentHashOf(bytes),
        modifiedAt: stat.mtimeMs,
      },
    }
  } catch (thrown) {
    return { ok: false, problem: problemOf(thrown) }
  } finally {
    if (descriptor !== null) closeSync(descriptor)
  }
}

/** A file may shrink while it is read: what is there counts. What it grows by is left for the next look. */
async function readWhole(descriptor: number, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size)
  let filled = 0
  while (filled < size) {
    const { bytesRead } = await readFile(descriptor, bytes, filled, size - filled, filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

/** What names a content: the first 16 bytes of its SHA-256, as hex digits. */
export const contentHashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 32)

/** The same of a file of any size. @param path in text form */
export async function contentHashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(osFromText(path))) hash.update(chunk as Buffer)
  return hash.digest('hex').slice(0, 32)
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024)
}

function fail(kind: PhotoProblem['kind'], reason: string): OpenOutcome {
  return { ok: false, problem: { kind, reason } }
}

function problemOf(thrown: unknown): PhotoProblem {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ESTALE':
      return { kind: 'vanished', reason: 'The file is no longer there.' }
    case 'EISDIR':
      return { kind: 'not-an-image', reason: 'This is a folder, not a file.' }
    case 'EACCES':
    case 'EPERM':
      return { kind: 'unreadable', reason: 'You do not have permission to read this file.' }
    case 'EBUSY':
    case 'ETXTBSY':
    case 'EAGAIN':
      return { kind: 'in-use', reason: 'Another program is using this file and lets nobody else read it.' }
    case 'ELOOP':
      return { kind: 'unreadable', reason: 'The link leads in a circle.' }
    case 'ENXIO':
    case 'ENODEV':
      return { kind: 'not-an-image', reason: 'This is a device, pipe or socket, not a file.' }
    case 'ENAMETOOLONG':
      return { kind: 'unreadable', reason: 'The path is longer than the system allows.' }
    case 'EIO':
      return { kind: 'unreadable', reason: 'The disk reports an error while reading this file.' }
    default:
      return {
        kind: 'unreadable',
        reason: `The file could not be read: ${systemReason(thrown)}.`,
      }
  }
}
