import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = resolve(import.meta.dirname, '../../..')
const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
interface Platform {
  readonly target: readonly unknown[]
  readonly files: readonly string[]
}
const config = parse(text) as {
  readonly [key: string]: unknown
  readonly electronFuses: Readonly<Record<string, boolean>>
  readonly artifactName: string
  readonly mac: Platform & Readonly<Record<string, unknown>>
  readonly win: Platform & Readonly<Record<string, unknown>>
  readonly linux: Platform & Readonly<Record<string, unknown>>
}

describe('the packages', () => {
  it('are sealed: nothing of Node can be reached from outside, and only the archive is loaded', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      // Cookies are kept by nobody: the page has none.
      enableCookieEncryption: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
    expect(config['asar']).toBe(true)
  })

  it('never turn the sandbox off by default', () => {
    expect(config['toolsets']).toEqual({ appimage: '1.0.3' })
    expect(config.linux['executableArgs']).toBeUndefined()
  })

  it('are installed on Windows for one person, who may choose otherwise', () => {
    expect(config['nsis']).toEqual({
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
      include: 'electron/packaging/installer/windows.nsh',
    })
    expect(config.win['requestedExecutionLevel']).toBeUndefined()
    const windows = readFileSync(join(root, 'electron/packaging/installer/windows.nsh'), 'utf8')
    // SHCTX is the branch of the registry for whom the app is installed.
    expect([...windows.matchAll(/(?:WriteReg|DeleteReg)\w+ (\w+)/g)].map(([, branch]) => branch)).toEqual([
      'SHCTX',
      'SHCTX',
      'SHCTX',
      'SHCTX',
    ])
    expect(windows).not.toMatch(/\b(?:Exec|ExecWait|ExecShell|AccessControl)\b/)
  })

  it('are installed on Linux with the owner and rights that package tools give: those of root', () => {
    expect(config['deb']).toEqual({ fpm: [expect.stringMatching(/^--depends=/)] })
    expect(config['rpm']).toEqual({ fpm: [expect.stringMatching(/^--depends=/)] })
    for (const own of ['fpm', 'afterInstall', 'afterRemove', 'appArmorProfile'])
      expect(config.linux[own]).toBeUndefined()
  })

  it('compile nothing and miss nothing', () => {
    expect(config['npmRebuild']).toBe(false)
    expect(config['allowMissingDependencies']).toBe(false)
  })

  it('are made for the processor that was asked for, and no other', () => {
    expect(config.win.target).toEqual(['nsis'])
    expect(config.mac.target).toEqual(['dmg', 'zip'])
    expect(config.linux.target).toEqual(['AppImage', 'deb', 'rpm'])
    expect(config.artifactName).toContain('-${os}-${arch}.')
  })

  it('hold the one Electron that was tried', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      devDependencies: Readonly<Record<string, string>>
    }
    expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/)
    expect(config['electronVersion']).toBeUndefined()
  })

  it('become drafts, and only where somebody says so', () => {
    expect(config['publish']).toEqual({ provider: 'github', releaseType: 'draft' })
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Readonly<Record<string, string>>
    }
    expect(scripts['dist']).toContain('--publish never')
  })

  it('are no program for addresses or kinds of files, only for folders', () => {
    expect(config['protocols']).toBeUndefined()
    expect(config['fileAssociations']).toEqual([])
    expect(config.linux['mimeTypes']).toEqual(['inode/directory'])
    const { CFBundleDocumentTypes: kinds } = config.mac['extendInfo'] as {
      CFBundleDocumentTypes: { LSItemContentTypes: string[]; LSHandlerRank: string }[]
    }
    expect(kinds).toMatchObject([{ LSItemContentTypes: ['public.folder'], LSHandlerRank: 'Alternate' }])
    const windows = readFileSync(join(root, 'electron/packaging/installer/windows.nsh'), 'utf8')
    expect(windows).toContain(String.raw`Software\Classes\Directory\shell\Kartoteka`)
    expect(windows.match(/DeleteRegKey/g)).toHaveLength(1)
  })

  it('say why a Mac asks for its folders, and demand no more rights than Electron needs', () => {
    expect(config.mac['hardenedRuntime']).toBe(true)
    const entitlements = readFileSync(
      join(root, 'electron/packaging/installer/mac.entitlements.plist'),
      'utf8',
    )
    expect([...entitlements.matchAll(/<key>(.*)<\/key>/g)].map(([, key]) => key)).toEqual([
      'com.apple.security.cs.allow-jit',
      'com.apple.security.cs.allow-unsigned-executable-memory',
    ])
  })

  it('name the version of ONNX Runtime whose second copy the Mac leaves out', () => {
    const { version } = JSON.parse(
      readFileSync(join(root, 'node_modules/onnxruntime-node/package.json'), 'utf8'),
    ) as { version: string }
    expect(config.mac.files.join('\n')).toContain(`libonnxruntime.${version}.dylib`)
  })
})
