import { ask, cells, expect, expectFound, photoCount, test } from './kartoteka.ts'

test('click, Shift and Ctrl select; a label is added to all of them and taken back', async ({
  app,
  picture,
}) => {
  await cells(app).nth(1).click()
  await cells(app)
    .nth(4)
    .click({ modifiers: ['Shift'] })
  await cells(app)
    .nth(2)
    .click({ modifiers: ['ControlOrMeta'] })
  const bar = app.getByRole('region', { name: 'Selected photos' })
  await expect(bar).toContainText('3 selected')
  await picture('selection')

  await bar.getByRole('button', { name: 'Add label' }).click()
  await app.getByRole('combobox', { name: 'Add label' }).fill('trip')
  await app.getByRole('option', { name: 'New label “trip”' }).click()
  await expect(app.getByText('“trip” added to 3 photos.')).toBeVisible()
  await expect(bar).toHaveCount(0)
  await ask(app, 'trip')
  await expectFound(app, 3)
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(app.getByRole('heading', { name: /Nothing found/u })).toBeVisible()
})

test('everything can be selected, also what is not on the screen, and let go again', async ({ app }) => {
  await app.keyboard.press('Control+a')
  const bar = app.getByRole('region', { name: 'Selected photos' })
  await expect(bar).toContainText(`${photoCount} selected`)
  await app.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
})

test('a box drawn with the mouse selects what it touches; Shift adds, Ctrl changes sides, Escape takes it back', async ({
  app,
  picture,
}) => {
  await ask(app, 'animal or building or nature')
  const bar = app.getByRole('region', { name: 'Selected photos' })
  const selected = app.getByRole('option', { selected: true })
  const middle = async (index: number) => {
    const box = await cells(app).nth(index).boundingBox()
    return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
  }
  const draw = async (from: number, to: number) => {
    const [start, end] = [await middle(from), await middle(to)]
    await app.mouse.move(start.x, start.y)
    await app.mouse.down()
    await app.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 3 })
    await app.mouse.move(end.x, end.y, { steps: 3 })
  }
  const columns = await cells(app).evaluateAll(
    (all) => new Set(all.map((cell) => cell.getBoundingClientRect().left)).size,
  )
  expect(columns).toBeGreaterThan(2)

  await draw(0, columns + 1)
  await expect(app.locator('.band')).toBeVisible()
  await expect(selected).toHaveCount(4)
  await picture('selection-box')
  await app.mouse.up()
  await expect(app.locator('.band')).toHaveCount(0)
  await expect(bar).toContainText('4 selected')

  await app.keyboard.down('Shift')
  await draw(2, columns + 2)
  await app.mouse.up()
  await app.keyboard.up('Shift')
  await expect(bar).toContainText('6 selected')
  await app.keyboard.down('Control')
  await draw(1, 2)
  await app.mouse.up()
  await app.keyboard.up('Control')
  await expect(bar).toContainText('4 selected')
  await expect(cells(app).nth(0)).toHaveAttribute('aria-selected', 'true')
  await expect(cells(app).nth(1)).toHaveAttribute('aria-selected', 'false')

  await draw(0, 2)
  await expect(bar).toContainText('3 selected')
  await expect(cells(app).nth(columns)).toHaveAttribute('aria-selected', 'false')
  await app.keyboard.press('Escape')
  await expect(app.locator('.band')).toHaveCount(0)
  await expect(cells(app).nth(columns)).toHaveAttribute('aria-selected', 'true')
  await app.mouse.up()
  await expect(bar).toContainText('4 selected')
})
