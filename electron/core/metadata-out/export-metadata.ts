import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { KartotekaError } from '../contract/failure.ts'
import type { ExportFormat, ExportReport } from '../contract/metadata-export.ts'
import type { Language } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import { yieldToEventLoop } from '../library/library.ts'
import { rootPaths } from '../library/roots/roots.ts'
import { reading, type Reader } from '../library/statements.ts'
import { childOf, osFromText } from '../paths/os-path.ts'
import { realFolder } from '../paths/real-folder.ts'
import { systemReason } from '../paths/system-reason.ts'
import type { ExportedPhoto } from './exported-photo.ts'
import { firstStatesIn } from './first-states.ts'
import { allPhotoIds, photosIn } from './read-photos.ts'
import { makeFolderOf, sidecarTree } from './sidecar-tree.ts'
import { sidecarValues } from './sidecar-values.ts'
import { openTable } from './table-file.ts'
import { writeSidecar } from './write-sidecar.ts'

export interface ExportRequest {
  readonly format: ExportFormat
  /** Absolute path in text form: of a folder, or for a table of a file that is to be made. */
  readonly to: string
  /** `null`: all photos, also hidden ones. */
  readonly photoIds: readonly number[] | null
  readonly language: Language
}

export interface ExportWatch {
  /** Aborted: it ends at the next step. */
  readonly signal: AbortSignal
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void
}

/** Photos read in one go: others are answered between. */
const atOnce = 50
/** Sentences in a report; the number of all is told beside. */
const toldAtMost = 100

/**
 * Writes what the library says of photos into a folder or file of the person's choosing. What is stopped leaves sidecars
 * that were written, and of a table nothing.
 * @throws KartotekaError `invalid-input`, `disk-full`, `unwritable`
 */
export async function exportMetadata(
  reader: Reader,
  lexicon: Lexicon,
  request: ExportRequest,
  watch: ExportWatch,
): Promise<ExportReport> {
  const output = request.format === 'xmp' ? await openTree(reader, request) : await openFile(request)
  const read = photosIn(reader, lexicon, request.language)
  const ids = request.photoIds ?? allPhotoIds(reader)
  let photos = 0
  try {
    for (let at = 0; at < ids.length && !watch.signal.aborted; at += atOnce) {
      watch.onProgress({ done: at, total: ids.length })
      const step = reading(reader, () => ids.slice(at, at + atOnce).flatMap((id) => read(id) ?? []))
      await output.add(step)
      photos += step.length
      await yieldToEventLoop()
    }
    watch.onProgress({ done: ids.length, total: ids.length })
    const stopped = watch.signal.aborted
    if (!stopped) await output.finish()
    return { ...output.report(), photos, stopped }
  } catch (error) {
    throw unwritable(request.to, error)
  } finally {
    await output.discard()
  }
}

interface Output {
  readonly add: (photos: readonly ExportedPhoto[]) => Promise<void>
  readonly finish: () => Promise<void>
  readonly discard: () => Promise<void>
  readonly report: () => Omit<ExportReport, 'photos' | 'stopped'>
}

async function openFile({ to, format }: ExportRequest): Promise<Output> {
  const table = await openTable(to, format === 'csv' ? 'csv' : 'json').catch((error: unknown) => {
    throw unwritable(to, error)
  })
  return { ...table, report: () => ({ to: table.path, written: 1, unchanged: 0, failed: 0, failures: [] }) }
}

async function openTree(reader: Reader, { to }: ExportRequest): Promise<Output> {
  const tree = sidecarTree(realOrNew(to), rootPaths(reader))
  try {
    await mkdir(osFromText(to), { recursive: true })
  } catch (error) {
    throw unwritable(to, error)
  }
  const keepFirstState = firstStatesIn(reader.folder)
  const counts = { written: 0, unchanged: 0, failed: 0 }
  const failures: string[] = []
  const write = async (path: string, photo: ExportedPhoto): Promise<void> => {
    const sidecar = tree.sidecarFor(path)
    if (sidecar === null) return
    const values = sidecarValues(photo, 'all')
    if (values.simple.size > 0 || values.lists.size > 0) await makeFolderOf(sidecar)
    const outcome = await writeSidecar(
      { path: sidecar, mode: 0o644, isDurable: false },
      values,
      keepFirstState,
    )
    if ('message' in outcome) {
      if (outcome.because === 'disk-full') throw new KartotekaError('disk-full', outcome.message)
      counts.failed += 1
      if (failures.length < toldAtMost) failures.push(outcome.message)
    } else if (outcome.kind === 'unchanged') counts.unchanged += 1
    else counts.written += 1
  }
  return {
    add: async (photos) => {
      for (const photo of photos) for (const path of photo.paths) await write(path, photo)
    },
    finish: async () => {},
    discard: async () => {},
    report: () => ({ to, ...counts, failures }),
  }
}

/**
 * The real path of a folder that may have to be made.
 * @throws KartotekaError `folder-missing` when the one above it is not there
 */
function realOrNew(folder: string): string {
  return existsSync(osFromText(folder))
    ? realFolder(folder)
    : childOf(realFolder(dirname(folder)), basename(folder))
}

/** What the file system says, as a sentence about the target; anything else stays as it is. */
function unwritable(to: string, error: unknown): unknown {
  if (error instanceof KartotekaError || !(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT')
    return new KartotekaError('disk-full', `The disk that holds ${to} is full.`, { cause: error })
  return new KartotekaError('invalid-input', `${to} cannot be written: ${systemReason(error)}.`, {
    cause: error,
  })
}
