import type { Page } from '@playwright/test'
import { ask, cells, expect, expectFound, photoCount, selectionBar, test, wall } from './kartoteka.ts'

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
  const bar = selectionBar(app)
  await expect(bar).toContainText('3 selected')
  await picture('selection')

  await bar.getByRole('button', { name: 'Add label' }).click()
  await app.getByRole('combobox', { name: 'Add label' }).fill('trip')
  await app.getByRole('option', { name: 'New label “trip”' }).click()
  await expect(app.getByText('“trip” added to 3 photos.')).toBeVisible()
  await expect(bar).toContainText('3 selected')
  await ask(app, 'trip')
  await expectFound(app, 3)
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(app.getByRole('heading', { name: /Nothing found/u })).toBeVisible()
})

test('a click and the space bar select a photo that has not come yet all the same', async ({ app }) => {
  await app.routeWebSocket(/\/rpc/u, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((sent) => {
      const { call } = JSON.parse(sent.toString()) as { call: string }
      // Windows of the wall never come.
      if (call !== 'getWindow') server.send(sent)
    })
  })
  await app.reload()
  await cells(app).first().click()
  await expect(selectionBar(app)).toContainText('1 selected')
  await app.keyboard.press('ArrowRight')
  await app.keyboard.press('Space')
  await expect(selectionBar(app)).toContainText('2 selected')
})

test('everything can be selected, also what is not on the screen, and let go again', async ({
  sharedApp: app,
}) => {
  await app.keyboard.press('Control+a')
  const bar = selectionBar(app)
  await expect(bar).toContainText(`${photoCount} selected`)
  await app.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
})

test('a box drawn with the mouse selects what it touches; Shift adds, Ctrl changes sides, Escape takes it back', async ({
  sharedApp: app,
  picture,
}) => {
  await ask(app, 'animal or building or nature')
  const bar = selectionBar(app)
  const boxes = () =>
    cells(app).evaluateAll((all) =>
      all.map((cell) => {
        const { left, right, top, bottom } = cell.getBoundingClientRect()
        return { left, right, top, bottom, x: (left + right) / 2, y: (top + bottom) / 2 }
      }),
    )
  await expect.poll(async () => (await boxes()).length).toBeGreaterThan(8)
  const places = await boxes()
  const middle = (index: number) => places[index] ?? { x: NaN, y: NaN }
  /** The second photo of the second row, and the one after it. */
  const below = places.findIndex(({ top }) => top > (places[0]?.bottom ?? NaN)) + 1
  /** What a box from the middle of one photo to that of another touches. */
  const touched = (from: number, to: number) => {
    const [one, other] = [middle(from), middle(to)]
    const [left, right] = [Math.min(one.x, other.x), Math.max(one.x, other.x)]
    const [top, bottom] = [Math.min(one.y, other.y), Math.max(one.y, other.y)]
    return places.flatMap((box, at) =>
      box.left < right && box.right > left && box.top < bottom + 1 && box.bottom > top - 1 ? [at] : [],
    )
  }
  const draw = async (from: number, to: number) => {
    const [start, end] = [middle(from), middle(to)]
    await app.mouse.move(start.x, start.y)
    await app.mouse.down()
    await app.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 3 })
    await app.mouse.move(end.x, end.y, { steps: 3 })
  }
  const expectSelected = async (wanted: ReadonlySet<number>) => {
    await expect
      .poll(() =>
        cells(app).evaluateAll((all) =>
          all.flatMap((cell, at) => (cell.getAttribute('aria-selected') === 'true' ? [at] : [])),
        ),
      )
      .toEqual([...wanted].toSorted((one, other) => one - other))
  }

  const first = new Set(touched(0, below))
  await draw(0, below)
  await expect(app.locator('.band')).toBeVisible()
  await expectSelected(first)
  await picture('selection-box')
  await app.mouse.up()
  await expect(app.locator('.band')).toHaveCount(0)
  await expect(bar).toContainText(`${first.size} selected`)

  const more = new Set([...first, ...touched(2, below + 1)])
  expect(more.size).toBeGreaterThan(first.size)
  await app.keyboard.down('Shift')
  await draw(2, below + 1)
  await app.mouse.up()
  await app.keyboard.up('Shift')
  await expectSelected(more)
  const changed = new Set([...more, 1, 2].filter((index) => ![1, 2].includes(index) || !more.has(index)))
  await app.keyboard.down('Control')
  await draw(1, 2)
  await app.mouse.up()
  await app.keyboard.up('Control')
  await expectSelected(changed)

  // From a photo that is not selected: one that is would be carried, with the others.
  expect(changed.has(1)).toBe(false)
  await draw(1, 2)
  await expectSelected(new Set([1, 2]))
  await app.keyboard.press('Escape')
  await expect(app.locator('.band')).toHaveCount(0)
  await expectSelected(changed)
  await app.mouse.up()
  await expectSelected(changed)
})

