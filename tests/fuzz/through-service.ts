import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sniff } from '../../electron/core/imaging/sniff.ts'
import { closeLibrary, openLibrary } from '../../electron/core/library/upkeep/open.ts'
import { kindByName } from '../../electron/core/paths/file-kinds.ts'
import { contentsOf, faultsIn, lost, type Content } from '../fixtures/library-contents.ts'
import { ownerOf } from '../fixtures/library-owner.ts'
import { changesSince, originalsIn } from '../fixtures/originals.ts'
import { startService, type RunningService } from '../fixtures/running-service.ts'
import { corpusFiles, mutate, randomFrom } from './mutations.ts'
import { forgetPeak, peakOf } from './peak-memory.ts'

export interface ServiceFuzzOptions {
  readonly count: number
  readonly seed: number
  /** No batch is begun after so many seconds. */
  readonly seconds: number
  /** Files indexed at a time. */
  readonly batch: number
}

export interface ServiceFuzzReport {
  readonly seed: number
  readonly tried: number
  readonly indexed: number
  readonly problems: number
  /** By their names videos or no photos at all. */
  readonly noPhotos: number
  /** The longest that any file was in work, waiting for its turn included. */
  readonly slowestSeconds: number
  /** Files that were in work for too long and were looked at once more, alone. */
  readonly triedAlone: number
  /** Of the service with everything in it; `null` where the system does not tell. */
  readonly peakMB: number | null
  /** What files took at most beyond what the service held before them, several at a time; `null` likewise. */
  readonly filesMB: number | null
  readonly seconds: number
  readonly faults: readonly string[]
}

const secondsPerPhoto = 10
const megabytesAtMost = 1200
/** Milliseconds between two looks at what is in work. */
const lookEvery = 100

/** Puts mutated files of the test collections through the real service, in batches, and checks after each. */
export async function fuzzService(options: ServiceFuzzOptions): Promise<ServiceFuzzReport> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'kartoteka-fuzz-')))
  const library = join(scratch, 'library')
  const service = startService(library)
  const random = randomFrom(options.seed)
  const corpus = corpusFiles()
  const faults: string[] = []
  const counts = { tried: 0, indexed: 0, problems: 0, noPhotos: 0, slowestSeconds: 0, triedAlone: 0 }
  const folders: { path: string; originals: Map<string, string> }[] = []
  let peakMB: number | null = null
  let filesMB: number | null = null
  let before = new Map<string, Content>()
  const began = performance.now()
  const seconds = (): number => (performance.now() - began) / 1000
  try {
    // A batch is looked at when it is whole, and not before.
    await service.call('setSettings', { watchFolders: false, effort: 'full' })
    while (counts.tried < options.count && seconds() < options.seconds) {
      const folder = join(scratch, `batch-${folders.length}`)
      const size = Math.min(options.batch, options.count - counts.tried)
      const files = putMutations(folder, size, counts.tried, corpus, random)
      const originals = originalsIn(folder)
      folders.push({ path: folder, originals })
      const done = await indexOne(service, library, folder)
      const after = contentsOf(library)
      const alone =
        done.slowFile === null ? [] : await tryAlone(service, library, join(folder, done.slowFile))
      counts.triedAlone += done.slowFile === null ? 0 : 1
      const judged = judge(files, after)
      const found = [
        ...done.faults,
        ...alone,
        ...judged.faults,
        ...lost(before, after).map((line) => `lost: ${line}`),
        ...changesSince(originals, folder).map((line) => `original changed: ${line}`),
      ]
      faults.push(...found.map((what) => `seed ${options.seed}, batch ${folders.length - 1}: ${what}`))
      before = after
      counts.tried += size
      counts.indexed += judged.indexed
      counts.problems += judged.problems
      counts.noPhotos += judged.noPhotos
      counts.slowestSeconds = Math.max(counts.slowestSeconds, done.slowestSeconds)
      if (done.peakMB !== null) peakMB = Math.max(peakMB ?? 0, done.peakMB)
      if (done.filesMB !== null) filesMB = Math.max(filesMB ?? 0, done.filesMB)
    }
    await service.stop()
    faults.push(...faultsIn(library))
    for (const { path, originals } of folders) faults.push(...changesSince(originals, path))
  } finally {
    await service.stop()
    rmSync(scratch, { recursive: true, force: true })
  }
  return { seed: options.seed, ...counts, peakMB, filesMB, seconds: Math.round(seconds()), faults }
}

/** Mutation → the file it was made from. */
type Mutations = ReadonlyMap<string, string>

function putMutations(
  folder: string,
  count: number,
  first: number,
  corpus: readonly string[],
  random: () => number,
): Mutations {
  mkdirSync(folder)
  const any = (): string => corpus[Math.floor(random() * corpus.length)] ?? ''
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const [file, other] = [any(), any()]
      const path = join(folder, `${first + index}${extname(file)}`)
      writeFileSync(path, mutate(readFileSync(file), readFileSync(other), random))
      return [path, file]
    }),
  )
}

