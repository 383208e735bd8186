import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { builtinModules } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildElectron, bundleNames } from '../../../electron/packaging/build.ts'
import { writeLicences } from '../../../electron/packaging/licences.ts'
import type { Result } from '../../../electron/core/contract/failure.ts'
import type { Status } from '../../../electron/core/contract/states.ts'
import type { SearchPage } from '../../../electron/core/contract/values.ts'
import { argumentsOf } from '../../../electron/service/options.ts'
import { startProcess } from '../../../electron/service/processes.ts'
import { createSupervisor } from '../../../electron/service/supervisor.ts'
import { until } from '../../fixtures/running-shell.ts'
import { photosFolder } from '../../fixtures/synthetic.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../../..')
let out = ''
let work = ''
let sources: ReadonlySet<string> = new Set()

beforeAll(async () => {
  await mkdir(join(root, 'dist'), { recursive: true })
  out = await mkdtemp(join(root, 'dist', 'bundles-'))
  sources = await buildElectron(out)
  work = await mkdtemp(join(tmpdir(), 'kartoteka-bundles-'))
  const name = (await readdir(photosFolder)).find((each) => each.includes('zebra')) ?? ''
  await cp(join(photosFolder, name), join(work, 'photos', name))
})
afterAll(async () => {
  await rm(out, { recursive: true, force: true })
  await rm(work, { recursive: true, force: true })
})

/** Everything a bundle loads from outside, at once or later. */
async function importsOf(name: string): Promise<string[]> {
  const code = await readFile(join(out, name), 'utf8')
  return [
    ...code.matchAll(/^import\s*[^;]*?["']([^"']+)["']|\b(?:import|\w*require[\w$]*)\(["']([^"']+)["']\)/gm),
  ]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((each) => !each.startsWith('node:'))
}

describe('the bundle of the main process', () => {
  it('loads nothing native, so that the window does not wait', async () => {
    const allowed = new Set(['electron', 'electron-log/main', 'electron-updater/out/main.js'])
    expect((await importsOf('main.js')).filter((each) => !allowed.has(each))).toEqual([])
  })

  it('would be seen to load what the service and the workers load', async () => {
    expect(await importsOf('service.js')).toEqual(
      expect.arrayContaining(['better-sqlite3', '@parcel/watcher/index.js']),
    )
    expect(await importsOf('worker.js')).toEqual(
      expect.arrayContaining(['onnxruntime-node/dist/index.js', 'sharp', '@julusian/jpeg-turbo']),
    )
  })

  it('stays small', async () => {
    expect((await stat(join(out, 'main.js'))).size).toBeLessThan(170_000)
  })
})