/** Decides on what is selected with a key and the first label that is offered, or the one typed. */
async function decide(app: Page, key: 'c' | 'x', label = ''): Promise<void> {
  await app.keyboard.press(key)
  const box = app.getByRole('combobox', { name: key === 'c' ? 'Confirm' : 'Remove' })
  await expect(box).toBeFocused()
  await app.keyboard.type(label)
  await app.keyboard.press('Enter')
}

test('only what is shown is decided on: photos that the cut-off hides leave the selection', async ({
  app,
}) => {
  // Their names would find them however unsure the network is.
  await ask(app, 'label:padlock or label:zebra or label:flamingo')
  await expectFound(app, 3)
  await cells(app).first().click()
  await app.keyboard.press('Control+a')
  await expect(selectionBar(app)).toContainText('3 selected')
  // 85 %: the padlock is above by 9, the others are below by 10 or more.
  const slider = app.getByRole('slider', { name: 'Confidence' })
  // Never above it, where all would leave the selection.
  for (let step = 0; step < 17; step++) await slider.press('ArrowRight')
  await expect(slider).toHaveAttribute('aria-valuetext', 'at least 85%')
  await expectFound(app, 1)
  await expect(selectionBar(app)).toContainText('1 selected')
  await app.keyboard.press('l')
  await app.keyboard.type('sure')
  await app.keyboard.press('Enter')
  await expect(app.getByText('“sure” added to 1 photo.')).toBeVisible()
})

test('Shift selects from the photo that was clicked, wherever it stands by now', async ({ app }) => {
  await ask(app, 'animal')
  await expectFound(app, 6)
  // In the viewer and without a selection, which undo would bring back.
  await wall(app).focus()
  for (const key of ['Home', 'Enter']) await app.keyboard.press(key)
  await app.getByRole('list', { name: 'What is in it' }).waitFor()
  await app.keyboard.press('x')
  await expect(app.getByText('“animal” removed from 1 photo.')).toBeVisible()
  await app.keyboard.press('Escape')
  await expectFound(app, 5)
  await cells(app).nth(2).click()
  await expect(cells(app).nth(2)).not.toHaveAccessibleName('Loading photo')
  const name = await cells(app).nth(2).getAttribute('aria-label')
  await app.keyboard.press('Control+z')
  await expectFound(app, 6)
  await expect(cells(app).nth(3)).toHaveAttribute('aria-label', name ?? '')
  await cells(app)
    .nth(5)
    .click({ modifiers: ['Shift'] })
  await expect(selectionBar(app)).toContainText('3 selected')
  await expect(cells(app).nth(2)).toHaveAttribute('aria-selected', 'false')
})

test('what is offered are labels by name, all that were asked for, not the words of the query', async ({
  sharedApp: app,
}) => {
  await ask(app, 'category:animal or label:zebra')
  await expectFound(app, 6)
  await cells(app).first().click()
  await app.keyboard.press('c')
  const offers = app.getByRole('listbox', { name: 'Confirm' }).getByRole('option')
  await expect(offers.nth(0)).toHaveText('animal')
  await expect(offers.nth(1)).toHaveText('zebra')
})