interface Done {
  readonly faults: readonly string[]
  readonly slowestSeconds: number
  /** That took longer than any file may, if it was not the others that it waited for. */
  readonly slowFile: string | null
  readonly peakMB: number | null
  readonly filesMB: number | null
}

/** A file that was slow beside others, on a machine that may be busy, gets a second try by itself. */
async function tryAlone(service: RunningService, library: string, path: string): Promise<string[]> {
  const folder = `${dirname(path)}-${basename(path)}-alone`
  mkdirSync(folder)
  copyFileSync(path, join(folder, basename(path)))
  const { slowFile, slowestSeconds, faults } = await indexOne(service, library, folder)
  rmSync(folder, { recursive: true })
  return slowFile === null ? [...faults] : [`${path} was in work for ${slowestSeconds} s`]
}

/** Indexes one folder while watching what is in work, how long, and how much memory it takes. */
async function indexOne(service: RunningService, library: string, folder: string): Promise<Done> {
  const { added } = await service.call('addFolders', { paths: [folder] })
  const processes = service.processes.length
  const said = service.log.length
  const pid = ownerOf(library)
  const restMB = pid === null ? null : forgetPeak(pid)
  await service.call('startIndexing', { folderId: added[0]?.id ?? null, again: false })
  const settled = new AbortController()
  const watching = longestInWork(library, settled.signal)
  const status = await service.settled()
  settled.abort()
  const { file, seconds } = await watching
  const peakMB = pid === null ? null : peakOf(pid)
  const filesMB = peakMB === null || restMB === null ? null : peakMB - restMB
  const crashes = service.processes.length - processes
  const complaints = service.log.slice(said)
  const faults = [
    ...(crashes > 0 ? [`the service went down ${crashes} times`] : []),
    ...complaints,
    ...(peakMB !== null && peakMB > megabytesAtMost ? [`the service took ${peakMB} MB`] : []),
    ...(status.indexing.because === null ? [] : [`indexing ended early: ${status.indexing.because.message}`]),
  ]
  const slowFile = seconds > secondsPerPhoto ? file : null
  return { faults, slowestSeconds: Number(seconds.toFixed(1)), slowFile, peakMB, filesMB }
}

/** The file that was in work longest, until `signal`; to the accuracy of `lookEvery`, its time in line included. */
async function longestInWork(
  library: string,
  signal: AbortSignal,
): Promise<{ file: string; seconds: number }> {
  const opened = openLibrary(library, { mode: 'read' })
  const running = opened.db.prepare<[], { name: string }>("SELECT name FROM file WHERE state = 'running'")
  const since = new Map<string, number>()
  let longest = { file: '', seconds: 0 }
  try {
    while (!signal.aborted) {
      const now = performance.now()
      const names = new Set(running.all().map(({ name }) => name))
      for (const name of since.keys()) if (!names.has(name)) since.delete(name)
      for (const name of names) {
        const seconds = (now - (since.get(name) ?? now)) / 1000
        if (!since.has(name)) since.set(name, now)
        if (seconds > longest.seconds) longest = { file: name, seconds }
      }
      await wait(lookEvery)
    }
  } finally {
    closeLibrary(opened)
  }
  return longest
}

interface Judged {
  readonly indexed: number
  readonly problems: number
  readonly noPhotos: number
  readonly faults: readonly string[]
}

/** Every file must be indexed with five tags, be a problem with a kind of its own, or plainly be no photo. */
function judge(files: Mutations, contents: ReadonlyMap<string, Content>): Judged {
  const faults: string[] = []
  const counts = { indexed: 0, problems: 0, noPhotos: 0 }
  for (const [path, origin] of files) {
    const content = contents.get(path)
    const tags = content?.tags.split(',').length
    if (content === undefined) {
      counts.noPhotos += 1
      if (!isPlainlyNoPhoto(path)) faults.push(`${basename(path)} (from ${origin}) was forgotten`)
    } else if (content.state === 'done' && tags === 5) {
      counts.indexed += 1
    } else if (content.state === 'failed' && content.problem !== null) {
      counts.problems += 1
      if (['crashed', 'timed-out'].includes(content.problem))
        faults.push(`${basename(path)} (from ${origin}) ${content.problem}`)
    } else faults.push(`${basename(path)} (from ${origin}) is left as ${JSON.stringify(content)}`)
  }
  return { ...counts, faults }
}

function isPlainlyNoPhoto(path: string): boolean {
  const kind = kindByName(basename(path))
  if (kind === 'unknown') return sniff(readFileSync(path).subarray(0, 4096)).photo === null
  return kind === 'other' || kind === 'video' || kind === 'sidecar'
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '3600' },
      batch: { type: 'string', default: '250' },
    },
  })
  const report = await fuzzService({
    count: Number(values.count),
    seed: Number(values.seed),
    seconds: Number(values.seconds),
    batch: Number(values.batch),
  })
  console.log(JSON.stringify(report, null, 2))
  process.exitCode = report.faults.length > 0 ? 1 : 0
}
