import { readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { beginWith, cells, expect, expectFound, test, wall } from './kartoteka.ts'

/** Enough photos for indexing to be still at work when a button is found and pressed. */
const folder = photosFolder
const photoCount = readdirSync(folder).filter((name) => name.endsWith('.JPEG')).length

test('the first run: choose a folder, see what will happen, start, pause, go on', async ({
  page,
  serve,
  emptyLibrary,
  picture,
}) => {
  await page.goto((await serve(emptyLibrary)).url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Find your photos by what is in them')
  await expect(page.getByText('Your originals are never changed')).toBeVisible()
  await picture('first-run')

  await page.getByRole('button', { name: 'Choose folders…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Choose a folder' })
  await dialog.getByRole('list').waitFor()
  await dialog.getByRole('textbox', { name: 'Path of the folder' }).fill(dirname(folder))
  await dialog.getByRole('button', { name: 'Go', exact: true }).click()
  await dialog.getByRole('button', { name: basename(folder), exact: true }).click()
  await picture('first-run-choose')
  await dialog.getByRole('button', { name: `Choose ${folder}` }).click()
  await expect(page.getByRole('list', { name: 'Chosen folders' })).toContainText(folder)

  await page.getByRole('button', { name: 'Start', exact: true }).click()
  const card = page.getByRole('region', { name: 'Indexing' })
  await card.getByRole('button', { name: 'Pause' }).press('Enter')
  await expect(card.getByText('Paused', { exact: true })).toBeVisible()
  await expect(card.getByRole('status')).toHaveText('Indexing is paused.')
  await expect(card.getByRole('button', { name: 'Resume' })).toBeFocused()
  await expect(card.getByRole('progressbar')).toBeVisible()
  await picture('indexing-paused')

  await card.getByRole('button', { name: 'Resume' }).press('Enter')
  await expect(card.getByText('Everything is up to date')).toBeVisible({ timeout: 60_000 })
  await expect(card.getByRole('status')).toHaveText('Indexing has finished.')
  // The button has gone; the keys go on where the photos are.
  await expect(wall(page)).toBeFocused()
  await expectFound(page, photoCount)
  await expect(cells(page).first().locator('img.there')).toBeVisible()
  await picture('wall')
})

test('indexing can be stopped, and started again for the rest', async ({ page, serve, emptyLibrary }) => {
  await page.goto((await serve(emptyLibrary)).url)
  const card = await beginWith(page, folder)
  await card.getByRole('button', { name: 'Stop' }).press('Enter')
  await expect(card.getByText('Everything is up to date')).toBeVisible()
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')

  await page.getByRole('navigation').getByRole('button', { name: 'Folders', exact: true }).click()
  await page.getByRole('button', { name: 'Scan all folders again' }).click()
  await page.getByRole('button', { name: /^All photos/u }).click()
  await expectFound(page, photoCount)
})
