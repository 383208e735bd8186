import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { valueOf } from '../core/contract/failure.ts'
import { ancestorsIn } from '../core/labels/ancestors.ts'
import { loadLexicon } from '../core/labels/lexicon.ts'
import { generateLibrary } from './generate-library.ts'
import { heatMapTime, viewedPhotos } from './heat-map.ts'
import { inService } from './in-service.ts'
import { cpuOfChildren, median, rounded } from './measure.ts'
import { inScratch } from './scratch.ts'
import { makePhotos } from './synthetic-photos.ts'

/** From a cold start; medians. */
export interface StartStep {
  readonly name: string
  readonly ms: number
  /** Processor time of all processes that it takes; `null` where the system does not tell, or others go on. */
  readonly cpuMs: number | null
}

export interface StartOptions {
  /** Runs of each; one more before them fills what is kept between starts. */
  readonly rounds: number
  readonly log: (line: string) => void
}

const entry = resolve(import.meta.dirname, '../cli/kartoteka.mjs')
const photosInLibrary = 100_000
const newPhotos = { count: 200, width: 500, height: 375 }

/** How long it takes until a command or a shell has something to show, each in new processes. */
export function benchStart({ rounds, log }: StartOptions): Promise<StartStep[]> {
  return inScratch(async (scratch) => {
    const folderOf = (name: string): string => join(scratch, name)
    const [large, small, fresh, viewed] = [
      folderOf('large'),
      folderOf('small'),
      folderOf('fresh'),
      folderOf('viewed'),
    ]
    const photos = folderOf('photos')
    await makePhotos(photos, newPhotos.count, newPhotos)
    await makePhotos(folderOf('12 MP'), viewedPhotos.count, viewedPhotos)
    log(`start: making a library of ${photosInLibrary} photos`)
    await generateLibrary(large, { photos: photosInLibrary, ancestorsOf: ancestorsIn(loadLexicon()) })
    const beginAnew = (): void => {
      rmSync(fresh, { recursive: true, force: true })
    }
    // Where the system lets it, what this computer knows of these libraries is removed with them.
    process.env['XDG_CONFIG_HOME'] = join(scratch, 'config')
    // A library is read from end to end when a computer sees it for the first time.
    await command('index', photos, '--library', large)

    const steps: StartStep[] = []
    const measure = async (
      name: string,
      run: () => Promise<number | null>,
      before: () => void = () => {},
    ): Promise<void> => {
      const runs: { ms: number; cpuMs: number | null }[] = []
      for (let round = 0; round <= rounds; round++) {
        before()
        const cpuBefore = cpuOfChildren()
        const start = performance.now()
        const until = await run()
        const ms = (until ?? performance.now()) - start
        const cpuMs = until === null && cpuBefore !== null ? (cpuOfChildren() ?? cpuBefore) - cpuBefore : null
        if (round > 0) runs.push({ ms, cpuMs })
      }
      const cpu = runs.flatMap(({ cpuMs }) => cpuMs ?? [])
      steps.push({
        name,
        ms: rounded(median(runs.map(({ ms }) => ms)), 0),
        cpuMs: cpu.length === 0 ? null : rounded(median(cpu), 0),
      })
      log(`start: ${name}, ${steps.at(-1)?.ms} ms`)
    }

    await measure(`search, ${photosInLibrary} photos`, () => command('search', 'zebra', '--library', large))
    await command('index', photos, '--library', small)
    await measure(`index, ${newPhotos.count} photos unchanged`, () =>
      command('index', photos, '--library', small),
    )
    await measure(
      `index, ${newPhotos.count} new photos, new library`,
      () => command('index', photos, '--library', fresh),
      beginAnew,
    )
    await measure('serve until its link', () => serveUntilLink(large))
    await measure(`service until its first page, ${photosInLibrary} photos`, () => untilFirstPage(large))
    await measure('first photo after a folder was chosen', () => untilFirstPhoto(fresh, photos), beginAnew)
    await command('index', folderOf('12 MP'), '--library', viewed)
    await measure('first heat map, 12 MP', () => fromNow(heatMapTime(viewed, 'first')))
    await measure('heat map of the next photo', () => fromNow(heatMapTime(viewed, 'next')))
    return steps
  })
}

/** @returns the moment that many milliseconds after now */
async function fromNow(milliseconds: Promise<number>): Promise<number> {
  const now = performance.now()
  return now + (await milliseconds)
}

/** @returns `null`: it is over when its process has ended */
async function command(...args: string[]): Promise<null> {
  await promisify(execFile)(process.execPath, [entry, ...args, '--json'])
  return null
}

/** @returns the moment at which the link was told */
async function serveUntilLink(library: string): Promise<number> {
  const child = spawn(process.execPath, [entry, 'serve', '--library', library, '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'exit')
  const [told] = await Promise.race([once(child.stdout, 'data'), ended])
  const moment = performance.now()
  if (!Buffer.isBuffer(told)) throw new Error('kartoteka serve ended without a link.')
  child.kill('SIGTERM')
  await ended
  return moment
}

/** @returns the moment at which the first photos of the library came */
function untilFirstPage(library: string): Promise<number> {
  return inService(library, async ({ call }) => {
    const page = { search: { text: '', sort: 'auto', minConfidence: null, language: 'en' }, limit: 200 }
    valueOf(await call('search', page))
    return performance.now()
  })
}

/** @returns how far behind now the page was told that there is a photo; the start of the service is not in it */
function untilFirstPhoto(library: string, folder: string): Promise<number> {
  const start = performance.now()
  return inService(library, async ({ call }, stored) => {
    await call('getStatus', null)
    const chosen = performance.now()
    await call('addFolders', { paths: [folder] })
    await call('startIndexing', { folderId: null, again: false })
    return start + ((await stored) - chosen)
  })
}