describe('every bundle', () => {
  it('imports by its file what has no list of exports, since Electron’s archive may not find it by name', async () => {
    const wrong: string[] = []
    for (const name of await bundleNames()) {
      const code = await readFile(join(out, name), 'utf8')
      for (const [, imported = ''] of code.matchAll(/^import\s[^;]*?["']([^"':]+)["']/gm)) {
        if (imported === 'electron' || builtinModules.includes(imported)) continue
        const manifest = await readFile(join(root, 'node_modules', imported, 'package.json'), 'utf8').catch(
          () => null,
        )
        // A subpath has no manifest: it names a file, or one of the exports.
        if (manifest !== null && !manifest.includes('"exports"')) wrong.push(`${name}: ${imported}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('the bundles together', () => {
  it('are ours, without the benchmark and what packs them', async () => {
    expect(sources).toContain('electron/cli/main.ts')
    expect([...sources].filter((file) => /^(electron\/(bench|packaging)|tests)\//.test(file))).toEqual([])
    expect((await readdir(out)).filter((name) => !name.endsWith('.cjs')).toSorted()).toEqual(
      (await bundleNames()).toSorted(),
    )
    expect(await bundleNames()).not.toContain('textbook-worker.js')
  })

  it('hold packages whose licences are told, and which are not shipped beside them', async () => {
    const packages = new Set(
      [...sources]
        .map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1])
        .filter((name) => name),
    )
    expect(packages).toContain('valibot')
    const folder = join(work, 'licences')
    await mkdir(folder)
    await cp(join(root, 'package-lock.json'), join(folder, 'package-lock.json'))
    writeLicences(folder)
    const texts = await readFile(join(folder, 'dist/licences/THIRD-PARTY.txt'), 'utf8')
    const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      dependencies: Readonly<Record<string, string>>
    }
    expect([...packages].filter((name) => !texts.includes(`\n${name} `))).toEqual([])
    expect([...packages].filter((name = '') => name in dependencies)).toEqual([])
  })
})

describe('the bundle of the preload', () => {
  it('needs only Electron, as a sandbox demands, and stays small', async () => {
    expect(await importsOf('preload.cjs')).toEqual(['electron'])
    expect((await stat(join(out, 'preload.cjs'))).size).toBeLessThan(10_000)
  })
})

describe('the bundles under Node', () => {
  it('index photos and find the zebra from the command line', async () => {
    const kartoteka = async (...args: string[]): Promise<Record<string, unknown>> => {
      const { stdout } = await run(process.execPath, [
        join(out, 'cli.js'),
        ...args,
        '--library',
        join(work, 'by-hand'),
        '--json',
      ])
      return JSON.parse(stdout) as Record<string, unknown>
    }
    expect(await kartoteka('index', join(work, 'photos'))).toMatchObject({ indexed: 1, inferences: 1 })
    expect(await kartoteka('search', 'zebra')).toMatchObject({ total: 1 })
  })

  it('say from where the benchmark is run', async () => {
    await expect(run(process.execPath, [join(out, 'cli.js'), 'bench', '--json'])).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^The benchmark .* run from a checkout of the sources: npm run bench\.\n$/,
      ),
    })
    expect((await run(process.execPath, [join(out, 'cli.js'), '--help'])).stdout).not.toContain('bench')
  })

  it('run the service with all its threads', async () => {
    const log: string[] = []
    const supervisor = createSupervisor({
      spawn: () =>
        startProcess(
          pathToFileURL(join(out, 'service.js')),
          argumentsOf({
            library: join(work, 'by-window'),
            shell: 'electron',
            checkOutput: true,
            crashesAllowed: 2,
          }),
          (text) => log.push(text),
        ),
      onEvent: () => {},
      onState: () => {},
      log: (line) => log.push(line),
    })
    const ask = async <Value>(name: string, input: unknown): Promise<Value> => {
      const result = (await supervisor.call(name, input)) as Result<Value>
      if (!result.ok) throw new Error(`${name}: ${result.error.message}\n${log.join('\n')}`)
      return result.value
    }
    await ask('addFolders', { paths: [join(work, 'photos')] })
    await ask('startIndexing', { folderId: null, again: false })
    await until(
      () => ask<Status>('getStatus', null),
      ({ indexing, photos }) => indexing.phase === 'idle' && photos === 1,
    )
    expect((await ask<Status>('getStatus', null)).notices).toEqual([])
    const search = { text: 'zebra', sort: 'confidence', minConfidence: null, language: 'en' }
    expect((await ask<SearchPage>('search', { search, limit: 0 })).total).toBe(1)
    const [id] = await ask<number[]>('getIds', { search, offset: 0, limit: 1 })
    const map = await ask<{ values: number[] }>('getHeatMap', { id, term: 'class:340' })
    expect(map.values).toHaveLength(49)
    const doctor = await ask<{ checks: { name: string; ok: boolean; detail: string }[] }>('getDoctor', null)
    expect(doctor.checks.filter(({ ok }) => !ok)).toEqual([])
    await supervisor.stop()
    expect(log.filter((line) => line.includes('unexpectedly'))).toEqual([])
  })
})
