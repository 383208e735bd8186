import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPackage } from '@electron/asar'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealFindings } from '../../../electron/packaging/findings.ts'
import { packStage, type Packed } from '../../../electron/packaging/pack.ts'
import { packTargets, type PackTarget } from '../../../electron/packaging/targets.ts'
import { makeSmallApp } from '../../fixtures/small-app.ts'

/**
 * What Kartoteka's settings make of an app: packed by electron-builder, around a stand-in for Electron that carries fuses
 * as it does. `npm run pack:check` looks in the same way at the whole app and every target.
 */
const folders: string[] = []
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kartoteka-sealed-'))
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

async function pack(target: PackTarget, settings?: (text: string) => string): Promise<Packed> {
  const work = newFolder()
  const stage = join(work, 'stage')
  makeSmallApp(stage, settings)
  return packStage(target, stage, work)
}

const targetOf = (name: string): PackTarget => {
  const target = packTargets.find((each) => each.name === name)
  if (target === undefined) throw new Error(`There is no target ${name}`)
  return target
}
/** On Windows electron-builder packs for Windows alone. */
const targets = (
  process.platform === 'win32' ? ['win32-x64'] : ['linux-x64', 'win32-x64', 'darwin-arm64']
).map(targetOf)

describe.each(targets)('an app that is packed for $name', (target) => {
  let packed: Packed
  beforeAll(async () => {
    packed = await pack(target)
  })

  it('has the fuses that it should, and knows its archive', async () => {
    expect(packed.inside).toContain('dist/electron/main.js')
    expect(await sealFindings(target, packed)).toEqual([])
  })

  it('has installers that bring what they should, for Linux what AppArmor asks of a program with a sandbox', () => {
    expect(packed.installer.names.length).toBeGreaterThan(0)
    expect(packed.installer.findings).toEqual([])
  })

  it('is told by a fuse that is another', async () => {
    const set = (on: boolean): Promise<number> =>
      flipFuses(packed.executable, { version: FuseVersion.V1, [FuseV1Options.RunAsNode]: on })
    await set(true)
    expect(await sealFindings(target, packed)).toEqual(['fuse RunAsNode is not off'])
    await set(false)
    expect(await sealFindings(target, packed)).toEqual([])
  })

  it.runIf(target.platform !== 'linux')('does not know an archive with other code', async () => {
    const other = newFolder()
    writeFileSync(join(other, 'index.js'), 'steal()\n')
    const archive = join(packed.resources, 'app.asar')
    const before = readFileSync(archive)
    await createPackage(other, archive)
    expect(await sealFindings(target, packed)).toEqual(['the program does not carry the hash of app.asar'])
    writeFileSync(archive, before)
    expect(await sealFindings(target, packed)).toEqual([])
  })
})

describe.skipIf(process.platform === 'win32')('a deb or rpm', () => {
  it('that brings another profile or script is told', async () => {
    const { installer } = await pack(targetOf('linux-x64'), (text) =>
      text
        .replace('\ndeb:\n', '\ndeb:\n  appArmorProfile: package.json\n')
        .replace('\nrpm:\n', '\nrpm:\n  afterInstall: package.json\n'),
    )
    expect(installer.findings).toContainEqual(
      expect.stringMatching(/^the deb brings an AppArmor profile that lacks userns,$/),
    )
    expect(installer.findings).toContainEqual(
      expect.stringMatching(/^the rpm is installed by a script that lacks apparmor_parser --replace/),
    )
  })
})

describe.runIf(process.platform === 'linux')('an AppImage', () => {
  const load = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
  const { generateAppRunScript } = load('app-builder-lib/out/targets/appimage/appImageUtil.js') as {
    generateAppRunScript: (names: Readonly<Record<string, string>>) => string
  }

  /** With what the app is started where making a user namespace ends with `status`. */
  function startedWith(status: number): string {
    const folder = newFolder()
    const program = (name: string, text: string): string => {
      const file = join(folder, name)
      writeFileSync(file, text)
      chmodSync(file, 0o755)
      return file
    }
    program('unshare', `#!/bin/sh\nexit ${status}\n`)
    program('kartoteka', '#!/bin/sh\necho "$@"\n')
    const start = program(
      'AppRun',
      generateAppRunScript({
        DesktopFileName: 'kartoteka.desktop',
        ExecutableName: 'kartoteka',
        ProductName: 'Kartoteka',
        ProductFilename: 'Kartoteka',
        ResourceName: 'appimagekit-kartoteka',
      }),
    )
    // What an AppImage's runtime says; the folder comes first in the search for programs.
    const env = { ...process.env, APPDIR: folder, DESKTOPINTEGRATION: '1' }
    return execFileSync(start, ['/photos'], { encoding: 'utf8', env }).trim()
  }

  it('starts the app in its sandbox, and without it only where the kernel forbids that', () => {
    expect(startedWith(0)).toBe('/photos')
    expect(startedWith(1)).toBe('--no-sandbox /photos')
  })
})
