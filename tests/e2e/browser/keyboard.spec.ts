import {
  ask,
  cells,
  expect,
  expectFound,
  photoCount,
  searchBox,
  selectionBar,
  test,
  wall,
} from './kartoteka.ts'

test('a tour without a mouse: wall, selection, viewer, decision, search, sheet, settings', async ({
  app,
  picture,
}) => {
  const active = app.locator('.cell.active')
  await app.keyboard.press('ArrowRight')
  await expect(active).toHaveAttribute('aria-posinset', '1')
  await app.keyboard.press('ArrowRight')
  await app.keyboard.press('ArrowDown')
  await app.keyboard.press('Space')
  await expect(selectionBar(app)).toContainText('1 selected')
  await app.keyboard.press('Shift+ArrowRight')
  await expect(selectionBar(app)).toContainText('2 selected')
  await picture('keyboard-wall')
  await app.keyboard.press('Escape')
  await app.keyboard.press('End')
  await expect(active).toHaveAttribute('aria-posinset', String(photoCount))
  await app.keyboard.press('Home')
  await app.keyboard.press('Enter')

  const viewer = app.getByRole('dialog')
  await expect(viewer.getByText(`1 of ${photoCount}`)).toBeVisible()
  await viewer.getByRole('list', { name: 'What is in it' }).waitFor()
  const heat = viewer.getByRole('img', { name: /^Where/u })
  for (let step = 0; step < 20 && (await heat.count()) === 0; step++) {
    await app.keyboard.press('Tab')
    await app.waitForTimeout(200)
  }
  await expect(heat).toBeVisible()
  await app.keyboard.press('c')
  await expect(viewer.getByText('confirmed by you')).toBeAttached()
  await app.keyboard.press('Control+z')
  await expect(viewer.getByText('confirmed by you')).toHaveCount(0)
  await app.keyboard.press('Escape')
  await expect(viewer).toHaveCount(0)

  await app.keyboard.press('/')
  await expect(searchBox(app)).toBeFocused()
  await app.keyboard.type('zebra')
  await app.keyboard.press('Enter')
  await expectFound(app, 1)
  await app.keyboard.press('Escape')
  await expect(searchBox(app)).toHaveValue('')
  await app.keyboard.press('Escape')

  await app.keyboard.press('?')
  await expect(app.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await picture('shortcuts')
  await app.keyboard.press('Escape')
  await app.keyboard.press('Control+,')
  await expect(app.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  await app.keyboard.press('Escape')
})

test('Tab reaches everything in order, and the focus can be seen', async ({ sharedApp: app }) => {
  await app.locator('body').click({ position: { x: 2, y: 2 } })
  const seen: string[] = []
  for (let step = 0; step < 40; step++) {
    await app.keyboard.press('Tab')
    const here = await app.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) return null
      const style = getComputedStyle(element)
      const marked = style.outlineStyle !== 'none' || element.getAttribute('role') === 'listbox'
      return { name: element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '', marked }
    })
    if (here === null) break
    expect(here.marked, `focus is seen on ${here.name}`).toBe(true)
    seen.push(here.name)
  }
  for (const name of [
    'Hide the sidebar',
    'Search your photos',
    'Settings',
    'Thumbnail size',
    'Keyboard shortcuts',
  ])
    expect(seen).toContain(name)
})

test('branches of the rail open and close with the arrow keys, and Enter asks for their photos', async ({
  sharedApp: app,
}) => {
  const things = app.getByRole('tree', { name: 'Things' })
  const animal = things.getByRole('treeitem', { name: /^animal/u })
  await animal.focus()
  await expect(animal).toHaveAttribute('aria-expanded', 'false')
  await app.keyboard.press('ArrowRight')
  await expect(animal).toHaveAttribute('aria-expanded', 'true')
  await app.keyboard.press('ArrowRight')
  await expect(animal).not.toBeFocused()
  await app.keyboard.press('ArrowLeft')
  await expect(animal).toBeFocused()
  await app.keyboard.press('ArrowLeft')
  await expect(animal).toHaveAttribute('aria-expanded', 'false')
  await app.keyboard.press('Enter')
  await expect(searchBox(app)).toHaveValue(/animal/u)
  await expect(animal).toHaveAttribute('aria-expanded', 'false')
})

test('after a decision by keyboard the keys go on from the wall, and from the page when the wall is empty', async ({
  app,
}) => {
  const removeFirst = async () => {
    await wall(app).focus()
    await app.keyboard.press('Home')
    await app.keyboard.press('Space')
    await app.keyboard.press('x')
    await expect(app.getByRole('combobox', { name: 'Remove' })).toBeFocused()
    await app.keyboard.press('Enter')
  }
  await ask(app, 'bird')
  await expectFound(app, 2)
  await removeFirst()
  await expectFound(app, 1)
  await expect(wall(app)).toBeFocused()
  await removeFirst()
  await expect(app.getByRole('heading', { name: /Nothing found/u })).toBeVisible()
  await expect(app.getByRole('main')).toBeFocused()

  await app.getByRole('button', { name: 'Undo' }).press('Enter')
  await expectFound(app, 1)
  await expect.poll(() => app.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
})

test('the bar of the selection gives the keys back to the wall when it goes', async ({ sharedApp: app }) => {
  await wall(app).focus()
  await app.keyboard.press('Home')
  await app.keyboard.press('Space')
  await app.getByRole('button', { name: 'Clear the selection' }).press('Enter')
  await expect(wall(app)).toBeFocused()
  await app.keyboard.press('ArrowRight')
  await expect(app.locator('.cell.active')).toHaveAttribute('aria-posinset', '2')
})

test('shortcuts work with a Russian keyboard layout', async ({ sharedApp: app }) => {
  const press = (key: string, code: string) =>
    app.evaluate(
      ([pressed, place]) =>
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', {
            key: pressed,
            code: place,
            ctrlKey: true,
            bubbles: true,
            cancelable: true,
          }),
        ),
      [key, code] as const,
    )
  await cells(app).first().click()
  await press('ф', 'KeyA')
  await expect(selectionBar(app)).toContainText(`${photoCount} selected`)
  await press('б', 'Comma')
  await expect(app.getByRole('dialog', { name: 'Settings' })).toBeVisible()
})
