import type { Page } from '@playwright/test'
import { generateLibrary } from '../../../electron/bench/generate-library.ts'
import { cells, expect, test, wall } from './kartoteka.ts'

test.use({ reducedMotion: 'no-preference' })

/** Twenty years of events, each in a folder with its date and a word. */
const photos = 3000

const generated = test.extend<{ library: Page }>({
  library: async ({ page, serve, emptyLibrary }, use) => {
    await generateLibrary(emptyLibrary, { photos })
    const server = await serve(emptyLibrary)
    await page.goto(server.url)
    await cells(page).first().waitFor()
    await use(page)
  },
})

/** Width for height of the places of photos, and of the pictures in them. */
const shapes = (page: Page) =>
  page.locator('.cell img.there').evaluateAll((pictures) =>
    pictures.map((picture) => {
      const { naturalWidth, naturalHeight, parentElement } = picture as HTMLImageElement
      const { width = NaN, height = NaN } = parentElement?.getBoundingClientRect() ?? {}
      return { place: width / height, picture: naturalWidth / naturalHeight }
    }),
  )

test('photos stand on the wall in their shape, or as squares', async ({ app }) => {
  const areWhole = async () => {
    const shown = await shapes(app)
    return shown.length > 5 && shown.every(({ place, picture }) => Math.abs(place / picture - 1) < 0.02)
  }
  await expect.poll(areWhole).toBe(true)

  await app.getByRole('button', { name: 'Show squares' }).click()
  await expect.poll(async () => (await shapes(app)).every(({ place }) => place === 1)).toBe(true)
  await app.reload()
  await cells(app).first().waitFor()
  await app.getByRole('button', { name: 'Show whole photos' }).click()
  await expect.poll(areWhole).toBe(true)
})

generated(
  'headings tell the event, and their tick selects the day, also by keys',
  async ({ library: page }) => {
    const first = page.locator('.headings .heading').first()
    await expect(first).toHaveText(/\d{4} · [A-Z][a-z]+ \d+/u)
    await first.hover()
    await first.locator('.tick').click()
    const bar = page.locator('.batch')
    await expect(bar).toContainText(/\d+ selected/u)
    await first.click()
    await expect(bar).toBeHidden()

    await wall(page).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Tab')
    const tick = page.locator('input[type=checkbox]:focus')
    await expect(tick).toHaveAccessibleName(/^Select .+ \d{4}, [A-Z][a-z]+ \d+/u)
    const name = await tick.getAttribute('aria-label')
    await page.keyboard.press('ArrowDown')
    await expect(tick).not.toHaveAccessibleName(name ?? '')
    await page.keyboard.press('Space')
    await expect(tick).toBeChecked()
    await expect(bar).toContainText(/\d+ selected/u)
    await page.keyboard.press('Enter')
    await expect(wall(page)).toBeFocused()
    await expect(page.getByRole('option', { selected: true }).and(page.locator('.active'))).toBeInViewport()
  },
)

generated('months and years lead in and out, and the place is kept', async ({ library: page }) => {
  await page.getByRole('slider', { name: 'Jump through time' }).press('PageDown')
  await wall(page).focus()
  const place = () => page.locator('#wall').evaluate(({ scrollTop }) => scrollTop)
  const before = await place()
  expect(before).toBeGreaterThan(0)

  await page.keyboard.press('-')
  await expect(page.getByRole('radio', { name: 'Months' })).toBeChecked()
  const card = page.locator('.card:focus')
  await expect(card).toBeInViewport()
  await expect(card.locator('img').first()).toBeVisible()
  const month = (await card.getAttribute('aria-label')) ?? ''
  expect(month).toMatch(/^[A-Z][a-z]+ \d{4}, \d+ photos?$/u)
  await page.keyboard.press('-')
  await expect(card).toHaveAccessibleName(new RegExp(`^${/\d{4}/u.exec(month)?.[0]}, `, 'u'))
  await page.keyboard.press('Enter')
  await expect(card).toHaveAccessibleName(month)
  await page.keyboard.press('=')
  await expect(wall(page)).toBeFocused()
  expect(await place()).toBe(before)

  await page.getByRole('radio', { name: 'Years' }).check()
  await page.keyboard.press('-')
  await expect(page.getByRole('radio', { name: 'Years' })).toBeChecked()
  const oldest = page.locator('.card').last()
  await oldest.click()
  await expect(page.getByRole('radio', { name: 'Months' })).toBeChecked()
  await expect(card).toBeInViewport()
  const among = await place()
  expect(among).toBeGreaterThan(0)
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Months' })).toBeChecked()
  await expect.poll(place).toBe(among)
  await page.locator('.card').last().click()
  await expect(page.locator('.scrubber')).toHaveAttribute('aria-valuenow', /9\d|100/u)
})
