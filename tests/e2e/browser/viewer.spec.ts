import type { Locator, Page } from '@playwright/test'
import { ask, cells, expect, expectFound, openPhoto, photoCount, test } from './kartoteka.ts'

test.use({ reducedMotion: 'no-preference' })

test('the viewer shows the tags, and where a tag was seen', async ({ sharedApp: app, picture }) => {
  const viewer = await openPhoto(app, /zebra/u)
  const tags = viewer.getByRole('list', { name: 'What is in it' }).getByRole('listitem')
  await expect(tags.first()).toContainText('zebra')
  await expect(tags.first().getByRole('button', { name: 'zebra', exact: true })).toHaveAttribute(
    'title',
    /\d+%/u,
  )
  await expect(viewer.getByRole('img', { name: /zebra/u })).toBeVisible()

  await tags.first().hover()
  const heat = viewer.getByRole('img', { name: 'Where “zebra” was seen in the photo' })
  await expect(heat).toBeVisible()
  const warm = await heat.evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    return Math.max(...Array.from(pixels).filter((_, at) => at % 4 === 3))
  })
  expect(warm).toBeGreaterThan(100)
  await picture('viewer-heat-map')

  const picturePlace = () => viewer.getByRole('img', { name: /^zebra/u }).boundingBox()
  const fitted = await picturePlace()
  await app.keyboard.press('+')
  await expect.poll(async () => (await picturePlace())?.width).toBeGreaterThan((fitted?.width ?? 0) * 1.5)
  // The zoom is still moving both.
  await expect(async () => {
    const [photo, map] = [await picturePlace(), await heat.boundingBox()]
    expect(map).toEqual(photo)
  }).toPass()
  await app.keyboard.press('z')
  await expect.poll(async () => (await picturePlace())?.width).toBeCloseTo(fitted?.width ?? 0, 0)
})

test('a tag is removed with one key, stays removed in the search, and comes back with undo', async ({
  app,
  picture,
}) => {
  // The word alone would find the photo by the name of its file.
  await ask(app, 'label:zebra')
  const viewer = await openPhoto(app, /zebra/u)
  await app.keyboard.press('x')
  await expect(app.getByText('“zebra” removed from 1 photo.')).toBeVisible()
  await expect(viewer.getByText('removed by you')).toBeAttached()
  await picture('viewer-removed')
  await app.keyboard.press('Escape')
  await expect(app.getByRole('heading', { name: /Nothing found/u })).toBeVisible()

  await app.keyboard.press('Control+z')
  await expect(app.getByText('Undone.')).toBeVisible()
  await expectFound(app, 1)
  await app.keyboard.press('Control+Shift+z')
  await expect(app.getByRole('heading', { name: /Nothing found/u })).toBeVisible()
  await app.getByRole('button', { name: 'Undo' }).click()
  await expectFound(app, 1)
})

test('a tag is confirmed, and a label of one’s own is added and found', async ({ app }) => {
  const viewer = await openPhoto(app, /zebra/u)
  await app.keyboard.press('c')
  await expect(viewer.getByText('confirmed by you')).toBeAttached()
  await app.keyboard.press('l')
  await app.keyboard.type('our safari')
  await app.getByRole('option', { name: 'New label “our safari”' }).click()
  await expect(viewer.getByRole('list', { name: 'Your labels' })).toContainText('our safari')
  await app.keyboard.press('Escape')
  await ask(app, 'our safari')
  await expectFound(app, 1)
})

test('arrows go through the photos, the strip follows, the panel can be put away', async ({
  sharedApp: app,
  picture,
}) => {
  await cells(app).first().dblclick()
  const viewer = app.getByRole('dialog')
  await expect(viewer.getByText(`1 of ${photoCount}`)).toBeVisible()
  await app.keyboard.press('ArrowRight')
  await expect(viewer.getByText(`2 of ${photoCount}`)).toBeVisible()
  await app.keyboard.press('i')
  await expect(viewer.getByRole('complementary', { name: 'Information' })).toHaveCount(0)
  await picture('viewer-plain')
  await app.keyboard.press('Escape')
  await expect(viewer).toHaveCount(0)
  await expect(app.locator('.cell.active')).toHaveAttribute('aria-posinset', '2')
})

/** Answers one of the page's calls in the service's place, from the next loading of the page on. */
async function failCall(page: Page, name: string, message: string): Promise<void> {
  await page.routeWebSocket(/\/rpc/u, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((sent) => {
      const asked = JSON.parse(sent.toString()) as { id: number; call: string }
      if (asked.call !== name) server.send(sent)
      else
        socket.send(
          JSON.stringify({ id: asked.id, result: { ok: false, error: { code: 'offline', message } } }),
        )
    })
  })
  await page.reload()
  await cells(page).first().waitFor()
}

