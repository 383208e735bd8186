import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import envPaths from 'env-paths'
import { chooseModel, rememberLostDevice } from '../core/classify/choose-model.ts'
import { findModels } from '../core/classify/model-files.ts'
import { KartotekaError, toFailure } from '../core/contract/failure.ts'
import type { IndexingState } from '../core/contract/values.ts'
import { thisMachine, workersFor } from '../core/indexing/effort.ts'
import {
  describeUntrusted,
  leaveUntrusted,
  placesFor,
  realFolder,
  untrustedRoots,
} from '../core/indexing/places.ts'
import { startSingleRun } from '../core/indexing/single-run.ts'
import type { RunSummary } from '../core/indexing/summary.ts'
import { ancestorsIn } from '../core/labels/ancestors.ts'
import { loadLexicon } from '../core/labels/lexicon.ts'
import { libraryFile } from '../core/library/upkeep/library-files.ts'
import { closeLibrary, openLibrary } from '../core/library/upkeep/open.ts'
import { listRoots } from '../core/library/roots/roots.ts'
import { threadEntries } from '../worker/entries.ts'

export interface IndexRequest {
  /** The library's folder; made when it is not there. */
  readonly library: string
  /** As the person wrote them. */
  readonly folders: readonly string[]
  readonly again: boolean
  /** Only go on with the queue. */
  readonly resume: boolean
  readonly crashesAllowed: number
}

export interface IndexListener {
  readonly onProgress: (state: IndexingState, soFar: RunSummary) => void
  readonly onNotice: (message: string) => void
  /** Aborted: finish the photos in work and end. */
  readonly signal: AbortSignal
}

/** A graphics card stopped working; it is remembered, and another process goes on without it. */
export class DeviceGone extends Error {
  override readonly name = 'DeviceGone'
}

/** Where this machine's trials on providers are kept. */
export const machineFolder = (): string => envPaths('Kartoteka', { suffix: '' }).cache

/**
 * Indexes folders in this process. Nothing is made on the disk before it is known that something can be done. Folders
 * that cannot be opened are named by `onNotice` while there are others.
 * @throws KartotekaError `folder-missing` when nothing could be done in any of the folders; DeviceGone
 */
export async function runIndex(
  request: IndexRequest,
  { onProgress, onNotice, signal }: IndexListener,
): Promise<RunSummary> {
  const models = await findModels()
  if (!models.ok) throw new KartotekaError(models.error.code, models.error.message)
  const shut = shutAmong(request.folders)
  const allShut = request.folders.every((folder) => shut.has(folder))
  // A library that is there may know the folder, even if its disk is away.
  if (allShut && !existsSync(libraryFile(request.library))) throw nothingDone(shut.values())
  const lexicon = loadLexicon()
  const library = openLibrary(request.library, {
    mode: 'write',
    ancestorsOf: ancestorsIn(lexicon),
    crashesAllowed: request.crashesAllowed,
  })
  let lost: string | null = null
  try {
    for (const { message } of library.notices) onNotice(message)
    const known = new Set(listRoots(library).map(({ path }) => path))
    const folders = request.folders.filter((folder) => !shut.has(folder) || known.has(resolve(folder)))
    if (folders.length === 0) throw nothingDone(shut.values())
    if (!allShut) for (const reason of shut.values()) onNotice(reason)
    const places = request.resume ? [] : await placesFor(library, folders)
    const untrusted = untrustedRoots(library)
    if (untrusted.length > 0 && !request.resume) {
      onNotice(`${describeUntrusted(untrusted)} Name those that you know: \`kartoteka index FOLDER\`.`)
    }
    await leaveUntrusted(library)
    const workers = workersFor('full', thisMachine())
    const run = startSingleRun(
      {
        library,
        categories: lexicon.categories,
        entries: threadEntries,
        chooseModel: async () => {
          const chosen = await chooseModel({
            models: models.value,
            folder: machineFolder(),
            cpuWorkers: workers,
          })
          return { ok: true, value: chosen }
        },
        workers: () => workers,
        onState: onProgress,
        onDeviceLost: ({ provider, reason }) => {
          rememberLostDevice({ models: models.value, folder: machineFolder() }, provider, reason)
          lost = reason
        },
        onStored: () => {},
        onNotice: ({ message }) => {
          onNotice(message)
        },
        log: onNotice,
      },
      { places, roots: listRoots(library).map(({ path }) => path), again: request.again },
    )
    signal.addEventListener('abort', run.stop)
    if (signal.aborted) run.stop()
    const summary = await run.finished
    const { found, indexed, moved, failed } = summary
    const away = new Set(listRoots(library).flatMap(({ path, offline }) => (offline ? [path] : [])))
    if (places.length > 0 && places.every(({ path }) => away.has(path))) {
      const reasons = [...shut.values(), ...folders.filter((folder) => !shut.has(folder)).map(whyAway)]
      if (found + indexed + moved + failed === 0) throw nothingDone(reasons)
      if (allShut) reasons.forEach(onNotice)
    }
    return summary
  } catch (error) {
    throw lost === null ? error : new DeviceGone(lost)
  } finally {
    closeLibrary(library)
  }
}

/** Folders that cannot be opened, each with the sentence that says why. */
function shutAmong(folders: readonly string[]): ReadonlyMap<string, string> {
  const shut = new Map<string, string>()
  for (const folder of folders) {
    try {
      realFolder(folder)
    } catch (error) {
      shut.set(folder, toFailure(error).message)
    }
  }
  return shut
}

/** For a folder that is there and was found to be offline: an empty mount point. */
const whyAway = (folder: string): string =>
  `The folder ${resolve(folder)} is empty, and the library knows photos in it. Connect their disk, or remove the folder in the window.`

function nothingDone(reasons: Iterable<string>): KartotekaError {
  return new KartotekaError('folder-missing', [...new Set(reasons)].join('\n'))
}
