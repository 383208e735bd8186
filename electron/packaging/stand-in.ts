import { chmodSync, copyFileSync, appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { PackTarget } from './targets.ts'

/**
 * A folder with the shape of an unpacked Electron distribution and nothing in it that runs, so that the
 * packaging can be proved where Electron cannot be fetched. The "binary" carries a fuse wire, which
 * electron-builder flips as it would in the real one.
 */

/** Sentinel, version 1, eight fuses in Electron's default state (https://github.com/electron/fuses). */
const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1'),
  Buffer.from([1, 8]),
  Buffer.from('10110011', 'latin1'),
])

export function makeStandInElectron(folder: string, target: PackTarget, version: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'version'), version)
  writeFileSync(join(folder, 'LICENSE'), 'stand-in')
  if (target.platform === 'darwin') return makeMacBundle(folder)
  mkdirSync(join(folder, 'locales'))
  mkdirSync(join(folder, 'resources'))
  writeFileSync(join(folder, 'locales', 'en-US.pak'), '')
  if (target.platform === 'linux') {
    writeExecutable(join(folder, 'electron'))
    writeExecutable(join(folder, 'chrome-sandbox'))
    return
  }
  // The asar's hash is written into the resources of the .exe, so it has to be a real one.
  const vendored = dirname(createRequire(import.meta.url).resolve('electron-winstaller/package.json'))
  copyFileSync(join(vendored, 'vendor', 'rcedit.exe'), join(folder, 'electron.exe'))
  chmodSync(join(folder, 'electron.exe'), 0o755)
  appendFileSync(join(folder, 'electron.exe'), fuseWire)
}

function writeExecutable(file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, Buffer.concat([Buffer.from('#!/bin/sh\nexit 0\n'), fuseWire]))
  chmodSync(file, 0o755)
}

function makeMacBundle(folder: string): void {
  const contents = join(folder, 'Electron.app', 'Contents')
  writeExecutable(join(contents, 'MacOS', 'Electron'))
  writeExecutable(join(contents, 'Frameworks', 'Electron Framework.framework', 'Electron Framework'))
  mkdirSync(join(contents, 'Resources'), { recursive: true })
  writePlist(join(contents, 'Info.plist'), 'Electron')
  for (const kind of ['', ' (GPU)', ' (Plugin)', ' (Renderer)']) {
    const helper = join(contents, 'Frameworks', `Electron Helper${kind}.app`, 'Contents')
    writeExecutable(join(helper, 'MacOS', `Electron Helper${kind}`))
    writePlist(join(helper, 'Info.plist'), `Electron Helper${kind}`)
  }
}

function writePlist(file: string, name: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(
    file,
    `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>${name}</string>
<key>CFBundleIdentifier</key><string>com.github.Electron</string>
<key>CFBundleName</key><string>${name}</string>
<key>CFBundlePackageType</key><string>APPL</string>
</dict></plist>
`,
  )
}