const removedRows = (viewer: Locator) =>
  viewer.getByRole('list', { name: 'What is in it' }).getByText('removed by you')

test('confirming one photo after the other goes through all of them, each once, forward and back', async ({
  app,
}) => {
  await ask(app, 'animal')
  await expectFound(app, 6)
  const names = await cells(app).evaluateAll((all) =>
    all.map((cell) => /[^\s,]+\.JPEG/u.exec(cell.getAttribute('aria-label') ?? '')?.[0]),
  )
  await cells(app).nth(2).dblclick()
  const viewer = app.getByRole('dialog')
  for (const at of [2, 3, 4]) {
    await expect(viewer.getByRole('heading', { name: names[at] ?? '' })).toBeVisible()
    await expect(viewer.getByText(`${at + 1} of 6`)).toBeVisible()
    await app.keyboard.press('c')
    await expect(viewer.getByText('confirmed by you')).toHaveCount(1)
    await app.keyboard.press('ArrowRight')
  }
  await expect(viewer.getByRole('heading', { name: names[5] ?? '' })).toBeVisible()
  await expect(viewer.getByText('confirmed by you')).toHaveCount(0)
  for (const at of [4, 3, 2]) {
    await app.keyboard.press('ArrowLeft')
    await expect(viewer.getByRole('heading', { name: names[at] ?? '' })).toBeVisible()
    await expect(viewer.getByText('confirmed by you')).toHaveCount(1)
  }
})

test('what is typed after L is meant for the new label, also while the details have not come', async ({
  app,
}) => {
  let answer: (() => void) | null = null
  await app.routeWebSocket(/\/rpc/u, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((sent) => {
      const asked = JSON.parse(sent.toString()) as { call: string }
      if (asked.call === 'getPhoto' && answer === null) answer = () => server.send(sent)
      else server.send(sent)
    })
  })
  await app.reload()
  await cells(app).first().waitFor()
  await app.keyboard.press('Home')
  await app.keyboard.press('Enter')
  const viewer = app.getByRole('dialog')
  await expect(viewer.getByText(`1 of ${photoCount}`)).toBeVisible()
  await app.keyboard.press('l')
  await app.keyboard.type('mine')
  await expect(viewer.getByRole('combobox', { name: 'Add a label' })).toHaveValue('mine')
  await app.keyboard.press('Enter')
  await expect(viewer.getByRole('list', { name: 'Your labels' })).toContainText('mine')
  expect(answer).not.toBeNull()
})

test('a label added while turning pages does not move the place either', async ({ app }) => {
  await ask(app, 'animal or mine')
  await expectFound(app, 6)
  await cells(app).nth(3).dblclick()
  const viewer = app.getByRole('dialog')
  await expect(viewer.getByText('4 of 6')).toBeVisible()
  await app.keyboard.press('l')
  await app.keyboard.type('mine')
  await app.keyboard.press('Enter')
  await expect(viewer.getByRole('list', { name: 'Your labels' })).toContainText('mine')
  await expect(viewer.getByText('4 of 6')).toBeVisible()
  await app.keyboard.press('ArrowRight')
  await expect(viewer.getByText('5 of 6')).toBeVisible()
})

test('a photo that left the list keeps its place and its number; its heading no longer names what was removed', async ({
  app,
}) => {
  await ask(app, 'zebra')
  await expectFound(app, 1)
  const viewer = await openPhoto(app, /zebra/u)
  const counter = viewer.getByText(/1 of 1/u)
  await expect(counter).toContainText('zebra')
  await app.keyboard.press('x')
  await expect(removedRows(viewer)).toHaveCount(1)
  await expect(counter).toBeVisible()
  await expect(counter).not.toContainText('zebra')
})

test('a category is confirmed and removed like a tag: what is no bird leaves the search for birds', async ({
  app,
  picture,
}) => {
  await ask(app, 'bird')
  await expectFound(app, 2)
  await cells(app).first().dblclick()
  const viewer = app.getByRole('dialog')
  const bird = viewer
    .getByRole('list', { name: 'What is in it' })
    .getByRole('listitem')
    .filter({ has: app.getByText('bird', { exact: true }) })
  await bird.hover()
  await bird.getByRole('button', { name: 'Yes, this is “bird”' }).click()
  await expect(bird).toContainText('confirmed by you')
  await bird.getByRole('button', { name: 'Take back what you said about “bird”' }).click()
  await expect(bird).not.toContainText('confirmed by you')

  await viewer.getByRole('heading').first().click()
  await app.keyboard.press('x')
  await expect(app.getByText('“bird” removed from 1 photo.')).toBeVisible()
  await expect(bird).toContainText('removed by you')
  await picture('viewer-category-removed')
  await app.keyboard.press('ArrowRight')
  await expect(viewer.getByText('2 of 2')).toBeVisible()
  await app.keyboard.press('Escape')
  await expectFound(app, 1)
  await app.keyboard.press('Control+z')
  await expectFound(app, 2)
})

