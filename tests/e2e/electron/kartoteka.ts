import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { electronProgram } from '../../../electron/cli/electron-program.ts'
import { photosFolder } from '../../fixtures/synthetic.ts'

const root = resolve(import.meta.dirname, '../../..')
const electron = electronProgram(root)
if (!electron.ok) console.log(`The tests of the window need Electron and are left out. ${electron.why}`)

/** One run of the real app, with a library, a profile and photos of its own. */
export interface Desktop {
  readonly app: ElectronApplication
  readonly window: Page
  readonly photos: string
}

interface Fixtures {
  readonly places: { readonly library: string; readonly profile: string; readonly photos: string }
  /** Starts the app with these arguments; it is closed with the test. */
  readonly start: (...args: string[]) => Promise<Desktop>
}

/** Tests of the desktop app; left out, with the reason printed, where there is no Electron. */
export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern
  places: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'kartoteka-desktop-'))
    const photos = join(folder, 'photos')
    for (const name of ['n02391049_zebra.JPEG', 'n02793495_barn.JPEG']) {
      await cp(join(photosFolder, name), join(photos, name))
    }
    await use({ library: join(folder, 'library'), profile: join(folder, 'profile'), photos })
    await rm(folder, { recursive: true, force: true })
  },
  start: async ({ places }, use) => {
    const started: ElectronApplication[] = []
    await use(async (...args) => {
      const app = await _electron.launch({
        ...(electron.ok ? { executablePath: electron.program } : {}),
        args: [...switches(places.profile), root, ...args],
        // Playwright turns the sandbox off unless told otherwise, and it is one of the things to be tested.
        chromiumSandbox: !isRoot,
        env: { ...withoutNode(process.env), KARTOTEKA_LIBRARY: places.library },
      })
      started.push(app)
      return { app, window: await app.firstWindow(), photos: places.photos }
    })
    for (const app of started) await app.close()
  },
})

// Electron is fetched from GitHub; where that cannot be reached there is nothing to start, and the report says why.
test.skip(!electron.ok, electron.ok ? '' : electron.why)

/** Chromium refuses to run its sandbox as root. */
const isRoot = process.getuid?.() === 0

/** Switches that a start needs to share a profile with another one. */
export function switches(profile: string): string[] {
  return [`--user-data-dir=${profile}`, ...(isRoot ? ['--no-sandbox'] : [])]
}

/** Playwright's child must be Electron, not a Node. */
function withoutNode(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'ELECTRON_RUN_AS_NODE',
    ),
  )
}

export { expect } from '@playwright/test'
export { root, electron }
