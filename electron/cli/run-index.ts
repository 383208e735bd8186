import { existsSync } from 'node:fs'
import envPaths from 'env-paths'
import { chooseModel, rememberLostDevice } from '../core/classify/choose-model.ts'
import { findModels } from '../core/classify/model-files.ts'
import { KartotekaError } from '../core/contract/failure.ts'
import type { IndexingState } from '../core/contract/values.ts'
import { thisMachine, workersFor } from '../core/indexing/effort.ts'
import { placesFor, realFolder } from '../core/indexing/places.ts'
import { startRun } from '../core/indexing/run.ts'
import type { RunSummary } from '../core/indexing/summary.ts'
import { ancestorsIn } from '../core/labels/ancestors.ts'
import { loadLexicon } from '../core/labels/lexicon.ts'
import { libraryFile } from '../core/library/files.ts'
import { closeLibrary, openLibrary } from '../core/library/open.ts'
import { listRoots } from '../core/library/roots.ts'
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

/** Where this machine's verdicts on providers are kept. */
export const verdictFolder = (): string => envPaths('Kartoteka', { suffix: '' }).cache

/**
 * Indexes folders in this process. Nothing is made on the disk before it is known that something can be done.
 * @throws KartotekaError, DeviceGone
 */
export async function runIndex(
  request: IndexRequest,
  { onProgress, onNotice, signal }: IndexListener,
): Promise<RunSummary> {
  const models = await findModels()
  if (!models.ok) throw new KartotekaError(models.error.code, models.error.message)
  // A library that is there may know the folder, even if its disk is away.
  if (!existsSync(libraryFile(request.library))) request.folders.forEach(realFolder)
  const lexicon = loadLexicon()
  const library = openLibrary(request.library, {
    mode: 'write',
    ancestorsOf: ancestorsIn(lexicon),
    crashesAllowed: request.crashesAllowed,
  })
  let lost: string | null = null
  try {
    for (const { message } of library.notices) onNotice(message)
    const places = request.resume ? [] : await placesFor(library, request.folders)
    const workers = workersFor('full', thisMachine())
    const run = startRun(
      {
        library,
        categories: lexicon.categories,
        entries: threadEntries,
        chooseModel: async () => {
          const chosen = await chooseModel({
            models: models.value,
            folder: verdictFolder(),
            cpuWorkers: workers,
          })
          return { ok: true, value: chosen }
        },
        workers: () => workers,
        onState: onProgress,
        onDeviceLost: ({ provider, reason }) => {
          rememberLostDevice({ models: models.value, folder: verdictFolder() }, provider, reason)
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
    return await run.finished
  } catch (error) {
    throw lost === null ? error : new DeviceGone(lost)
  } finally {
    closeLibrary(library)
  }
}
