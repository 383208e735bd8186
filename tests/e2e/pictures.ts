import { chromium } from '@playwright/test'
import { copyFile, mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { indexFolder, startServer } from '../fixtures/served-shell.ts'
import { launchOptions, prepareBrowser } from './find-browser.ts'

/**
 * `npm run pictures -- FOLDER`: the README's pictures, from photos that may be shown (see NOTICE). The photos are
 * copied with made-up days, so that the wall has something to put in order. Needs a built app and Chromium.
 */
const [source] = process.argv.slice(2)
if (source === undefined) {
  console.error('usage: pictures.ts FOLDER')
  process.exit(64)
}

const work = await mkdtemp(join(tmpdir(), 'kartoteka-pictures-'))
const photos = join(work, 'Photos')
const library = join(work, 'library')
const target = join(import.meta.dirname, '../../.github/pictures')
const firstDay = Date.UTC(2024, 8, 21, 15)
const day = 86_400_000

try {
  await mkdir(photos)
  await mkdir(target, { recursive: true })
  for (const [index, name] of (await readdir(source)).toSorted().entries()) {
    const to = join(photos, name)
    await copyFile(join(source, name), to)
    const taken = new Date(firstDay - Math.floor(index / 8) * 23 * day - index * 60_000)
    await utimes(to, taken, taken)
  }
  await indexFolder(library, photos)
  const server = await startServer(library)
  await prepareBrowser()
  const browser = await chromium.launch(launchOptions)
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' })
    await page.goto(server.url)
    const cells = page.getByRole('listbox', { name: /\d+ photos?$/u }).getByRole('option')
    await cells.first().waitFor()
    await page.waitForTimeout(1500)
    await page.screenshot({
      path: join(target, 'wall.jpg'),
      type: 'jpeg',
      quality: 82,
      animations: 'disabled',
    })

    await page.emulateMedia({ colorScheme: 'dark' })
    await page.getByRole('combobox', { name: 'Search your photos' }).fill('dog')
    await page.keyboard.press('Enter')
    await cells.first().dblclick()
    const tags = page.getByRole('list', { name: 'What is in it' }).getByRole('listitem')
    await tags.first().hover()
    await page.getByRole('img', { name: /^Where/u }).waitFor()
    await page.waitForTimeout(800)
    await page.screenshot({
      path: join(target, 'viewer.jpg'),
      type: 'jpeg',
      quality: 82,
      animations: 'disabled',
    })
  } finally {
    await browser.close()
    await server.stop()
  }
} finally {
  await rm(work, { recursive: true, force: true })
}
