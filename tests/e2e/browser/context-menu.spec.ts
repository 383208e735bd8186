import type { Page } from '@playwright/test'
import {
  ask,
  cells,
  expect,
  expectFound,
  openPhoto,
  photoCount,
  selectionBar,
  test,
  typeInField,
  wall,
} from './kartoteka.ts'

const menu = (app: Page) => app.getByRole('menu')
const item = (app: Page, name: string) => menu(app).getByRole('menuitem', { name })
const selected = (app: Page) => app.getByRole('option', { selected: true })

test('a right click is about the photo, or about the selection when the photo is in it', async ({
  sharedApp: app,
  picture,
}) => {
  await cells(app).nth(1).click()
  await cells(app)
    .nth(3)
    .click({ modifiers: ['Shift'] })
  await cells(app).nth(2).click({ button: 'right' })
  await expect(menu(app)).toHaveAttribute('aria-label', '3 selected')
  await expect(item(app, 'Copy the path')).toHaveCount(0)
  await picture('context-menu')
  await app.keyboard.press('Escape')
  await expect(menu(app)).toHaveCount(0)
  await expect(selected(app)).toHaveCount(3)

  await cells(app).nth(5).click({ button: 'right' })
  await expect(menu(app)).toHaveAttribute('aria-label', '1 selected')
  await expect(item(app, 'Copy the path')).toBeVisible()
  // The click that closes it is not meant for the wall, and a right click beside it asks for another menu.
  // Beneath a menu the photos have no role.
  const box = await app.locator('#photo-4').boundingBox()
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) - 20, (box?.y ?? 0) + 100]
  await app.mouse.click(x, y)
  await expect(menu(app)).toHaveCount(0)
  await expect(cells(app).nth(5)).toHaveAttribute('aria-selected', 'true')
  await cells(app).nth(5).click({ button: 'right' })
  await expect(menu(app)).toBeVisible()
  await app.mouse.click(x, y, { button: 'right' })
  await expect(menu(app)).toBeVisible()
  await app.keyboard.press('Escape')
  await expect(cells(app).nth(4)).toHaveAttribute('aria-selected', 'true')
  await expect(selected(app)).toHaveCount(1)
})

test('with keys alone: opened, gone through, closed, and the keys go on where they were', async ({
  sharedApp: app,
}) => {
  await wall(app).focus()
  for (const key of ['Home', 'ArrowRight', 'Shift+F10']) await app.keyboard.press(key)
  await expect(item(app, 'Open')).toBeFocused()
  await app.keyboard.press('ArrowDown')
  await expect(item(app, 'Slideshow')).toBeFocused()
  await app.keyboard.press('End')
  await expect(item(app, 'Clear the selection')).toBeFocused()
  await app.keyboard.press('Home')
  await expect(item(app, 'Open')).toBeFocused()
  // A letter looks for a line; it is no shortcut.
  await app.keyboard.press('c')
  await expect(item(app, 'Confirm label')).toBeFocused()
  await expect(app.getByRole('combobox', { name: 'Confirm label' })).toHaveCount(0)
  await app.keyboard.press('Escape')
  await expect(wall(app)).toBeFocused()
  await app.keyboard.press('ArrowRight')
  await expect(app.locator('.cell.active')).toHaveAttribute('aria-posinset', '3')

  await app.keyboard.press('ContextMenu')
  await app.keyboard.press('Enter')
  const viewer = app.getByRole('dialog')
  await expect(viewer.getByText(`3 of ${photoCount}`)).toBeVisible()
  await app.keyboard.press('Shift+F10')
  await expect(menu(app)).toBeVisible()
  await app.keyboard.press('Escape')
  await expect(menu(app)).toHaveCount(0)
  await app.keyboard.press('ArrowRight')
  await expect(viewer.getByText(`4 of ${photoCount}`)).toBeVisible()
})

test('what the menu does is undone, and the selection is back as it was', async ({ app }) => {
  await ask(app, 'animal')
  await expectFound(app, 6)
  await cells(app).first().click()
  await cells(app)
    .nth(2)
    .click({ modifiers: ['ControlOrMeta'] })
  await cells(app).first().click({ button: 'right' })
  await item(app, 'Remove label').click()
  await expect(app.getByRole('combobox', { name: 'Remove label' })).toBeFocused()
  await app.keyboard.press('Enter')
  await expect(app.getByText('“animal” removed from 2 photos.')).toBeVisible()
  await expectFound(app, 4)
  await expect(selectionBar(app)).toHaveCount(0)
  await app.keyboard.press('Control+z')
  await expectFound(app, 6)
  await expect(selectionBar(app)).toContainText('2 selected')
  await expect(cells(app).nth(2)).toHaveAttribute('aria-selected', 'true')
  await app.getByRole('button', { name: 'Redo' }).press('Enter')
  await expectFound(app, 4)
  await app.getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(selectionBar(app)).toContainText('2 selected')
})

