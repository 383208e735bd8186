import type { Locator, Page } from '@playwright/test'
import { cells, expect, expectFound, searchBox, test, wall } from './kartoteka.ts'

/** The keys alone do ten things that people come for; after each step they go on where the person is. */
test('ten tasks by keyboard: after each step the focus is where the person is', async ({ app }) => {
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await app.keyboard.press(key)
  }
  const onWall = async (place?: number): Promise<void> => {
    await expect(wall(app)).toBeFocused()
    if (place !== undefined) await expect(active(app)).toHaveAttribute('aria-posinset', String(place))
  }

  await test.step('to look for something, and to go through what is found', async () => {
    await press('/')
    await expect(searchBox(app)).toBeFocused()
    await app.keyboard.type('animal')
    await press('Enter')
    await expectFound(app, 6)
    await expect(searchBox(app)).toBeFocused()
    await press('ArrowDown')
    await onWall(1)
  })

  await test.step('to leave the search box, with Escape, which first empties it', async () => {
    await press('/', 'Escape')
    await expect(searchBox(app)).toHaveValue('')
    await expect(searchBox(app)).toBeFocused()
    await press('Escape')
    await onWall()
  })

  await test.step('to look at a photo and come back to it', async () => {
    await press('Home', 'ArrowRight', 'Enter')
    const viewer = app.getByRole('dialog')
    await expect(viewer.getByText(/^2 of/u)).toBeVisible()
    await press('ArrowRight')
    await expect(viewer.getByText(/^3 of/u)).toBeVisible()
    await press('Escape')
    await onWall(3)
  })

  await test.step('to give a label', async () => {
    await press('Home', 'Space', 'l')
    await expect(app.getByRole('combobox', { name: 'Add label' })).toBeFocused()
    await app.keyboard.type('zoo')
    await expect(app.getByRole('option', { name: 'New label “zoo”' })).toBeVisible()
    await press('Enter')
    await expect(app.getByText('“zoo” added to 1 photo.')).toBeVisible()
    await onWall(1)
  })

  await test.step('to take that back', async () => {
    await press('Control+z')
    await expect(app.getByText('Undone.')).toBeVisible()
    await onWall(1)
  })

  await test.step('to give stars', async () => {
    await press('4')
    await expect(app.getByText('4 stars: 1 photo.')).toBeVisible()
    await onWall(1)
  })

  await test.step('to put photos into a new album', async () => {
    await press('Shift+ArrowRight', 'a')
    const dialog = app.getByRole('dialog')
    await expect(dialog.getByRole('combobox')).toBeFocused()
    await app.keyboard.type('Safari')
    await expect(dialog.getByRole('option', { name: 'New album “Safari”' })).toBeVisible()
    await press('Enter')
    await expect(app.getByText('Album “Safari” created with 2 photos.')).toBeVisible()
    await onWall(2)
  })

  await test.step('to change a date, and to think better of it', async () => {
    await press('d')
    await expectFocusIn(app.getByRole('dialog', { name: 'Date and time' }))
    await press('Escape')
    await expect(app.getByRole('dialog')).toHaveCount(0)
    await onWall(2)
  })

  await test.step('to hide a photo', async () => {
    await press('Escape', 'Home', 'Space', 'h')
    await expect(app.getByText('1 photo is hidden.')).toBeVisible()
    await onWall(1)
  })

  await test.step('to change a setting, and to read the list of keys', async () => {
    await press('Control+,')
    await expectFocusIn(app.getByRole('dialog', { name: 'Settings' }))
    await press('Escape')
    await expect(app.getByRole('dialog')).toHaveCount(0)
    await onWall(1)
    await press('?')
    await expectFocusIn(app.getByRole('dialog', { name: 'Keyboard shortcuts' }))
    await press('Escape')
    await expect(app.getByRole('dialog')).toHaveCount(0)
    await onWall(1)
  })

  await expect(cells(app).first()).toBeVisible()
})

const active = (app: Page): Locator => app.locator('.cell.active')

async function expectFocusIn(dialog: Locator): Promise<void> {
  await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
}
