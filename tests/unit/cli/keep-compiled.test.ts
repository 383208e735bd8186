import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isOwnFolder } from '../../../electron/cli/keep-compiled.mjs'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kartoteka-compiled-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(root, { recursive: true })
})

describe('the folder that compiled code is kept in', () => {
  it('is made where there is none, and found again', () => {
    const folder = join(root, 'Kartoteka/compiled')
    expect([isOwnFolder(folder), isOwnFolder(folder)]).toEqual([true, true])
  })

  it('is none that cannot be made', () => {
    writeFileSync(join(root, 'file'), '')
    expect([isOwnFolder(join(root, 'file')), isOwnFolder(join(root, 'file/compiled'))]).toEqual([
      false,
      false,
    ])
  })

  it.skipIf(process.platform === 'win32')('is none that somebody else can write into', () => {
    const folder = join(root, 'compiled')
    isOwnFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const [mode, isGood] of [
      [0o755, true],
      [0o775, false],
      [0o702, false],
    ] as const) {
      chmodSync(folder, mode)
      expect([mode, isOwnFolder(folder)]).toEqual([mode, isGood])
    }
    chmodSync(folder, 0o700)
    symlinkSync(folder, join(root, 'link'))
    expect(isOwnFolder(join(root, 'link'))).toBe(false)
  })

  it.skipIf(process.platform === 'win32')('is none of somebody else', () => {
    const folder = join(root, 'compiled')
    mkdirSync(folder, { mode: 0o700 })
    const own = statSync(folder).uid
    vi.spyOn(process as Required<NodeJS.Process>, 'getuid').mockReturnValue(own + 1)
    expect(isOwnFolder(folder)).toBe(false)
  })
})

describe('the entries of a checkout', () => {
  const cli = resolve(import.meta.dirname, '../../../electron/cli')
  const statically = (file: string): string[] =>
    [...readFileSync(join(cli, file), 'utf8').matchAll(/^import .* from '(.+)'$/gm)].map(
      ([, name]) => name ?? '',
    )

  it.each(['kartoteka.mjs', 'start-app.mjs'])('%s loads nothing with types before it keeps', (entry) => {
    const loaded = [entry, ...statically(entry)]
    expect(loaded).toContain('./keep-compiled.mjs')
    expect(loaded.flatMap(statically).filter((name) => name.endsWith('.ts'))).toEqual([])
  })

  it.each(['start', 'kartoteka', 'bench'])('npm run %s begins with one of them', (script) => {
    const manifest = readFileSync(join(cli, '../../package.json'), 'utf8')
    const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> }
    expect(scripts[script]).toMatch(/^node electron\/cli\/(kartoteka|start-app)\.mjs/)
  })
})