test('the bar lists what the selected photos are labelled with, and each can be confirmed or removed', async ({
  app,
  picture,
}) => {
  await ask(app, 'bird or zebra')
  await expectFound(app, 3)
  await cells(app).first().click()
  await app.keyboard.press('Control+a')
  const labels = selectionBar(app).getByRole('list', { name: 'Labels of the selected photos' })
  const animal = labels.getByRole('listitem').filter({ hasText: /^animal/u })
  const bird = labels.getByRole('listitem').filter({ hasText: 'bird' })
  await expect(animal).toHaveClass(/all/u)
  await expect(animal).toContainText('3 of 3')
  await expect(bird).toContainText('2 of 3')
  await expect(bird).not.toHaveClass(/all/u)
  await picture('selection-labels')
  await bird.getByRole('button', { name: 'Confirm “bird” on 3 photos' }).click()
  await expect(app.getByText('“bird” confirmed on 3 photos.')).toBeVisible()
  await expect(bird).toContainText('3 of 3')
  await expect(bird.getByRole('img', { name: 'set by you' })).toBeVisible()
  await expect(selectionBar(app)).toContainText('3 selected')
  await animal.getByRole('button', { name: 'Remove “animal” from 3 photos' }).click()
  await expect(animal).toHaveCount(0)
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(animal).toContainText('3 of 3')
  await app.keyboard.press('Control+z')
  await expect(bird).toContainText('2 of 3')
  await expect(selectionBar(app)).toContainText('3 selected')
})

test('folders, things and labels of one’s own have a menu in the rail', async ({ app }) => {
  const rail = app.getByRole('navigation')
  await rail.getByRole('treeitem', { name: /^animal/u }).click({ button: 'right' })
  await item(app, 'Leave out of the search').click()
  await expectFound(app, photoCount - 6)
  await rail.getByRole('treeitem', { name: /^nature/u }).click({ button: 'right' })
  await item(app, 'Only this').click()
  await expectFound(app, 3)

  await cells(app).first().click()
  await app.keyboard.press('l')
  await typeInField(app, 'trip')
  await app.keyboard.press('Enter')
  const trip = rail.getByRole('treeitem', { name: /^trip/u })
  await trip.focus()
  await app.keyboard.press('Shift+F10')
  await app.keyboard.press('r')
  await app.keyboard.press('Enter')
  await app.getByRole('textbox', { name: 'New name' }).fill('tour')
  await app.keyboard.press('Enter')
  await expect(rail.getByRole('treeitem', { name: /^tour/u })).toBeVisible()

  await app.getByRole('tree', { name: 'Folders' }).getByRole('treeitem').first().click({ button: 'right' })
  await item(app, 'Remove from the library…').click()
  await expect(app.getByRole('alertdialog')).toBeVisible()
})

test('near the edges it stays within the window', async ({ sharedApp: app }) => {
  const size = app.viewportSize() ?? { width: 0, height: 0 }
  await openPhoto(app, /zebra/u)
  await app.keyboard.press('i')
  await app.mouse.click(size.width - 80, size.height - 90, { button: 'right' })
  await expect(menu(app)).toBeVisible()
  const box = await menu(app).boundingBox()
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(size.width)
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(size.height)
})

test.describe('with fingers', () => {
  test.use({ hasTouch: true })

  test('a long press opens it, and the photo is not opened when the finger goes up', async ({
    sharedApp: app,
    page,
  }) => {
    const box = await cells(app).nth(1).boundingBox()
    const touchPoints = [{ x: (box?.x ?? 0) + 90, y: (box?.y ?? 0) + 120 }]
    const finger = await page.context().newCDPSession(page)
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
    await expect(menu(app)).toBeVisible()
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await expect(menu(app)).toBeVisible()
    await item(app, 'Clear the selection').tap()
    await expect(menu(app)).toHaveCount(0)
    await expect(selectionBar(app)).toHaveCount(0)
    await expect(app.getByRole('dialog')).toHaveCount(0)
  })
})
