import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { cp } from 'node:fs/promises'
import { ask, cells, expect, expectFound, selectionBar, test, typeInField } from './kartoteka.ts'

const albumsIn = (page: Page): Locator => page.getByRole('navigation').getByRole('list', { name: 'Albums' })
const album = (page: Page, name: string): Locator =>
  albumsIn(page).getByRole('button', { name: new RegExp(`^${name}( \\d+)?$`, 'u') })
const names = (page: Page): Promise<(string | null)[]> =>
  page.getByRole('option').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))

async function makeAlbum(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New album' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.keyboard.press('Enter')
  await expect(album(page, name)).toBeVisible()
}

async function select(page: Page, ...places: readonly number[]): Promise<void> {
  for (const [at, place] of places.entries())
    await cells(page)
      .nth(place)
      .click({ modifiers: at === 0 ? [] : ['ControlOrMeta'] })
}

/** With the mouse, from the middle of one thing to a side of another. */
async function drag(page: Page, from: Locator, to: Locator, side = 0.5): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()]
  if (start === null || end === null) throw new Error('What is dragged, or where to, is not on the screen')
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(end.x + end.width * side, end.y + end.height / 2, { steps: 8 })
  await page.mouse.up()
}

test('photos are dragged onto an album, ordered by hand, taken out and brought back', async ({
  app,
  picture,
}) => {
  await makeAlbum(app, 'Summer')
  await select(app, 0, 2, 4)
  await drag(app, cells(app).nth(2), album(app, 'Summer'))
  await expect(app.getByText('3 photos added to “Summer”.')).toBeVisible()
  await expect(album(app, 'Summer')).toContainText('3')

  await album(app, 'Summer').click()
  await expectFound(app, 3)
  await expect(app.getByRole('heading', { name: 'Summer', exact: false, level: 2 })).toBeVisible()
  const byDate = await names(app)
  await app.getByRole('button', { name: 'By hand' }).click()
  await expect(app.getByRole('button', { name: 'By hand' })).toHaveAttribute('aria-pressed', 'true')
  await cells(app).nth(2).click()
  await drag(app, cells(app).nth(2), cells(app).nth(0), 0.2)
  const [first, second, third] = byDate
  await expect.poll(() => names(app)).toEqual([third, first, second])
  await app.getByText('1 photo moved.').waitFor()
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => names(app)).toEqual(byDate)

  const cover = app.locator('#main img.cover')
  const coverBefore = await cover.getAttribute('src')
  await selectionBar(app).getByRole('button', { name: 'Use as cover' }).click()
  await expect(app.getByText('New cover for “Summer”.')).toBeVisible()
  await expect(cover).not.toHaveAttribute('src', coverBefore ?? '')
  await selectionBar(app).getByRole('button', { name: 'Take out of the album' }).click()
  await expectFound(app, 2)
  await app.keyboard.press('Control+z')
  await expectFound(app, 3)
  // Of the cover alone: the photos stay, in their order.
  await app.keyboard.press('Control+z')
  await expect(cover).toHaveAttribute('src', coverBefore ?? '')
  await expect.poll(() => names(app)).toEqual(byDate)

  await picture('album')
  await app.emulateMedia({ colorScheme: 'dark' })
  await picture('album-dark')
  expect((await new AxeBuilder({ page: app }).analyze()).violations).toEqual([])
})

test('albums are renamed, put in an order and removed, by keys and by their menu', async ({ app }) => {
  for (const name of ['Rome', 'Oslo']) await makeAlbum(app, name)
  await expect(albumsIn(app).getByRole('listitem')).toContainText(['Oslo', 'Rome'])

  await album(app, 'Rome').focus()
  await app.keyboard.press('Alt+ArrowUp')
  await expect(albumsIn(app).getByRole('listitem')).toContainText(['Rome', 'Oslo'])
  await album(app, 'Rome').click({ button: 'right' })
  expect((await new AxeBuilder({ page: app }).analyze()).violations).toEqual([])
  await app.getByRole('menuitem', { name: 'Sort by name' }).click()
  await expect(albumsIn(app).getByRole('listitem')).toContainText(['Oslo', 'Rome'])

  await album(app, 'Rome').focus()
  await app.keyboard.press('F2')
  await app.getByRole('textbox', { name: 'Name' }).fill('oslo')
  await expect(app.getByRole('alert')).toHaveText('“Oslo” already exists. Choose another name.')
  await app.keyboard.press('Enter')
  await app.getByRole('textbox', { name: 'Name' }).fill('Roma')
  await app.keyboard.press('Enter')
  await expect(album(app, 'Roma')).toBeVisible()

  await album(app, 'Roma').focus()
  await app.keyboard.press('Delete')
  await expect(album(app, 'Roma')).toHaveCount(0)
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(album(app, 'Roma')).toBeVisible()
})

