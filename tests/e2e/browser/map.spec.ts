import type { Locator, Page } from '@playwright/test'
import { cp } from 'node:fs/promises'
import { gazetteerFileOf } from '../../fixtures/small-gazetteer.ts'
import { startServer } from '../../fixtures/served-shell.ts'
import { cells, expect, expectFound, openPhoto, photoCount, searchBox, test } from './kartoteka.ts'

test.use({ reducedMotion: 'no-preference' })

const map = (page: Page): Locator => page.getByRole('application', { name: 'Map of your photos' })
const unplaced = (page: Page): Locator => page.getByRole('listbox', { name: /without a place$/u })

async function openMap(page: Page): Promise<void> {
  await page.keyboard.press('m')
  await map(page).waitFor()
  await unplaced(page).getByRole('option').first().waitFor()
}

/** Puts all photos at the middle of the map, which nothing has moved yet: in the Gulf of Guinea. */
async function placeAll(page: Page): Promise<void> {
  await openMap(page)
  await page.getByRole('button', { name: `Pick all ${photoCount}` }).click()
  await page.getByRole('button', { name: `Place ${photoCount} photos here` }).click()
  await expect(map(page).getByRole('button', { name: `${photoCount} photos` })).toBeVisible()
}

test('photos without a place are put on the map by keys alone, and taken back; the map is moved by keys', async ({
  app,
}) => {
  await openMap(app)
  await expect(map(app)).toBeFocused()
  await expect(
    app.getByText(`0 photos on the map · ${photoCount} photos without a place`).first(),
  ).toBeVisible()
  await expect(app).toHaveTitle(/^Map: All photos/u)

  await unplaced(app).focus()
  await app.keyboard.press('Space')
  await app.keyboard.press('ArrowRight')
  await app.keyboard.press('Space')
  await app.keyboard.press('Enter')
  const pair = map(app).getByRole('button', { name: '2 photos' })
  await expect(pair).toBeVisible()
  await expect(unplaced(app).getByRole('option')).toHaveCount(photoCount - 2)
  await expect(unplaced(app)).toBeFocused()

  // A marker goes where the map goes.
  const at = async () => Math.round((await pair.boundingBox())?.x ?? 0)
  const before = await at()
  await map(app).focus()
  await app.keyboard.press('+')
  await app.keyboard.press('ArrowRight')
  await expect.poll(at).toBeLessThan(before - 80)
  await expect(map(app).getByText(/^\d[\d,]* k?m$/u)).toBeVisible()

  await app.keyboard.press('Control+z')
  await expect(pair).toHaveCount(0)
  await expect(unplaced(app).getByRole('option')).toHaveCount(photoCount)
  await app.keyboard.press('Escape')
  await expect(cells(app).first()).toBeVisible()
})

test('what the map shows goes to the wall as an area, with the rest of the search', async ({ app }) => {
  await placeAll(app)
  await searchBox(app).fill('animal')
  await searchBox(app).press('Enter')
  await expect(map(app).getByRole('button', { name: /^\d photos$/u })).toBeVisible()
  await app.getByRole('button', { name: 'Show these photos' }).click()
  await expect(searchBox(app)).toHaveValue(/^animal area:-?[\d.]+,-?[\d.]+\.\.-?[\d.]+,-?[\d.]+$/u)
  await expect(app.getByRole('list', { name: 'How the search was understood' })).toContainText(/area .*° N/u)
  await expect(cells(app).first()).toBeVisible()
})

test('a box that is drawn with Shift goes to the wall; so do photos of one spot', async ({ app }) => {
  await placeAll(app)
  const { x = 0, y = 0, width = 0, height = 0 } = (await map(app).boundingBox()) ?? {}
  await app.keyboard.down('Shift')
  await app.mouse.move(x + width * 0.75, y + height * 0.2)
  await app.mouse.down()
  await app.mouse.move(x + width * 0.9, y + height * 0.4, { steps: 4 })
  await app.mouse.up()
  await app.keyboard.up('Shift')
  await expect(searchBox(app)).toHaveValue(/^area:/u)
  const empty = await searchBox(app).inputValue()
  await expect(cells(app)).toHaveCount(0)

  // The map is where it was left; photos of one spot take the place of the box.
  await app.keyboard.press('m')
  await app.getByRole('button', { name: /^Remove “area/u }).click()
  await map(app)
    .getByRole('button', { name: `${photoCount} photos` })
    .press('Enter')
  await expectFound(app, photoCount)
  await expect(searchBox(app)).toHaveValue(/^area:/u)
  await expect(searchBox(app)).not.toHaveValue(empty)
})

test('a photo is dragged onto the map, opens from there, and is shown there from its menu', async ({
  app,
}) => {
  await openMap(app)
  const photo = unplaced(app).getByRole('option').nth(1)
  // What it is comes after its place.
  await expect(photo).not.toHaveAccessibleName('Loading photo')
  const name = (await photo.getAttribute('aria-label')) ?? ''
  const { x = 0, y = 0, width = 0 } = (await map(app).boundingBox()) ?? {}
  await photo.hover()
  await app.mouse.down()
  await app.mouse.move(x + width / 4, y + 100, { steps: 6 })
  await app.mouse.up()
  const marker = map(app).getByRole('button', { name })
  await expect(marker).toBeVisible()
  const there = await marker.boundingBox()
  expect(Math.abs((there?.x ?? 0) + 26 - x - width / 4)).toBeLessThan(4)

  await marker.click()
  const viewer = app.getByRole('dialog')
  await viewer.getByRole('list', { name: 'What is in it' }).waitFor()
  await app.keyboard.press('Escape')
  await expect(marker).toBeVisible()

  await app.keyboard.press('Escape')
  await cells(app).and(app.getByRole('option', { name })).click({ button: 'right' })
  await app.getByRole('menuitem', { name: 'Show on the map' }).click()
  await expect(marker).toBeVisible()
  const middle = await marker.boundingBox()
  expect(Math.abs((middle?.x ?? 0) + 26 - x - width / 2)).toBeLessThan(4)

  await app.keyboard.press('Escape')
  await openPhoto(app, /zebra/u)
  await app.keyboard.press('m')
  await expect(app.getByText('This photo has no place yet.')).toBeVisible()
})

test.describe('in Russian', () => {
  test.use({ locale: 'ru-RU' })

  test('towns, the scale and the area are in the language of the window', async ({
    indexedLibrary,
    emptyLibrary,
    page,
  }) => {
    await cp(indexedLibrary, emptyLibrary, { recursive: true })
    const server = await startServer(emptyLibrary, { env: { KARTOTEKA_PLACES: gazetteerFileOf() } })
    await page.goto(server.url)
    await page.getByRole('option').first().waitFor()
    await page.getByRole('button', { name: 'Карта' }).click()
    const russianMap = page.getByRole('application', { name: 'Карта фотографий' })
    await expect(russianMap.getByText(/^\d[\d\u00a0]* км$/u)).toBeVisible()
    await page.getByRole('button', { name: 'Показать эти фотографии' }).click()
    await expect(page.getByRole('combobox', { name: 'Поиск по фотографиям' })).toHaveValue(/^участок:/u)
    await expect(page.getByText(/участок .*с\. ш\./u).first()).toBeVisible()
    await server.stop()
  })
})
