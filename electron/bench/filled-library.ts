import { join } from 'node:path'
import { answersAtOnce, flushDelay } from '../core/indexing/flush-policy.ts'
import { realFolder } from '../core/paths/real-folder.ts'
import { ancestorsIn } from '../core/labels/ancestors.ts'
import { loadLexicon } from '../core/labels/lexicon.ts'
import { prepareCategoryProbabilities } from '../core/labels/category-probabilities.ts'
import { ensureFolder } from '../core/library/roots/folders.ts'
import type { Library } from '../core/library/library.ts'
import { closeLibrary, openLibrary } from '../core/library/upkeep/open.ts'
import { addFiles } from '../core/library/files/files.ts'
import { takePending } from '../core/library/files/queue.ts'
import { storeResults, type FileResult } from '../core/library/photos/store-results.ts'
import { addRoot } from '../core/library/roots/roots.ts'
import { walk, type FoundFile } from '../core/scan/walk.ts'
import { linkPhotos, makePhotos } from './synthetic-photos.ts'
import { syntheticResults, type SyntheticResult } from './synthetic-results.ts'
import { cpuClock, type Cost } from './measure.ts'

/** One folder with many files, and a library that takes them in bit by bit with synthetic results. */
export interface FilledLibrary {
  readonly library: Library
  /** Absolute, real. */
  readonly folder: string
  readonly rootId: number
  /**
   * Takes `count` further files through queue and writer, the way indexing does but without reading them.
   * @returns what it cost for each of them; finding the files is not in it
   */
  readonly fill: (count: number) => Cost
}

/** Photos a second of two workers. */
const photosPerSecond = 120
/** Photos stored in one transaction, as when indexing has been going on for a while. */
const batch = Math.min(answersAtOnce, (photosPerSecond * flushDelay(Number.POSITIVE_INFINITY, 1)) / 1000)
/** Photos taken from the queue at once: what a worker has room for. */
const taken = 2
/** File systems allow some 65,000 links to one file. */
const filesPerSource = 30_000
const model = { name: 'synthetic', precision: 'int8', sha256: 'f'.repeat(64) } as const

/**
 * Makes a folder with `files` small photos, all of them links to a few, and an empty library beside it.
 * @param thumbnailBytes of the synthetic results, at most
 * @param work the library is closed when it ends
 */
export async function inFilledLibrary<Value>(
  scratch: string,
  files: number,
  thumbnailBytes: number,
  work: (filled: FilledLibrary) => Promise<Value>,
): Promise<Value> {
  const sources = Math.ceil(files / filesPerSource)
  await makePhotos(join(scratch, 'sources'), sources, { width: 64, height: 48 })
  const paths = Array.from({ length: sources }, (_, at) => join(scratch, 'sources', `photo-${at}.jpg`))
  linkPhotos(paths, join(scratch, 'photos'), files, files)
  const lexicon = loadLexicon()
  const library = openLibrary(join(scratch, 'library'), { mode: 'write', ancestorsOf: ancestorsIn(lexicon) })
  try {
    const root = addRoot(library, realFolder(join(scratch, 'photos')))
    const folder = join(root.path, 'folder-0')
    const folderId = ensureFolder(library, folder)
    const there = filesIn(folder)
    const resultOf = syntheticResults(prepareCategoryProbabilities(lexicon.categories), thumbnailBytes)
    let filled = 0
    const fill = (count: number): Cost => {
      for (let from = filled; from < filled + count; from += batch) {
        addFiles(library, folderId, there.slice(from, Math.min(from + batch, filled + count)))
      }
      filled += count
      return store(library, count, resultOf)
    }
    return await work({ library, folder, rootId: root.id, fill })
  } finally {
    closeLibrary(library)
  }
}

function filesIn(folder: string): readonly FoundFile[] {
  for (const visit of walk(folder)) if (visit.state === 'read') return visit.files
  return []
}

function store(library: Library, count: number, resultOf: () => SyntheticResult): Cost {
  const total = { ms: 0, cpuMs: 0, ownCpuMs: 0 }
  for (let stored = 0; stored < count;) {
    const prepared = Array.from({ length: Math.min(batch, count - stored) }, resultOf)
    const clock = cpuClock()
    const results: FileResult[] = []
    while (results.length < prepared.length) {
      const files = takePending(library, Math.min(taken, prepared.length - results.length))
      if (files.length === 0) throw new Error(`The queue ended ${count - stored} photos too early`)
      for (const { fileId } of files) {
        const result = prepared[results.length]
        if (result !== undefined) results.push({ ...result, fileId })
      }
    }
    storeResults(library, results, model)
    const cost = clock()
    total.ms += cost.ms
    total.cpuMs += cost.cpuMs
    total.ownCpuMs += cost.ownCpuMs
    stored += results.length
  }
  return { ms: total.ms / count, cpuMs: total.cpuMs / count, ownCpuMs: total.ownCpuMs / count }
}
