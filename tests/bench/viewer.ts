import { chromium, type Page } from '@playwright/test'
import { appendFile, copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import sharp from 'sharp'
import { launchOptions, prepareBrowser } from '../e2e/find-browser.ts'
import { makeBundles } from '../fixtures/bundled.ts'
import { indexFolder, startServer } from '../fixtures/served-shell.ts'

/**
 * `node tests/bench/viewer.ts [PHOTOS] [FILE]`: goes through so many photos (12) in the viewer and prints how long the next
 * one took, and of JPEGs its own pixels after Z. The photos are JPEGs of 12 megapixels made here, or copies of a file, say a HEIC of
 * a phone. The window must have been built.
 */
const [countArgument, original] = process.argv.slice(2)
const count = Number(countArgument ?? 12)
/** Milliseconds that a photo is looked at: what comes next is fetched meanwhile. */
const looked = 1500

async function makePhotos(folder: string): Promise<void> {
  await mkdir(folder)
  for (let at = 0; at < count; at++) {
    const path = join(
      folder,
      `${String(at).padStart(4, '0')}${original === undefined ? '.jpg' : extname(original)}`,
    )
    if (original === undefined) await writeFile(path, await madePhoto(at))
    else {
      await copyFile(original, path)
      // Another content: a box, or bytes behind the end of a picture, that no reader minds.
      await appendFile(path, Buffer.from(`\0\0\0\x10free${String(at).padStart(8, '0')}`, 'latin1'))
    }
  }
}

/** Grain over large patches: about as many bytes as a camera writes. */
async function madePhoto(seed: number): Promise<Buffer> {
  const patches = Buffer.from(Array.from({ length: 24 * 18 * 3 }, (_, at) => (at * 97 * (seed + 3)) % 256))
  const [width, height] = [4000, 3000]
  const grain = {
    create: {
      width,
      height,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 12 },
    },
  } as const
  return sharp(patches, { raw: { width: 24, height: 18, channels: 3 } })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .composite([{ input: await sharp(grain).png({ compressionLevel: 1 }).toBuffer(), blend: 'soft-light' }])
    .jpeg({ quality: 90 })
    .toBuffer()
}

/** Presses a key in the page. @returns milliseconds until the picture that it brings is painted */
function pressed(page: Page, key: string, selector: string): Promise<number> {
  return page.evaluate(
    async ({ key, selector }) => {
      const shown = () => document.querySelector<HTMLImageElement>(`[role=dialog] ${selector}`)?.src
      const before = shown()
      const begun = performance.now()
      window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      while (shown() === undefined || shown() === before) {
        if (performance.now() - begun > 60_000) throw new Error(`Nothing came within 60 s of ${key}.`)
        await new Promise(requestAnimationFrame)
      }
      return performance.now() - begun
    },
    { key, selector },
  )
}

const written = (name: string, times: readonly number[]): string => {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)
  return `${name}: ${sorted.length} times, median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`
}

const scratch = await mkdtemp(join(tmpdir(), 'kartoteka-viewer-'))
try {
  const [folder, library] = [join(scratch, 'photos'), join(scratch, 'library')]
  await makePhotos(folder)
  await makeBundles()
  await indexFolder(library, folder)
  const server = await startServer(library)
  await prepareBrowser()
  const browser = await chromium.launch(launchOptions)
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(server.url)
    await page.locator('#wall img.there').first().waitFor()
    await page.keyboard.press('Home')
    await page.locator('#wall [role=option]').first().dblclick()
    await page.locator('[role=dialog] img.view.there').waitFor({ timeout: 120_000 })
    const [next, own]: [number[], number[]] = [[], []]
    for (let at = 1; at < (await readdir(folder)).length; at++) {
      await page.waitForTimeout(looked)
      next.push(await pressed(page, 'ArrowRight', 'img.view.there'))
      await page.waitForTimeout(looked)
      // Of HEIC the preview has all pixels.
      if (original !== undefined) continue
      own.push(await pressed(page, 'z', 'img.own.there'))
      await page.keyboard.press('z')
    }
    console.log(written('The next photo', next))
    if (own.length > 0) console.log(written('Its own pixels', own))
  } finally {
    await browser.close()
    await server.stop()
  }
} finally {
  await rm(scratch, { recursive: true, force: true })
}
