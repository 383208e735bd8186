import type { Page } from '@playwright/test'
import { copyFile, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { playDesktop, type PlayedDesktop } from '../../fixtures/played-desktop.ts'
import { runShell, until, type RunningShell } from '../../fixtures/running-shell.ts'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { test as base } from './kartoteka.ts'

/** The window as the desktop app shows it, over a desktop that the test plays. */
export interface Desktop extends PlayedDesktop {
  readonly window: Page
  readonly call: RunningShell['call']
  /** A path below the folder of the photos. */
  readonly photo: (name: string) => string
  /** An empty folder beside that of the photos. */
  readonly elsewhere: string
}

/** The copy is of the zebra. */
const photos: Readonly<Record<string, string>> = {
  'zebra.jpg': 'n02391049_zebra.JPEG',
  'backup/old zebra.jpg': 'n02391049_zebra.JPEG',
  'barn.jpg': 'n02793495_barn.JPEG',
  'flamingo.jpg': 'n02007558_flamingo.JPEG',
  'volcano.jpg': 'n09472597_volcano.JPEG',
}
export const photoCount = 4

export const test = base.extend<{ desktop: Desktop }>({
  desktop: async ({ page, locale }, use) => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'kartoteka-desktop-')))
    const photo = (name: string): string => join(folder, 'photos', name)
    for (const [name, file] of Object.entries(photos)) {
      await mkdir(dirname(photo(name)), { recursive: true })
      await copyFile(join(photosFolder, file), photo(name))
    }
    for (const name of ['bin', 'elsewhere']) await mkdir(join(folder, name))
    const desktop = await playDesktop(join(folder, 'bin'), locale ?? 'en')
    const shell = await runShell({
      library: join(folder, 'library'),
      page: fileURLToPath(new URL('../../../dist/renderer', import.meta.url)),
      desktop: desktop.calls,
    })
    try {
      await shell.call('addFolders', { paths: [join(folder, 'photos')] })
      await shell.call('startIndexing', { folderId: null, again: false })
      await until(
        () => shell.call('getStatus', null),
        ({ indexing }) => indexing.phase === 'idle',
      )
      await page.goto(shell.shell.link())
      await page.getByRole('option').first().waitFor()
      await use({ ...desktop, window: page, call: shell.call, photo, elsewhere: join(folder, 'elsewhere') })
    } finally {
      await shell.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
})

export { expect } from '@playwright/test'
