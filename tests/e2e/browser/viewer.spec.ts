import { ask, cells, expect, expectFound, openPhoto, photoCount, test } from './kartoteka.ts'

test('the viewer shows the tags, and where a tag was seen', async ({ app, picture }) => {
  const viewer = await openPhoto(app, /zebra/u)
  const tags = viewer.getByRole('list', { name: 'What is in it' }).getByRole('listitem')
  await expect(tags).toHaveCount(5)
  await expect(tags.first()).toContainText('zebra')
  await expect(tags.first()).toContainText(/\d+%/u)
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
  const [photo, map] = [await picturePlace(), await heat.boundingBox()]
  expect(map).toEqual(photo)
  await app.keyboard.press('0')
  await expect.poll(async () => (await picturePlace())?.width).toBeCloseTo(fitted?.width ?? 0, 0)
})

test('a tag is removed with one key, stays removed in the search, and comes back with undo', async ({
  app,
  picture,
}) => {
  await ask(app, 'zebra')
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
  app,
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

test('facts: date, size, path', async ({ app }) => {
  const viewer = await openPhoto(app, /zebra/u)
  const panel = viewer.getByRole('complementary', { name: 'Information' })
  await expect(panel).toContainText('2 June 2024')
  await expect(panel).toContainText('n02391049_zebra.JPEG')
  await expect(panel).toContainText(/\d+ × \d+/u)
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
    const photo = viewer.locator('img.sharp')
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