test('a decision that changes nothing says so, and offers nothing to take back', async ({ app }) => {
  for (const said of ['“zebra” confirmed on 1 photo.', 'Nothing to change: “zebra” is already like that.']) {
    await cells(app).first().click()
    await decide(app, 'c', 'zebra')
    await expect(app.getByText(said)).toBeVisible()
  }
  await expect(app.getByRole('button', { name: 'Undo' })).toHaveCount(0)
})

test('messages leave the bar of the selection free, and one takes the place of the other', async ({
  app,
  picture,
}) => {
  await cells(app).first().click()
  await decide(app, 'c', 'zebra')
  const message = app.getByText('“zebra” confirmed on 1 photo.')
  await expect(message).toBeVisible()
  await cells(app).first().click()
  await expect(selectionBar(app)).toBeVisible()
  const foot = async () => {
    const box = await app.locator('.toast').boundingBox()
    return (box?.y ?? 0) + (box?.height ?? 0)
  }
  await expect.poll(foot).toBeLessThan((await selectionBar(app).boundingBox())?.y ?? 0)
  await picture('selection-message')
  await app.keyboard.press('Escape')
  await app.keyboard.press('Control+z')
  await expect(app.getByText('Undone.')).toBeVisible()
  await app.keyboard.press('Control+z')
  await expect(app.locator('.toast:visible')).toHaveText([/nothing to undo/iu])
})

async function confirmInViewer(app: Page): Promise<void> {
  await cells(app).first().dblclick()
  await app.getByRole('dialog').getByRole('img', { name: /zebra/u }).waitFor()
  await app.keyboard.press('c')
}

test('in the viewer messages leave the film strip free', async ({ app }) => {
  await confirmInViewer(app)
  const message = app.locator('.toast')
  await expect(message).toBeVisible()
  const strip = await app.getByRole('group', { name: 'Photos nearby' }).boundingBox()
  await expect
    .poll(async () => {
      const box = await message.boundingBox()
      return (box?.y ?? 0) + (box?.height ?? 0)
    })
    .toBeLessThan(strip?.y ?? 0)
})

test.describe('in a low window', () => {
  test.use({ viewport: { width: 640, height: 400 } })

  test('messages leave the buttons of a dialog free', async ({ app }) => {
    await confirmInViewer(app)
    const message = app.locator('.toast')
    await expect(message).toBeVisible()
    await app.keyboard.press('Escape')
    await app.keyboard.press('Control+b')
    await app.getByRole('button', { name: 'Add a folder…' }).click()
    const button = app.getByRole('dialog').getByRole('button', { name: 'Cancel' })
    // The dialog grows while the folders come.
    await expect
      .poll(async () => {
        const [box, below] = [await message.boundingBox(), await button.boundingBox()]
        return (below?.y ?? 0) - (box?.y ?? 0) - (box?.height ?? 0)
      })
      .toBeGreaterThan(0)
  })
})

test('photos that were found without a word are not labelled unasked', async ({ app }) => {
  await ask(app, 'animal sunset')
  await expectFound(app, 6)
  await cells(app).first().click()
  await app.keyboard.press('Control+a')
  const label = async () => {
    await app.keyboard.press('l')
    await app.keyboard.type('trip')
    await app.keyboard.press('Enter')
  }
  const question = app.getByRole('alertdialog', { name: 'The search ignored “sunset”.' })
  await label()
  await expect(question).toContainText('Add “trip” to 6 photos anyway?')
  await app.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(selectionBar(app)).toContainText('6 selected')
  await label()
  await question.getByRole('button', { name: 'Add label' }).click()
  await expect(app.getByText('“trip” added to 6 photos.')).toBeVisible()
  await expect(selectionBar(app)).toContainText('6 selected')
})

test('a single photo found without a word is labelled at once', async ({ app }) => {
  await ask(app, 'zebra sunset')
  await expectFound(app, 1)
  await cells(app).first().click()
  await app.keyboard.press('l')
  await app.keyboard.type('trip')
  await app.keyboard.press('Enter')
  await expect(app.getByText('“trip” added to 1 photo.')).toBeVisible()
})
