import { execFile } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { findModels } from '../../../electron/core/classify/model-files.ts'
import { openNativeSession } from '../../../electron/core/classify/native-session.ts'
import { loadSharp } from '../../../electron/core/imaging/decode/sharp.ts'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { kartotekaJson } from '../cli/kartoteka.ts'
import { index, numbered, filesIn, putPhotos, scratch, testLibrary } from '../indexing/index-photos.ts'

const run = promisify(execFile)

/** As Linux counts them. */
const ownThreads = (): number => readdirSync('/proc/self/task').length

describe('many workers in one process', () => {
  it('each with its own session of the model: six at once, and every photo has its tags', async () => {
    const photos = scratch()
    putPhotos(photos, numbered(48))
    const library = testLibrary()
    const summary = await index(library, { folders: [photos], options: { workers: () => 6 } })
    expect(summary).toMatchObject({ indexed: 48, failed: 0, workers: 6 })
    expect(filesIn(library).every(({ tags, attempts }) => tags === 5 && attempts <= 1)).toBe(true)
  })

  it.runIf(process.platform === 'linux')(
    'a session brings no thread of its own (Linux lists them)',
    async () => {
      const models = await findModels()
      if (!models.ok) throw new Error(models.error.message)
      const first = await openNativeSession(models.value.fp32.path, 'cpu')
      const before = ownThreads()
      const sessions = [first]
      for (let count = 0; count < 3; count++) {
        sessions.push(await openNativeSession(models.value.fp32.path, 'cpu'))
      }
      expect(ownThreads()).toBe(before)
      for (const session of sessions) await session.release()
    },
  )

  it('decode with one thread each, and keep no file in a cache', () => {
    const sharp = loadSharp()
    expect(sharp.concurrency()).toBe(1)
    const { memory, files, items } = sharp.cache()
    expect([memory.max, files.max, items.max]).toEqual([0, 0, 0])
  })
})

describe('memory', () => {
  it('is the same after a thousand photos as after half of them', async () => {
    const child = join(import.meta.dirname, '../../fuzz/read-again.ts')
    const { stdout } = await run(process.execPath, ['--expose-gc', child, photosFolder])
    const { earlyMB, lateMB } = JSON.parse(stdout) as { earlyMB: number; lateMB: number }
    expect(lateMB).toBeLessThan(earlyMB * 1.15)
  })

  it('stays within a sixth while a worker indexes photo after photo with one session of the model', async () => {
    const child = join(import.meta.dirname, '../../fuzz/index-memory.ts')
    const { stdout } = await run(process.execPath, [child, photosFolder, scratch()])
    const measured = JSON.parse(stdout) as {
      earlyMB: number
      lateMB: number
      inferences: number
      sessions: number
    }
    expect(measured).toMatchObject({ inferences: 240, sessions: 1 })
    expect(measured.lateMB).toBeLessThan((measured.earlyMB * 7) / 6)
  })
})

describe('the decoders of the package for Linux', () => {
  it('index every photo in WebAssembly, with native sharp nowhere to be found', async () => {
    const [photos, library] = [scratch(), scratch()]
    putPhotos(photos, numbered(12))
    const hidden = readdirSync(join(import.meta.dirname, '../../../node_modules/@img'))
      .filter((name) => /^sharp-(linux|win32|darwin)/.test(name))
      .map((name) => `@img/${name}`)
    const hide = {
      NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, '../../../electron/packaging/hide-packages.ts')).href}`,
      // Small JPEGs go past sharp as long as libjpeg-turbo is there.
      KARTOTEKA_HIDE: [...hidden, '@julusian/jpeg-turbo'].join(),
    }
    const summary = await kartotekaJson(['index', photos, '--library', library], hide)
    expect(summary).toMatchObject({ found: 12, indexed: 12, failed: 0, inferences: 12 })
    // Were WebAssembly not what decodes, nothing would be left to decode with.
    const nothing = { ...hide, KARTOTEKA_HIDE: `${hide.KARTOTEKA_HIDE},@img/sharp-wasm32` }
    await expect(kartotekaJson(['index', photos, '--library', scratch()], nothing)).rejects.toThrow(
      'ended with',
    )
  })
})

describe('native modules', () => {
  it('speak Node-API, so one file serves Node and Electron and nothing is ever rebuilt', () => {
    const require = createRequire(import.meta.url)
    const root = dirname(require.resolve('better-sqlite3/package.json'))
    const prebuilt = readFileSync(
      join(root, 'prebuilds', `${process.platform}-${process.arch}.node`),
      'latin1',
    )
    expect(prebuilt).toContain('napi_register_module_v1')
    const builder = readFileSync(join(import.meta.dirname, '../../../electron-builder.yml'), 'utf8')
    expect(builder).toMatch(/^npmRebuild: false$/m)
  })
})
