import { basename, dirname } from 'node:path'
import type { CopyFacts } from '../imaging/render-copy.ts'
import type { Turn } from '../imaging/turn.ts'
import { photoSource } from '../library/photos/best-file.ts'
import { originalsOf, sidecarsOfFile, type OriginalFile } from '../library/photos/originals.ts'
import { saidFacts } from '../library/photos/said-facts.ts'
import { shownFacts } from '../library/photos/shown-facts.ts'
import type { Reader } from '../library/statements.ts'
import { isTrustedFolder } from '../library/roots/trust.ts'
import type { Companion } from './names.ts'

/** A file as it was indexed. */
export interface IndexedFile {
  /** In text form. */
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** Unix time, whole milliseconds. */
  readonly mtime: number
  /** What it has to hold (32 hex digits) while it waits to be read again: size and time may be those of another content then. */
  readonly content?: string | undefined
}

/** Whether a file still is the one that was indexed. */
export function isUnchanged(
  now: { readonly size: number; readonly mtimeMs: number },
  { size, mtime }: IndexedFile,
): boolean {
  return now.size === size && Math.trunc(now.mtimeMs) === Math.trunc(mtime)
}

/** The sentence for one that is not. */
export const changeOf = (path: string): string =>
  `${path} changed since it was indexed. Look for changes in its folder first.`

/** What a photo is copied from. */
export interface CopySource {
  /** Any of them will do; the one that speaks for the photo first. */
  readonly files: readonly (IndexedFile & { readonly sidecars: readonly Companion[] })[]
  /** EXIF 1–8 by which it is upright; `null`: by the file's own. */
  readonly orientation: number | null
  readonly turn: Turn
  /** As the library shows it. */
  readonly takenAt: string | null
  readonly facts: CopyFacts
}

/** Or a sentence that says why there is nothing to copy. */
export type FoundSource =
  { readonly ok: true; readonly source: CopySource } | { readonly ok: false; readonly reason: string }

/** @param sidecars those beside the files are wanted, too */
export function copySource(reader: Reader, photoId: number, sidecars: boolean): FoundSource {
  const files = originalsOf(reader, photoId)
  const shown = shownFacts(reader, photoId)
  const [first] = files
  if (shown === null || first === undefined) {
    return { ok: false, reason: `The library has no photo ${photoId} any more.` }
  }
  const usable = files.filter(isWithinReach)
  if (usable.length === 0) return { ok: false, reason: whyNot(first) }
  const { takenAt, takenFrom } = shown
  const { title = null, note = null } = saidFacts(reader, photoId)
  const { orientation = null, turn = 0, contentHash } = photoSource(reader, photoId) ?? {}
  return {
    ok: true,
    source: {
      files: usable.map((file) => ({
        path: file.path,
        size: file.size,
        mtime: file.mtime,
        content: file.state === 'done' ? undefined : contentHash,
        sidecars: sidecars ? sidecarsOfFile(reader, file).map(companion) : [],
      })),
      orientation,
      turn,
      takenAt,
      // When the file was written is nothing that the photo says.
      facts: {
        ...shown,
        ...(takenFrom === 'file-time' && { takenAt: null, takenOffset: null, takenPrecision: null }),
        title,
        note,
      },
    },
  }
}

function isWithinReach({ presence, folder }: OriginalFile): boolean {
  return presence === 'here' && isTrustedFolder(folder)
}

function whyNot({ path, presence }: OriginalFile): string {
  if (presence === 'offline') return `${path} is on a disk that is not connected.`
  if (presence !== 'here') return `${path} is no longer there.`
  return `${path} came with the library and is not looked at.`
}

function companion({ path, name, follows }: ReturnType<typeof sidecarsOfFile>[number]): Companion {
  return { path, follows, ending: name.slice(name.lastIndexOf('.')) }
}

/** What names are made of. */
export function namedPhoto(
  path: string,
  takenAt: string | null,
): { name: string; folder: string; takenAt: string | null } {
  return { name: basename(path), folder: basename(dirname(path)), takenAt }
}
