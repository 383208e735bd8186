import { chromium, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { generateLibrary } from '../../electron/bench/generate-library.ts'
import { hasUnplaced } from '../../electron/core/library/photos/places.ts'
import { libraryFile } from '../../electron/core/library/upkeep/library-files.ts'
import { openReader } from '../../electron/core/library/upkeep/open.ts'
import { launchOptions, prepareBrowser } from '../e2e/find-browser.ts'
import { makeBundles } from '../fixtures/bundled.ts'
import { startService } from '../fixtures/running-service.ts'
import { startServer } from '../fixtures/served-shell.ts'
import { measurePhase, pause, startRecording, watchTasks, type Phase } from './wall-measure.ts'

/**
 * `node tests/bench/map.ts [PHOTOS] [SECONDS]`: makes a library of so many photos (200,000), all of them with a place, in
 * and around four hundred towns, opens the map in the browser shell, moves and zooms it for a while and prints what it
 * cost. The window must have been built.
 */
const [photos, seconds] = process.argv.slice(2).map(Number)
const library = await mkdtemp(join(tmpdir(), 'kartoteka-map-'))

/** Four hundred towns over the world, most photos in a few of them. */
function placeAll(): void {
  const db = new DatabaseSync(libraryFile(library))
  db.exec(`UPDATE photo SET
    latitude = -50 + (id * id % 400) * 37 % 120 + (id * 7919 % 1000) / 5000.0,
    longitude = -180 + (id * id % 400) * 73 % 360 + (id * 104729 % 1000) / 5000.0`)
  db.close()
}

/** What the service does once for a library that comes from elsewhere: it is examined, and the places of its photos are named. */
async function untilPlaced(): Promise<void> {
  const service = startService(library)
  await service.settled()
  const reader = openReader(library)
  while (hasUnplaced(reader)) await pause(500)
  reader.close()
  await service.stop()
}

/** A circle with the button down, a move for each frame. */
async function drag(page: Page, seconds: number): Promise<void> {
  await page.mouse.move(700, 400)
  await page.mouse.down()
  const until = Date.now() + seconds * 1000
  for (let step = 0; Date.now() < until; step += 1) {
    await page.mouse.move(700 + 250 * Math.sin(step / 30), 400 + 150 * Math.cos(step / 17))
    await pause(16)
  }
  await page.mouse.up()
}

async function wheel(page: Page, seconds: number, pixels: number): Promise<void> {
  const until = Date.now() + seconds * 1000
  while (Date.now() < until) {
    await page.mouse.wheel(0, pixels)
    await pause(16)
  }
}

async function measure(page: Page, url: string, seconds: number): Promise<object> {
  const session = await page.context().newCDPSession(page)
  await page.goto(url)
  await page.locator('.cell[data-caption]').first().waitFor()
  await pause(2000)
  await startRecording(page)
  const endOpening = await watchTasks(session)
  const pressed = await page.evaluate(() => performance.now())
  await page.keyboard.press('m')
  await page.locator('#map .marker').first().waitFor()
  const firstMarkersMs = (await page.evaluate(() => performance.now())) - pressed
  await pause(1000)
  const opening = { firstMarkersMs, longestTaskMs: await endOpening() }
  const each = seconds / 4
  const phases: Phase[] = []
  for (const [name, run] of [
    ['move the world', () => drag(page, each)],
    ['zoom in', () => wheel(page, each, -40)],
    ['move the town', () => drag(page, each)],
    ['zoom out', () => wheel(page, each, 40)],
  ] as const) {
    phases.push(await measurePhase(page, session, name, run))
  }
  return { photos: await page.locator('main > [role=status]').first().innerText(), opening, phases }
}

const rounded = (_: string, value: unknown) =>
  typeof value === 'number' ? Math.round(value * 10) / 10 : value

try {
  const made = await generateLibrary(library, { photos: photos ?? 200_000 })
  placeAll()
  await makeBundles()
  console.error(`Made a library of ${made.photos} photos in ${Math.round(made.seconds)} s.`)
  await untilPlaced()
  const server = await startServer(library)
  await prepareBrowser()
  const browser = await chromium.launch(launchOptions)
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const figures = await measure(page, server.url, seconds ?? 20)
    console.log(JSON.stringify(figures, rounded, 2))
  } finally {
    await browser.close()
    await server.stop()
  }
} finally {
  await rm(library, { recursive: true, force: true })
}
