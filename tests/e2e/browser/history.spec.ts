import type { Page } from '@playwright/test'
import {
  ask,
  cells,
  expect,
  expectFound,
  openPhoto,
  photoCount,
  searchBox,
  selectionBar,
  sortBy,
  test,
  wall,
} from './kartoteka.ts'

const chips = (app: Page) => app.getByRole('list', { name: 'How the search was understood' }).locator('.chip')

test('Back returns to the search before, with its chips and its order, and Forward goes on', async ({
  sharedApp: app,
}) => {
  await ask(app, 'animal -monkey')
  await expect(chips(app)).toHaveCount(2)
  await sortBy(app, 'By date')
  await expect(app.getByRole('button', { name: /^Sorted by date/u })).toBeVisible()
  await ask(app, 'zebra')
  await expectFound(app, 1)
  await sortBy(app, 'Best first')
  await expect(app.getByRole('button', { name: /Best matches first/u })).toBeVisible()

  await app.goBack()
  await expect(searchBox(app)).toHaveValue('animal -monkey')
  await expect(chips(app)).toHaveCount(2)
  await expect(app.getByRole('button', { name: /^Sorted by date/u })).toBeVisible()
  await app.goBack()
  await expectFound(app, photoCount)
  await expect(searchBox(app)).toHaveValue('')
  await app.goForward()
  await app.goForward()
  await expectFound(app, 1)
  await expect(searchBox(app)).toHaveValue('zebra')
  await expect(app.getByRole('button', { name: /Best matches first/u })).toBeVisible()
})

test('what is typed letter by letter is one step', async ({ sharedApp: app }) => {
  await ask(app, 'bird')
  await expectFound(app, 2)
  await searchBox(app).fill('')
  // Slowly enough for every letter to be searched for.
  await searchBox(app).pressSequentially('zebra', { delay: 350 })
  await expectFound(app, 1)
  await app.goBack()
  await expect(searchBox(app)).toHaveValue('bird')
  await expectFound(app, 2)
  await app.goBack()
  await expect(searchBox(app)).toHaveValue('')
  await expectFound(app, photoCount)
})

test('the keys of the browser work in the search box, over the wall and in the viewer', async ({
  sharedApp: app,
}) => {
  await ask(app, 'zebra')
  await expectFound(app, 1)
  // Enter goes on to the first photo where the answer is there by then.
  await searchBox(app).focus()
  await app.keyboard.press('Alt+ArrowLeft')
  await expectFound(app, photoCount)
  await wall(app).focus()
  await app.keyboard.press('Alt+ArrowRight')
  await expectFound(app, 1)
  const viewer = await openPhoto(app, /zebra/u)
  await app.keyboard.press('Alt+ArrowLeft')
  await expect(viewer).toHaveCount(0)
  await expectFound(app, 1)
  await app.keyboard.press('Alt+ArrowLeft')
  await expectFound(app, photoCount)
})

test('the other screens are steps, too, and a dialog does not outlive one', async ({ sharedApp: app }) => {
  const rail = app.getByRole('navigation', { name: 'Library' })
  await ask(app, 'bird')
  await expectFound(app, 2)
  await rail.getByRole('button', { name: /^Problems/u }).click()
  await expect(app.getByText('empty.jpg')).toBeVisible()
  await app.keyboard.press('Control+,')
  await expect(app.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  await app.goBack()
  await expect(app.getByRole('dialog')).toHaveCount(0)
  await expectFound(app, 2)
  await expect(searchBox(app)).toHaveValue('bird')
})

test('a reload keeps the search, and the steps before it', async ({ sharedApp: app }) => {
  await ask(app, 'bird')
  await expectFound(app, 2)
  await app.reload()
  await expectFound(app, 2)
  await expect(searchBox(app)).toHaveValue('bird')
  await app.goBack()
  await expectFound(app, photoCount)
})

test('a reload keeps the photo in the viewer, and Back still leads to the wall', async ({
  sharedApp: app,
}) => {
  await cells(app).nth(3).dblclick()
  const viewer = app.getByRole('dialog')
  await expect(viewer.getByText(`4 of ${photoCount}`)).toBeVisible()
  await app.keyboard.press('ArrowRight')
  await expect(viewer.getByText(`5 of ${photoCount}`)).toBeVisible()
  const name = await viewer.getByRole('heading').first().textContent()
  await app.reload()
  await expect(viewer.getByText(`5 of ${photoCount}`)).toBeVisible()
  await expect(viewer.getByRole('heading', { name: name ?? '' })).toBeVisible()
  await app.keyboard.press('Escape')
  await expect(viewer).toHaveCount(0)
  await expectFound(app, photoCount)
})

test.describe('on a wall that is longer than the window', () => {
  test.use({ viewport: { width: 640, height: 400 } })

  test('a reload keeps the place on it, and what is selected', async ({ sharedApp: app }) => {
    await wall(app).focus()
    await app.keyboard.press('End')
    await app.keyboard.press('Space')
    await app.keyboard.press('Shift+ArrowLeft')
    const bar = selectionBar(app)
    await expect(bar).toContainText('2 selected')
    const place = await wall(app).evaluate(({ scrollTop }) => scrollTop)
    expect(place).toBeGreaterThan(0)
    await app.reload()
    await expect(bar).toContainText('2 selected')
    await expect
      .poll(() => wall(app).evaluate(({ scrollTop }, before) => Math.abs(scrollTop - before) < 100, place))
      .toBe(true)
  })

  test('Back and Forward return to the place on it, and the keys go on from there', async ({
    sharedApp: app,
  }) => {
    await wall(app).focus()
    await app.keyboard.press('End')
    await app.keyboard.press('ArrowLeft')
    const top = () => wall(app).evaluate((element) => Math.round(element.scrollTop))
    await expect.poll(top).toBeGreaterThan(100)
    await app.waitForTimeout(300)
    const before = await top()

    await ask(app, 'animal')
    await expectFound(app, 6)
    expect(await top()).toBe(0)
    await app.goBack()
    await expectFound(app, photoCount)
    await expect.poll(top).toBe(before)
    await expect(cells(app).and(app.locator('.active'))).toHaveAttribute(
      'aria-posinset',
      String(photoCount - 1),
    )

    await wall(app).focus()
    await app.keyboard.press('ArrowRight')
    await expect(app.locator('.cell.active')).toHaveAttribute('aria-posinset', String(photoCount))

    await app.getByRole('button', { name: 'Show the sidebar' }).click()
    await app.getByRole('button', { name: /^Problems/u }).click()
    await expect(app.getByText('empty.jpg')).toBeVisible()
    await app.goBack()
    await expect.poll(top).toBeGreaterThanOrEqual(before)
  })
})
