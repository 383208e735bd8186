import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { gather } from '../../../electron/packaging/gather.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kartoteka-gather-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function made(job: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(join(folder, 'made', job), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'made', job, name), text)
}
const describes = (name: string, version = '1.2.0'): string =>
  `version: ${version}\nfiles:\n  - url: ${name}\n    sha512: abc=\n    size: 12\npath: ${name}\nsha512: abc=\n`
const run = (): void => {
  gather(join(folder, 'made'), join(folder, 'release'))
}

describe('what the release jobs made', () => {
  it('lies in one folder', () => {
    made('linux-x64', { 'a.deb': '1', 'latest-linux.yml': describes('a.AppImage') })
    made('darwin-arm64', { 'a.dmg': '2' })
    run()
    expect(readdirSync(join(folder, 'release'))).toEqual(['a.deb', 'a.dmg', 'latest-linux.yml'])
    expect(readFileSync(join(folder, 'release', 'a.dmg'), 'utf8')).toBe('2')
  })

  it('offers the installers of both processors to the updater on Windows', () => {
    made('win32-arm64', { 'latest.yml': describes('K-1.2.0-win-arm64.exe') })
    made('win32-x64', { 'latest.yml': describes('K-1.2.0-win-x64.exe') })
    run()
    const info = parse(readFileSync(join(folder, 'release', 'latest.yml'), 'utf8')) as {
      version: string
      files: { url: string }[]
    }
    expect(info.version).toBe('1.2.0')
    expect(info.files.map(({ url }) => url).toSorted()).toEqual([
      'K-1.2.0-win-arm64.exe',
      'K-1.2.0-win-x64.exe',
    ])
  })

  it('is refused when two jobs made different versions, or files of one name', () => {
    made('win32-arm64', { 'latest.yml': describes('a.exe') })
    made('win32-x64', { 'latest.yml': describes('b.exe', '1.3.0') })
    expect(run).toThrow('another version')
    rmSync(join(folder, 'made'), { recursive: true })
    made('one', { 'a.exe': '1' })
    made('two', { 'a.exe': '2' })
    expect(run).toThrow('two made a second a.exe')
  })
})