test('where a category was seen is shown as well', async ({ sharedApp: app }) => {
  await ask(app, 'bird')
  await expectFound(app, 2)
  await cells(app).first().dblclick()
  const viewer = app.getByRole('dialog')
  await viewer.getByRole('list', { name: 'What is in it' }).getByText('bird', { exact: true }).hover()
  await expect(viewer.getByRole('img', { name: 'Where “bird” was seen in the photo' })).toBeVisible()
})

test('a key pressed twice in a row means what the first press left', async ({ app }) => {
  const viewer = await openPhoto(app, /zebra/u)
  await app.keyboard.press('x')
  await app.keyboard.press('x')
  await expect(removedRows(viewer)).toHaveCount(2)
  await expect(app.getByText('from 0 photos')).toHaveCount(0)
  await app.keyboard.press('Control+z')
  await expect(removedRows(viewer)).toHaveCount(1)
  await app.keyboard.press('Control+z')
  await expect(removedRows(viewer)).toHaveCount(0)
  await app.keyboard.press('c')
  await app.keyboard.press('c')
  await expect(app.getByText('Back to what was recognised')).toBeVisible()
  await expect(viewer.getByText('confirmed by you')).toHaveCount(0)
})

test('zoomed in, the arrows move the photo, Page Down turns the page; fitted again, the arrows turn it', async ({
  sharedApp: app,
}) => {
  const viewer = await openPhoto(app, /zebra/u)
  const left = async () => (await viewer.locator('img.view').boundingBox())?.x ?? 0
  const top = async () => (await viewer.locator('img.view').boundingBox())?.y ?? 0
  const moved = async () => {
    const before = await left()
    await app.waitForTimeout(250)
    return (await left()) - before
  }
  /** Until the photo no longer moves. */
  const still = async () => expect.poll(moved).toBe(0)
  const counter = viewer.getByText(new RegExp(`1 of ${photoCount}`, 'u'))
  await expect(counter).toBeVisible()
  await still()
  const fitted = await left()
  for (let step = 0; step < 3; step++) {
    await app.keyboard.press('+')
    await app.waitForTimeout(250)
  }
  await expect.poll(left).toBeLessThan(fitted)
  await still()
  const [before, above] = [await left(), await top()]
  await app.keyboard.press('ArrowRight')
  await expect.poll(left).toBeLessThan(before - 20)
  await app.keyboard.press('ArrowDown')
  await expect.poll(top).toBeLessThan(above - 20)
  await still()
  await app.keyboard.press('ArrowLeft')
  await expect.poll(left).toBeCloseTo(before, 0)
  // Faster than it moves: no part of a step is lost.
  for (const key of ['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight', 'ArrowLeft'])
    await app.keyboard.press(key)
  await expect.poll(left).toBeCloseTo(before, 0)
  await expect(counter).toBeVisible()
  await app.keyboard.press('z')
  await expect.poll(left).toBeCloseTo(fitted, 0)
  await app.keyboard.press('ArrowRight')
  await expect(viewer.getByText(`2 of ${photoCount}`)).toBeVisible()
  await app.keyboard.press('+')
  await app.waitForTimeout(250)
  await app.keyboard.press('PageDown')
  await expect(viewer.getByText(`3 of ${photoCount}`)).toBeVisible()
})

test('a map that cannot be had says why', async ({ app, picture }) => {
  await failCall(app, 'getHeatMap', 'zebra.JPEG is not there at the moment.')
  const viewer = await openPhoto(app, /zebra/u)
  await viewer.getByRole('list', { name: 'What is in it' }).getByRole('listitem').first().hover()
  await expect(viewer.getByText('Kartoteka cannot show where it was seen.')).toContainText(
    'is not there at the moment',
  )
  await picture('viewer-no-map')
})

