import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { findModels } from '../../../electron/core/classify/model-files.ts'
import { KartotekaError, type Result } from '../../../electron/core/contract/failure.ts'
import type { Hindrance } from '../../../electron/core/contract/states.ts'
import type { IndexingOptions, ModelForRun } from '../../../electron/core/indexing/indexing-options.ts'
import { allScanTargets, scanTargetsFor } from '../../../electron/core/indexing/scan-targets.ts'
import { createIndexer, type Hold } from '../../../electron/core/indexing/indexer.ts'
import type { RunSummary } from '../../../electron/core/indexing/summary.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { yieldToEventLoop, type Library } from '../../../electron/core/library/library.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { testedThreads } from '../../fixtures/bundled.ts'
import { photoPath, testPhotos } from '../../fixtures/photos.ts'

/** A folder of its own for one test, gone afterwards. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kartoteka-test-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** Puts photos, each of another content, under the given names. */
export function putPhotos(folder: string, names: readonly string[], from = 0): void {
  for (const [index, name] of names.entries()) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    copyFileSync(photoPath(testPhotos[from + index]?.file ?? ''), path)
  }
}

export function numbered(count: number, prefix = ''): string[] {
  return Array.from({ length: count }, (_, number) => `${prefix}${number}.jpg`)
}

/** A library for one test, closed at its end. */
export function testLibrary(folder = join(scratch(), 'library')): Library {
  const library = openLibrary(folder, { mode: 'write' })
  onTestFinished(() => {
    closeLibrary(library)
  })
  return library
}

/** Checked once a test file: hashing 60 MB takes a tenth of the time of a run with a few photos. */
let found: ReturnType<typeof findModels> | null = null

/** One of the models of the app, on the CPU: no trial, the same answers everywhere. */
export async function modelOf(precision: 'int8' | 'fp32'): Promise<Result<ModelForRun>> {
  found ??= findModels()
  const models = await found
  if (!models.ok) return models
  const model = models.value[precision]
  if (model === null) throw new Error('There is no int8 model; `npm run model` makes it.')
  return { ok: true, value: { choice: { model, provider: 'cpu' }, maxWorkers: null } }
}

/** Opened in a fifth of the processor time that the exact one takes (measured). */
export const usualModel = (): Promise<Result<ModelForRun>> => modelOf('int8')

export const noModel = (): Promise<Result<ModelForRun>> =>
  Promise.resolve({ ok: false, error: new KartotekaError('model-missing', 'There is no model here.') })

export interface Going {
  readonly again?: boolean
  /** Default: all of the library. */
  readonly folders?: readonly string[]
  readonly options?: Partial<IndexingOptions>
}

export interface Run {
  readonly finished: Promise<RunSummary>
  readonly pause: (because: Hindrance | null) => void
  readonly resume: () => void
  readonly stop: () => void
}

/** Real threads, a real model, and nobody who listens; all but what `more` says. */
export function indexingOptions(library: Library, more: Partial<IndexingOptions> = {}): IndexingOptions {
  return {
    library,
    categories: loadLexicon().categories,
    entries: testedThreads(),
    chooseModel: usualModel,
    workers: () => 1,
    onState: () => {},
    onStored: () => {},
    onNotice: () => {},
    log: () => {},
    ...more,
  }
}

/** Starts a run with the real threads, database and model; it has begun when this resolves. */
export async function start(
  library: Library,
  { again = false, folders, options = {} }: Going = {},
): Promise<Run> {
  const targets = folders === undefined ? allScanTargets(library) : await scanTargetsFor(library, folders)
  let hold: Hold | null = null
  const indexer = createIndexer(indexingOptions(library, options), () => hold)
  const follow = (next: Hold | null): void => {
    hold = next
    indexer.followHold()
  }
  const finished = indexer.start({ targets, again })
  await yieldToEventLoop()
  return {
    finished,
    pause: (because) => {
      follow({ because })
    },
    resume: () => {
      follow(null)
    },
    stop: () => void indexer.stop(),
  }
}

export async function index(library: Library, going: Going = {}): Promise<RunSummary> {
  const run = await start(library, going)
  return run.finished
}

interface IndexedFile {
  readonly id: number
  readonly photoId: number | null
  readonly name: string
  readonly folder: string
  readonly state: string
  readonly presence: string
  readonly problem: string | null
  readonly attempts: number
  readonly hash: string | null
  readonly offline: number
  readonly tags: number
  /** 1: another photo is shown for it. */
  readonly behind: number
}

/** Every photo file in the library with what it holds, by name. */
export function filesIn(library: Library): IndexedFile[] {
  return library.db
    .prepare<[], IndexedFile>(
      `SELECT fi.id, fi.photo_id AS photoId, fi.name, f.path AS folder, fi.state, fi.presence, fi.problem, fi.attempts,
         hex(p.content_hash) AS hash, f.offline, p.behind,
         (SELECT count(*) FROM tag WHERE photo_id = p.id) AS tags
       FROM file fi JOIN folder f ON f.id = fi.folder_id LEFT JOIN photo p ON p.id = fi.photo_id
       WHERE fi.kind = 'photo' ORDER BY f.path, fi.name`,
    )
    .all()
}
