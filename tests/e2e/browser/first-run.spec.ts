import { mkdirSync, mkdtempSync, readdirSync, rmSync, copyFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { beginWith, cells, expect, expectFound, test, wall } from './kartoteka.ts'
import { startServer } from '../../fixtures/served-shell.ts'

test.use({ reducedMotion: 'no-preference' })

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
  await expect(card.getByText('Everything is up to date')).toBeVisible()
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

test('the pictures of this computer are ticked, Enter starts, and the first finds can be tried once', async ({
  page,
  emptyLibrary,
  picture,
}) => {
  const home = mkdtempSync(join(tmpdir(), 'kartoteka-home-'))
  const pictures = join(home, 'Pictures')
  mkdirSync(pictures)
  for (const name of ['n02391049_zebra.JPEG', 'n02007558_flamingo.JPEG', 'n01806567_quail.JPEG'])
    copyFileSync(join(folder, name), join(pictures, name))
  for (const name of ['clip.mp4', 'clip.avi', 'notes.txt']) writeFileSync(join(pictures, name), name)
  const server = await startServer(emptyLibrary, { env: { HOME: home, USERPROFILE: home } })
  try {
    await page.goto(server.url)
    const offered = page
      .getByRole('list', { name: 'Chosen folders' })
      .getByRole('checkbox', { name: pictures })
    await expect(offered).toBeChecked()
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeFocused()
    await picture('first-run-offered')
    await offered.uncheck()
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toHaveCount(0)
    await offered.check()
    await offered.press('Enter')

    const finds = page.getByRole('region', { name: 'Already found' })
    await finds.getByRole('button', { name: 'bird, 2 photos' }).click()
    await expect(finds).toHaveCount(0)
    await expectFound(page, 2)
    await page.getByRole('button', { name: /^All photos/u }).click()
    await expectFound(page, 3)
    await expect(finds).toHaveCount(0)
    await page.reload()
    await expectFound(page, 3)
    await expect(finds).toHaveCount(0)

    await page.getByRole('navigation').getByRole('button', { name: 'Folders', exact: true }).click()
    await page.getByText('2 videos and 1 other file are not shown').click()
    await expect(page.getByRole('listitem').filter({ hasText: 'AVI' })).toHaveText('AVI1')
    await picture('folders-other-files')
  } finally {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  }
})
