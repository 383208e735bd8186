import type { Locator } from '@playwright/test'
import { cells, expect, photoCount, test } from './kartoteka.ts'

test.use({ reducedMotion: 'no-preference' })

/** What the picture of the show that has come last is called. */
const slide = (viewer: Locator) => viewer.locator('.slide').last()

test('a slideshow goes on by itself, waits on the space bar, and ends with Escape where it has come to', async ({
  sharedApp: app,
  picture,
}) => {
  await app.clock.install()
  await cells(app).first().focus()
  await app.keyboard.press('Home')
  await app.keyboard.press('Shift+Enter')
  const viewer = app.getByRole('dialog')
  const show = viewer.getByRole('region', { name: 'Slideshow' })
  await expect(slide(show)).toBeVisible()
  await picture('slideshow')
  // Time goes on by itself as well: a slow machine may have come further than to the first of all.
  const first = (await slide(show).getAttribute('alt')) ?? ''

  // Five seconds are the usual; the timer begins once the photo is there.
  await expect(async () => {
    await app.clock.runFor(5000)
    await expect(slide(show)).not.toHaveAttribute('alt', first, { timeout: 500 })
  }).toPass()
  await app.keyboard.press('Space')
  await expect(show.getByRole('button', { name: 'Resume' })).toBeVisible()
  const second = await slide(show).getAttribute('alt')
  await app.clock.runFor(60_000)
  await expect(slide(show)).toHaveAttribute('alt', second ?? '')

  await app.keyboard.press('ArrowLeft')
  await expect(slide(show)).toHaveAttribute('alt', first)
  await app.keyboard.press('Escape')
  await expect(show).toHaveCount(0)
  await expect(viewer.getByRole('img', { name: first, exact: true })).toBeVisible()
  await app.keyboard.press('Escape')
  await expect(viewer).toHaveCount(0)
})

test('its pace and order are chosen in it, and kept for the next one', async ({ sharedApp: app }) => {
  await cells(app).first().dblclick()
  const viewer = app.getByRole('dialog')
  await viewer.getByRole('button', { name: 'Slideshow' }).click()
  const show = viewer.getByRole('region', { name: 'Slideshow' })
  await show.getByRole('combobox', { name: 'Each photo is shown for' }).selectOption('10 seconds')
  await show.getByRole('button', { name: 'Shuffle' }).click()
  await show.getByRole('button', { name: 'End the slideshow' }).click()
  await viewer.getByRole('button', { name: 'Slideshow' }).click()
  await expect(show.getByRole('combobox')).toHaveValue('10')
  await expect(show.getByRole('button', { name: 'Shuffle' })).toHaveAttribute('aria-pressed', 'true')
})

test('F11 fills the screen, and Escape leaves that first', async ({ sharedApp: app }) => {
  await cells(app).first().dblclick()
  const viewer = app.getByRole('dialog')
  await expect(viewer.getByText(`1 of ${photoCount}`)).toBeVisible()
  const isFull = () => app.evaluate(() => document.fullscreenElement !== null)
  await app.keyboard.press('F11')
  await expect.poll(isFull).toBe(true)
  await app.keyboard.press('Escape')
  await expect.poll(isFull).toBe(false)
  await expect(viewer).toBeVisible()
  await app.keyboard.press('End')
  await expect(viewer.getByText(`${photoCount} of ${photoCount}`)).toBeVisible()
  await app.keyboard.press('Home')
  await expect(viewer.getByText(`1 of ${photoCount}`)).toBeVisible()
})
