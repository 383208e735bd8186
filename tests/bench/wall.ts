import { chromium, type Browser, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateLibrary } from '../../electron/bench/generate-library.ts'
import { launchOptions, prepareBrowser } from '../e2e/find-browser.ts'
import { makeBundles } from '../fixtures/bundled.ts'
import { startServer } from '../fixtures/served-shell.ts'
import { measureWall, written } from './wall-measure.ts'

/**
 * `node tests/bench/wall.ts [PHOTOS] [SECONDS]`: makes a library of so many photos (a million), opens it in the
 * browser shell, scrolls for a minute and prints what it cost. The window must have been built.
 */
const [photos, seconds] = process.argv.slice(2).map(Number)
const library = await mkdtemp(join(tmpdir(), 'kartoteka-wall-'))

/** A page that may open the library, served anew. */
async function withPage(browser: Browser, use: (page: Page, url: string) => Promise<void>): Promise<void> {
  const server = await startServer(library)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  try {
    await use(page, server.url)
  } finally {
    await page.close()
    await server.stop()
  }
}

try {
  const made = await generateLibrary(library, { photos: photos ?? 1_000_000 })
  console.error(`Made a library of ${made.photos} photos in ${Math.round(made.seconds)} s.`)
  await makeBundles()
  await prepareBrowser()
  const browser = await chromium.launch(launchOptions)
  try {
    // A library that comes from elsewhere is examined when it is opened for the first time. Those of people are known.
    await withPage(browser, async (page, url) => {
      await page.goto(url)
      await page.locator('#main').getByRole('option').first().waitFor({ timeout: 300_000 })
    })
    await withPage(browser, async (page, url) => {
      console.log(written(await measureWall(page, url, seconds ?? 60)))
    })
  } finally {
    await browser.close()
  }
} finally {
  await rm(library, { recursive: true, force: true })
}
