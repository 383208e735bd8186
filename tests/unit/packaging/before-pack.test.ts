import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const hook = resolve(import.meta.dirname, '../../../electron/packaging/installer/before-pack.mjs')
interface Context {
  readonly electronPlatformName: string
  /** electron-builder's number: 1 is x64, 3 arm64. */
  readonly arch: number
  readonly packager: { readonly info: { readonly appDir: string } }
}
const { default: beforePack } = (await import(hook)) as { default: (context: Context) => void }

let appDir = ''
beforeEach(() => {
  appDir = mkdtempSync(join(tmpdir(), 'kartoteka-before-'))
})
afterEach(() => {
  rmSync(appDir, { recursive: true })
})

const install = (...names: string[]): void => {
  for (const name of names) mkdirSync(join(appDir, 'node_modules', name), { recursive: true })
}
const pack = (electronPlatformName: string, arch: number) => (): void => {
  beforePack({ electronPlatformName, arch, packager: { info: { appDir } } })
}

describe('packing', () => {
  it('goes on where npm installed the native packages of that system and processor', () => {
    install('@parcel/watcher-linux-x64-glibc', '@parcel/watcher-win32-arm64', '@img/sharp-win32-arm64')
    expect(pack('linux', 1)).not.toThrow()
    expect(pack('win32', 3)).not.toThrow()
  })

  it('stops where they are those of another, and says what to do', () => {
    install('@parcel/watcher-win32-x64', '@img/sharp-win32-x64', '@parcel/watcher-darwin-arm64')
    expect(pack('win32', 3)).toThrow('npm ci --os=win32 --cpu=arm64')
    expect(pack('darwin', 3)).toThrow('@img/sharp-darwin-arm64 is not installed')
    expect(pack('linux', 1)).toThrow('@parcel/watcher-linux-x64-glibc')
  })
})