test('details that cannot be read say why, and can be asked for again', async ({ app, picture }) => {
  await failCall(app, 'getPhoto', 'The disk does not answer.')
  await cells(app).first().dblclick()
  const panel = app.getByRole('complementary', { name: 'Information' })
  await expect(panel.getByRole('alert')).toContainText('The disk does not answer.')
  await expect(panel.getByRole('button', { name: 'Try again' })).toBeVisible()
  await picture('viewer-no-details')
})

test('facts: date, size, path', async ({ sharedApp: app }) => {
  const viewer = await openPhoto(app, /zebra/u)
  const panel = viewer.getByRole('complementary', { name: 'Information' })
  await expect(panel).toContainText('2 June 2024')
  await expect(panel).toContainText('n02391049_zebra.JPEG')
  await expect(panel).toContainText(/\d+ × \d+/u)
})

test('what is unsure is folded, and stays where it is when it is decided on', async ({ app }) => {
  const viewer = await openPhoto(app, /zebra/u)
  const panel = viewer.getByRole('complementary', { name: 'Information' })
  const fold = panel.getByRole('button', { name: /^\d+ more, unsure$/u })
  await expect(fold).toHaveAttribute('aria-expanded', 'false')
  const unsure = panel.getByRole('list', { name: 'Unsure' })
  await expect(unsure).toBeHidden()
  // Stars are one control, whatever they are made of.
  const controls = panel.locator('button:visible')
  expect(
    await controls.evaluateAll(
      (all) => all.filter((one) => one.checkVisibility({ opacityProperty: true })).length,
    ),
  ).toBeLessThanOrEqual(11)
  await fold.click()
  const guess = unsure.getByRole('listitem').first()
  await guess.hover()
  await guess.getByRole('button', { name: /^Yes, this is/u }).click()
  await expect(guess).toContainText('confirmed by you')
  await expect(unsure.getByText('confirmed by you')).toHaveCount(1)
})

test.describe('with fingers', () => {
  test.use({ hasTouch: true })

  test('a swipe turns the page, two fingers zoom, and then one finger moves the photo', async ({
    app,
    page,
  }) => {
    await cells(app)
      .first()
      .tap({ position: { x: 90, y: 120 } })
    const viewer = app.getByRole('dialog')
    await expect(viewer.getByText(`1 of ${photoCount}`)).toBeVisible()
    const photo = viewer.locator('img.view')
    await expect(photo).toHaveClass(/there/u)
    const finger = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [x: number, y: number][]) =>
      finger.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map(([x, y], id) => ({ x, y, id })),
      })
    const swipe = async (from: number, to: number) => {
      await touch('touchStart', [from, 400])
      await touch('touchMove', [(from + to) / 2, 402])
      await touch('touchMove', [to, 404])
      await touch('touchEnd')
    }
    await swipe(700, 300)
    await expect(viewer.getByText(`2 of ${photoCount}`)).toBeVisible()
    await swipe(300, 700)
    await expect(viewer.getByText(`1 of ${photoCount}`)).toBeVisible()

    const width = async () => (await photo.boundingBox())?.width ?? 0
    const fitted = await width()
    await touch('touchStart', [400, 400], [500, 400])
    await touch('touchMove', [350, 400], [550, 400])
    await touch('touchMove', [250, 400], [650, 400])
    await touch('touchEnd')
    await expect.poll(width).toBeGreaterThan(fitted * 2)
    await swipe(700, 300)
    await expect(viewer.getByText(`1 of ${photoCount}`)).toBeVisible()
  })
})

test('Back closes the viewer and stays in Kartoteka; Forward opens it again where it was', async ({
  sharedApp: app,
}) => {
  const viewer = await openPhoto(app, /zebra/u)
  await app.keyboard.press('ArrowRight')
  await expect(viewer.getByText(/^2 of/u)).toBeVisible()
  await app.goBack()
  await expect(viewer).toHaveCount(0)
  await expect(cells(app).first()).toBeVisible()
  await app.goForward()
  await expect(viewer.getByText(/^2 of/u)).toBeVisible()
  await app.goBack()
  await expect(viewer).toHaveCount(0)

  const step = () => app.evaluate(() => history.state as unknown)
  const before = await step()
  for (let round = 0; round < 3; round++) {
    await openPhoto(app, /zebra/u)
    await app.keyboard.press('Escape')
    await expect(viewer).toHaveCount(0)
    await expect.poll(step).toEqual(before)
  }
  await openPhoto(app, /zebra/u)
  await app.goBack()
  await expect(viewer).toHaveCount(0)
  await expect(cells(app).first()).toBeVisible()

  // With another question the place means another photo.
  await ask(app, 'flamingo')
  await app.goForward()
  await expect(viewer).toHaveCount(0)
  await expect(cells(app)).toHaveCount(1)
})
