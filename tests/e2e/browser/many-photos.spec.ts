import { generateLibrary } from '../../../electron/bench/generate-library.ts'
import { tallest } from '../../../renderer/src/wall/scaled-scroll.ts'
import { measureWall, written } from '../../bench/wall-measure.ts'
import { cells, expect, test, wall } from './kartoteka.ts'

/** Enough for a wall taller than an element may be, where they are large; KARTOTEKA_MANY_PHOTOS=1000000 takes minutes to make. */
const photos = Number(process.env['KARTOTEKA_MANY_PHOTOS'] ?? 60_000)

test.setTimeout(15 * 60_000)

test('a library of very many photos: every place can be reached, and the page stays small', async ({
  page,
  serve,
  emptyLibrary,
  picture,
}, testInfo) => {
  await generateLibrary(emptyLibrary, { photos })
  const server = await serve(emptyLibrary)
  // A second of each way to scroll; tests/bench/wall.ts measures for longer.
  const figures = await measureWall(page, server.url, 5)
  console.log(written(figures))
  await testInfo.attach('figures', { body: written(figures), contentType: 'application/json' })
  const total = Number(figures.photos.replaceAll(/\D/gu, ''))
  expect(total).toBeGreaterThan(photos * 0.9)

  await page.getByRole('slider', { name: 'Thumbnail size' }).press('End')
  // As high as it may be: the places in it are stretched.
  await expect
    .poll(() => page.locator('.spacer').evaluate((spacer) => spacer.getBoundingClientRect().height))
    .toBe(tallest)

  const last = cells(page).and(page.locator(`[aria-posinset="${total}"]`))
  await wall(page).press('End')
  await expect(last).toBeInViewport()
  await expect(last).toHaveAttribute('data-caption', /./u)
  await wall(page).press('ArrowUp')
  await wall(page).press('Home')
  await expect(cells(page).and(page.locator('[aria-posinset="1"]'))).toBeInViewport()

  const strip = page.getByRole('slider', { name: 'Jump through time' })
  await strip.press('End')
  await expect(last).toBeInViewport()
  await strip.press('PageUp')
  await expect(cells(page).first()).toHaveAttribute('data-caption', /./u)
  await picture('many-photos')
  expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(3000)
})
