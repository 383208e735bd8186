import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { nativeFindings } from '../../../electron/packaging/natives.ts'
import type { Packed } from '../../../electron/packaging/pack.ts'
import { expectedNatives, packTargets, type PackTarget } from '../../../electron/packaging/targets.ts'

const root = resolve(import.meta.dirname, '../../..')

/** A file that a pattern of the list stands for. */
const nameFor = (pattern: RegExp): string =>
  pattern.source
    .slice(1, -1)
    .replaceAll('\\/', '/')
    .replaceAll('[\\d.]+', '1.2.3')
    .replaceAll('\\d+', '7')
    .replaceAll('\\.', '.')

const resources = mkdtempSync(join(tmpdir(), 'kartoteka-natives-'))
afterAll(() => {
  rmSync(resources, { recursive: true })
})

/** A package with exactly these files, of which some lie in the archive. */
function packageOf(files: readonly string[], inArchive: readonly string[] = []): Packed {
  for (const file of files.filter((name) => !existsSync(join(resources, name)))) {
    mkdirSync(dirname(join(resources, file)), { recursive: true })
    writeFileSync(join(resources, file), `native GLIBC_2.${file.includes('too-new') ? 35 : 34}`)
  }
  const unpacked = files.map((file) => file.replace('app.asar.unpacked/', ''))
  return { resources, files, inside: [...unpacked, ...inArchive] } as unknown as Packed
}

const complete = (target: PackTarget): string[] => expectedNatives(target).map(nameFor)

describe.each(packTargets.map((target) => [target.name, target] as const))('the package %s', (_, target) => {
  it('is right with every native file outside the archive', () => {
    expect(nativeFindings(target, packageOf(complete(target)))).toEqual([])
  })

  it('is wrong without any one of them, or with that one in the archive', () => {
    const files = complete(target)
    expect(files.length).toBeGreaterThan(6)
    for (const file of files) {
      const others = files.filter((other) => other !== file)
      const name = file.replace('app.asar.unpacked/', '')
      expect(nativeFindings(target, packageOf(others))).toEqual([
        expect.stringMatching(/^missing native file/),
      ])
      expect(nativeFindings(target, packageOf(others, [name]))).toContain(
        `native file inside the archive: ${name}`,
      )
    }
  })

  it('is wrong with the native files of another system', () => {
    const foreign = new Set(
      packTargets.filter(({ platform }) => platform !== target.platform).flatMap(complete),
    )
    const files = complete(target)
    const extra = [...foreign].filter((file) => !files.includes(file))
    expect(extra.length).toBeGreaterThan(6)
    expect(nativeFindings(target, packageOf([...files, ...extra]))).toEqual(
      extra.map((file) => `native file that is not on the list: ${file}`),
    )
  })
})

describe('a package for Linux', () => {
  const linux = packTargets.filter(({ platform }) => platform === 'linux')

  it('decodes in WebAssembly: native sharp and its libvips are refused and packed nowhere', () => {
    for (const target of linux) {
      expect(complete(target).filter((file) => file.includes('sharp-wasm32'))).toHaveLength(1)
      const native = [
        `app.asar.unpacked/node_modules/@img/sharp-linux-${target.arch}/lib/sharp-linux-${target.arch}.node`,
        `app.asar.unpacked/node_modules/@img/sharp-libvips-linux-${target.arch}/lib/libvips-cpp.so.8.17.3`,
      ]
      expect(nativeFindings(target, packageOf([...complete(target), ...native]))).toEqual(
        native.map((file) => `native file that is not on the list: ${file}`),
      )
    }
    const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as {
      linux: { files: readonly string[] }
    }
    expect(config.linux.files).toEqual(
      expect.arrayContaining([
        '!node_modules/@img/sharp-linux*{,/**/*}',
        '!node_modules/@img/sharp-libvips-linux*{,/**/*}',
      ]),
    )
  })

  it('needs no newer C library than it says', () => {
    for (const target of linux) {
      const file = 'app.asar.unpacked/node_modules/too-new/too-new.node'
      expect(nativeFindings(target, packageOf([...complete(target), file]))).toContain(
        `needs a newer C library than 2.34: ${file}`,
      )
    }
  })
})

describe('a release', () => {
  interface Step {
    readonly if?: string
    readonly run?: string
    readonly uses?: string
  }
  interface Job {
    readonly needs?: string
    readonly steps: readonly Step[]
    readonly strategy?: { readonly matrix: { readonly include: readonly { readonly target: string }[] } }
  }
  const { jobs } = parse(readFileSync(join(root, '.github/workflows/release.yml'), 'utf8')) as {
    jobs: { readonly pack: Job; readonly draft: Job }
  }

  it('is drafted only when the installed app has indexed a photo on each system, from each package', () => {
    const { steps, strategy } = jobs.pack
    const targets = strategy?.matrix.include.map(({ target }) => target)
    expect(targets?.toSorted()).toEqual(packTargets.map(({ name }) => name).toSorted())
    const runs = steps.filter(({ run = '' }) => run.includes('node electron/packaging/installed.ts '))
    expect(runs.map((step) => step.if)).toEqual(
      ['Linux', 'Windows', 'macOS'].map((system) => `runner.os == '${system}'`),
    )
    const handedOver = steps.findIndex(({ uses = '' }) => uses.startsWith('actions/upload-artifact'))
    for (const step of runs) expect(steps.indexOf(step)).toBeLessThan(handedOver)
    expect(jobs.draft.needs).toBe('pack')
  })
})