test('the key A finds an album or makes one, as the bar does; an empty album says how it is filled', async ({
  app,
}) => {
  await makeAlbum(app, 'Summer')
  await album(app, 'Summer').click()
  await expect(app.getByRole('heading', { name: 'This album is empty' })).toBeVisible()
  await ask(app, '')
  await select(app, 1, 3)
  await app.keyboard.press('a')
  expect((await new AxeBuilder({ page: app }).analyze()).violations).toEqual([])
  await typeInField(app, 'sum')
  await app.keyboard.press('Enter')
  await expect(app.getByText('2 photos added to “Summer”.')).toBeVisible()
  await selectionBar(app).getByRole('button', { name: 'Add to album' }).click()
  await typeInField(app, 'Winter')
  await app.keyboard.press('Enter')
  await expect(app.getByText('Album “Winter” created with 2 photos.')).toBeVisible()
  await ask(app, 'album:winter')
  await expectFound(app, 2)

  // In the box it would take back what was typed.
  await app.locator('#wall').focus()
  await app.keyboard.press('Control+z')
  await expect(album(app, 'Winter')).toHaveCount(0)
  await expect(album(app, 'Summer')).toContainText('2')
  await app.keyboard.press('Control+z')
  await expect(album(app, 'Summer')).not.toContainText('2')
})

test('what is typed after A is meant for the album, also while its dialog has not come', async ({ app }) => {
  let isHeld = true
  const held: (() => void)[] = []
  await app.route(/AddToAlbum/u, async (route) => {
    if (isHeld) await new Promise<void>((go) => held.push(go))
    await route.continue()
  })
  await select(app, 0, 1)
  await app.keyboard.press('a')
  await expect.poll(() => held.length).toBeGreaterThan(0)
  // Each of them is the key of an act: H hides, A asks for an album.
  await app.keyboard.type('haha')
  await app.keyboard.press('Enter')
  isHeld = false
  for (const go of held) go()
  await expect(app.getByText('Album “haha” created with 2 photos.')).toBeVisible()
  await expect(selectionBar(app)).toContainText('2 selected')
})

test.describe('in Russian, with the keyboard alone', () => {
  test.use({ locale: 'ru-RU' })

  test('an album is made, opened and ordered', async ({ page, serve, indexedLibrary, emptyLibrary }) => {
    await cp(indexedLibrary, emptyLibrary, { recursive: true })
    await page.goto((await serve(emptyLibrary)).url)
    await page.getByRole('option').first().waitFor()

    await page.locator('#wall').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    // The key beside Caps Lock, on a Russian keyboard.
    await page.locator('#wall').dispatchEvent('keydown', { key: 'ф', code: 'KeyA', bubbles: true })
    await page.getByRole('combobox', { name: 'Найдите альбом' }).waitFor()
    await page.keyboard.type('Лето')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Альбом «Лето» создан, в нём 2 фотографии.')).toBeVisible()

    await page.keyboard.press('/')
    await page.keyboard.type('альбом:лето')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('listbox', { name: '2 фотографии', exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Вручную' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Вручную' })).toHaveAttribute('aria-pressed', 'true')
    const [first, second] = await names(page)
    await page.locator('#wall').focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('Alt+ArrowRight')
    await expect.poll(() => names(page)).toEqual([second, first])
    await page.keyboard.press('Control+z')
    await expect.poll(() => names(page)).toEqual([first, second])
  })
})
