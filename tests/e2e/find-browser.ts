import { chromium, type LaunchOptions } from '@playwright/test'
import { accessSync, constants, statSync } from 'node:fs'
import { posix, win32 } from 'node:path'
import { packagedChromium, packagedEnvironment, unpackPackagedChromium } from './packaged-chromium.ts'

/** What decides which browser the tests take; a test hands in a machine of its own. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly arch: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether there is a program at this path that can be started. */
  readonly isProgram: (path: string) => boolean
  /** Where Playwright keeps the Chromium that it downloads, whether it did or not. */
  readonly playwrights: string
  /** Where the Chromium of the npm package is unpacked. */
  readonly packaged: string
}

export type TestBrowser =
  | {
      readonly ok: true
      readonly path: string
      readonly from: 'KARTOTEKA_CHROMIUM' | 'this computer' | 'Playwright' | '@sparticuz/chromium'
    }
  | { readonly ok: false; readonly why: string }

/**
 * The browser for the tests: the one that is named; on Linux the npm package's, which is the same on every computer and
 * has no window of its own to draw: the tests take two thirds of the processor time that they take in an installed
 * Chromium (measured); elsewhere one that is installed, or Playwright's own.
 */
export function findBrowser(machine: Machine): TestBrowser {
  const named = machine.env['KARTOTEKA_CHROMIUM']
  if (named !== undefined && named !== '') {
    return machine.isProgram(named)
      ? { ok: true, path: named, from: 'KARTOTEKA_CHROMIUM' }
      : { ok: false, why: `KARTOTEKA_CHROMIUM names ${named}, which is not a program that can be started.` }
  }
  if (machine.platform === 'linux' && machine.arch === 'x64') {
    return { ok: true, path: machine.packaged, from: '@sparticuz/chromium' }
  }
  const installed = usualPaths(machine).find((path) => machine.isProgram(path))
  if (installed !== undefined) return { ok: true, path: installed, from: 'this computer' }
  if (machine.isProgram(machine.playwrights)) {
    return { ok: true, path: machine.playwrights, from: 'Playwright' }
  }
  return {
    ok: false,
    why: 'The browser tests need Chromium, Chrome or Edge: install one of them, or name its program in KARTOTEKA_CHROMIUM.',
  }
}

/**
 * Where installers put Chromium, Chrome and Edge. Ubuntu's Chromium (`/usr/bin/chromium-browser`, `/snap/bin`) is left
 * out: as a snap it cannot read a profile in the folder for temporary files.
 */
function usualPaths({ platform, env }: Machine): string[] {
  if (platform === 'win32') {
    const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].map((name) => env[name])
    const programs = [
      'Chromium/Application/chrome.exe',
      'Google/Chrome/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ]
    return programs.flatMap((program) =>
      roots.filter((root) => root !== undefined).map((root) => win32.join(root, program)),
    )
  }
  if (platform === 'darwin') {
    const roots = ['/Applications', ...(env['HOME'] === undefined ? [] : [`${env['HOME']}/Applications`])]
    return ['Chromium', 'Google Chrome', 'Microsoft Edge'].flatMap((name) =>
      roots.map((root) => posix.join(root, `${name}.app/Contents/MacOS/${name}`)),
    )
  }
  return ['chromium', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'].map(
    (name) => `/usr/bin/${name}`,
  )
}

/** The browser for the tests on this computer. */
const testBrowser: TestBrowser = findBrowser({
  platform: process.platform,
  arch: process.arch,
  env: process.env,
  isProgram,
  playwrights: chromium.executablePath(),
  packaged: packagedChromium,
})

/** To be called before the first start. @throws Error when there is no browser */
export async function prepareBrowser(): Promise<void> {
  if (!testBrowser.ok) throw new Error(testBrowser.why)
  if (testBrowser.from === '@sparticuz/chromium') await unpackPackagedChromium()
  console.log(`The browser is ${testBrowser.path} (${testBrowser.from}).`)
}

/** How to start it. Where there is none, Playwright is left to say so of its own; see `browser.setup.ts`. */
export const launchOptions: LaunchOptions = {
  ...(testBrowser.ok ? { executablePath: testBrowser.path } : {}),
  ...(testBrowser.ok && testBrowser.from === '@sparticuz/chromium'
    ? { env: { ...process.env, ...packagedEnvironment } }
    : {}),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
