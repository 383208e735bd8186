import { chromium } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateLibrary } from '../../electron/bench/generate-library.ts'
import { launchOptions, prepareBrowser } from '../e2e/find-browser.ts'
import { startServer } from '../fixtures/served-shell.ts'
import { measureWall, written } from './wall-measure.ts'

/**
 * `node tests/bench/wall.ts [PHOTOS] [SECONDS]`: makes a library of so many photos (a million), opens it in the
 * browser shell, scrolls for a minute and prints what it cost. The window must have been built.
 */
const [photos, seconds] = process.argv.slice(2).map(Number)
const library = await mkdtemp(join(tmpdir(), 'kartoteka-wall-'))
try {
  const made = await generateLibrary(library, { photos: photos ?? 1_000_000 })
  console.error(`Made a library of ${made.photos} photos in ${Math.round(made.seconds)} s.`)
  // A library that comes from elsewhere is examined when it is opened for the first time. Those of people are known.
  await (await startServer(library)).stop()
  const server = await startServer(library)
  await prepareBrowser()
  const browser = await chromium.launch(launchOptions)
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    console.log(written(await measureWall(page, server.url, seconds ?? 60)))
  } finally {
    await browser.close()
    await server.stop()
  }
} finally {
  await rm(library, { recursive: true, force: true })
}
