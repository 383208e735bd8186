import { AxeBuilder } from '@axe-core/playwright'
import { cp } from 'node:fs/promises'
import { ask, cells, expect, expectFound, openPhoto, searchBox, sortBy, test } from './kartoteka.ts'

test('stars and favourites are given by keys and by mouse, found, put in order, and taken back', async ({
  app,
  picture,
}) => {
  const zebra = app.getByRole('option', { name: /zebra/u })
  const jaguar = app.getByRole('option', { name: /jaguar/u })
  await zebra.click()
  await app.keyboard.press('4')
  await expect(app.getByText('4 stars: 1 photo.')).toBeVisible()
  await expect(zebra).toHaveAttribute('aria-label', /, 4 stars,/u)
  await jaguar.click({ modifiers: ['Control'] })
  await app.keyboard.press('f')
  await expect(app.getByText('2 photos are favourites.')).toBeVisible()
  await app.keyboard.press('Escape')

  // The last of the five stars that come under the pointer.
  const flamingo = app.getByRole('option', { name: /flamingo/u })
  await flamingo.hover()
  const row = await flamingo.locator('.stars').boundingBox()
  await app.mouse.click((row?.x ?? 0) + (row?.width ?? 0) - 4, (row?.y ?? 0) + (row?.height ?? 0) / 2)
  await expect(app.getByText('5 stars: 1 photo.')).toBeVisible()
  await expect(app.getByRole('option', { selected: true })).toHaveCount(0)
  await flamingo.hover()
  await picture('stars-wall')
  await app.emulateMedia({ colorScheme: 'dark' })
  await picture('stars-wall-dark')
  await app.emulateMedia({ colorScheme: 'light' })

  await sortBy(app, 'By stars')
  await expect(cells(app).nth(0)).toHaveAttribute('aria-label', /flamingo/u)
  await expect(cells(app).nth(1)).toHaveAttribute('aria-label', /zebra/u)
  await ask(app, 'stars:>=4')
  await expectFound(app, 2)
  await ask(app, 'is:favourite')
  await expectFound(app, 2)

  // All of them are: F means none of them then.
  await app.getByRole('option', { name: /zebra/u }).click()
  await app.getByRole('option', { name: /jaguar/u }).click({ modifiers: ['Control'] })
  await app.keyboard.press('f')
  await expect(app.getByRole('heading', { name: /Nothing found/u })).toBeVisible()
  await app.keyboard.press('Control+z')
  await expectFound(app, 2)
  await app.keyboard.press('Control+z')
  await expect(app.getByText('Undone.')).toBeVisible()
  await ask(app, 'stars:>=4')
  await expectFound(app, 1)
})

test.describe('по-русски', () => {
  test.use({ locale: 'ru-RU' })

  test('звёзды ставятся с клавиатуры: на стене, в просмотре, и возвращаются к тем, что в файле', async ({
    page: app,
    serve,
    indexedLibrary,
    emptyLibrary,
    picture,
  }) => {
    await cp(indexedLibrary, emptyLibrary, { recursive: true })
    await app.goto((await serve(emptyLibrary)).url)
    await app.locator('#wall').focus()
    await app.keyboard.press('ArrowRight')
    await app.keyboard.press('3')
    await expect(app.getByText('3 звезды: 1 фотография.')).toBeVisible()
    await app.keyboard.press('Enter')
    const viewer = app.getByRole('dialog')
    const stars = viewer.getByRole('radiogroup', { name: 'Звёзды' })
    await expect(stars.getByRole('radio', { name: '3 звезды' })).toBeChecked()
    await app.keyboard.press('5')
    await expect(stars.getByRole('radio', { name: '5 звёзд' })).toBeChecked()
    // In the group arrows choose, and turn no page.
    await stars.getByRole('radio', { name: '5 звёзд' }).focus()
    await app.keyboard.press('ArrowLeft')
    await expect(stars.getByRole('radio', { name: '4 звезды' })).toBeChecked()
    await expect(viewer.getByText(/^1 из/u)).toBeVisible()
    await app.keyboard.press('f')
    await expect(viewer.getByRole('button', { name: 'Избранное' })).toHaveAttribute('aria-pressed', 'true')
    await picture('stars-viewer')
    const { violations } = await new AxeBuilder({ page: app }).analyze()
    expect(violations).toEqual([])
    await viewer.getByRole('button', { name: 'Как в файле: Без звёзд' }).click()
    await expect(stars.getByRole('radio', { name: 'Без звёзд' })).toBeChecked()
    await app.keyboard.press('Control+z')
    await expect(stars.getByRole('radio', { name: '4 звезды' })).toBeChecked()
    await app.keyboard.press('Escape')
    await app.getByRole('combobox').first().fill('звёзды:>=4 это:избранное')
    await app.keyboard.press('Enter')
    await expect(app.getByRole('listbox', { name: '1 фотография' })).toBeVisible()
  })
})

test('a file’s stars show until the person says otherwise', async ({ app }) => {
  const viewer = await openPhoto(app, /zebra/u)
  await expect(viewer.getByRole('radio', { name: 'No stars' })).toBeChecked()
  await viewer.getByRole('radio', { name: '2 stars' }).check({ force: true })
  await expect(app.getByText('2 stars: 1 photo.')).toBeVisible()
  await app.keyboard.press('0')
  await expect(viewer.getByRole('radio', { name: 'No stars' })).toBeChecked()
  await app.keyboard.press('Escape')
  await expect(searchBox(app)).toHaveValue('')
})
