import type { Page } from '@playwright/test'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ask, cells, expect, test } from './kartoteka.ts'

test.use({ viewport: { width: 700, height: 800 } })

test('in a narrow window the side bar and the panel give way to the photos', async ({
  sharedApp: app,
  picture,
}) => {
  const rail = app.getByRole('navigation', { name: 'Library' })
  await expect(rail).toHaveCount(0)
  await app.getByRole('button', { name: 'Show the sidebar' }).click()
  await rail.getByRole('button', { name: /^Problems/u }).click()
  await expect(app.getByText('empty.jpg')).toBeVisible()
  await expect(rail).toHaveCount(0)

  await app.getByRole('button', { name: 'Show the sidebar' }).click()
  await picture('narrow-side-bar')
  await app.mouse.click(600, 600)
  await expect(rail).toHaveCount(0)

  await app.keyboard.press('Control+f')
  await app.keyboard.press('Escape')
  await cells(app).first().dblclick()
  const panel = app.getByRole('complementary', { name: 'Information' })
  await expect(app.getByRole('dialog').getByText(/^1 of/u)).toBeVisible()
  await expect(panel).toHaveCount(0)
  await app.keyboard.press('i')
  await expect(panel).toBeVisible()
})

test('a window that becomes narrow shows the page and not the side bar over it, which is there again in a wide one', async ({
  sharedApp: app,
}) => {
  const rail = app.getByRole('navigation', { name: 'Library' })
  await app.setViewportSize({ width: 1280, height: 800 })
  await app.getByRole('button', { name: 'Show the sidebar' }).click()
  await expect(rail).toBeVisible()
  await app.setViewportSize({ width: 700, height: 800 })
  await expect(rail).toHaveCount(0)
  await app.setViewportSize({ width: 1280, height: 800 })
  await expect(rail).toBeVisible()
})

test('the size of the thumbnails, for which there is no room beside the search, is set in the settings', async ({
  app,
}) => {
  await expect(app.getByRole('slider', { name: 'Thumbnail size' })).toHaveCount(0)
  const width = async () => (await cells(app).first().boundingBox())?.width ?? 0
  const before = await width()
  await app.keyboard.press('Control+,')
  await app.getByRole('dialog').getByRole('slider', { name: 'Thumbnail size' }).press('End')
  await app.keyboard.press('Escape')
  await expect.poll(width).toBeGreaterThan(before)
})

/** What is not wholly within the width of the window, unless it lies in something that cuts or scrolls it by itself. */
const outside = (app: Page) =>
  app.evaluate(() => {
    const isKept = (element: Element | null): boolean =>
      element !== null &&
      element !== document.body &&
      (getComputedStyle(element).overflowX !== 'visible' || isKept(element.parentElement))
    const found = [...document.body.querySelectorAll('*')]
      .filter((element) => element.checkVisibility() && !isKept(element.parentElement))
      .filter((element) => !element.matches('.unseen, .unseen *, .skip'))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.left < -1 || box.right > innerWidth + 1))
      .map(({ element, box }) => `${element.tagName}.${element.className} ${box.left}–${box.right}`)
    const wide = document.scrollingElement?.scrollWidth ?? 0
    return wide > innerWidth ? [`the page is ${wide} wide`, ...found] : found
  })

for (const language of ['en', 'ru'] as const)
  test.describe(`enlarged to 400 %, in "${language}"`, () => {
    test.use({ viewport: { width: 320, height: 640 } })

    test('the search shows its text, and nothing is cut off at the side', async ({ app, picture }) => {
      if (language === 'ru') {
        await app.keyboard.press('Control+,')
        await app.getByRole('dialog').getByRole('combobox', { name: 'Language' }).selectOption('Русский')
        await app.keyboard.press('Escape')
      }
      const photo = app
        .getByRole('listbox', { name: /\d+ (?:photos?|фото\S*)$/u })
        .getByRole('option')
        .first()
      const box = app.getByRole('search').getByRole('combobox')
      const room = await box.evaluate((input) => {
        const { paddingLeft, paddingRight } = getComputedStyle(input)
        return input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
      })
      expect(room).toBeGreaterThan(180)
      expect(await outside(app)).toEqual([])

      await box.fill('animal or zzqqxx')
      await expect(app.locator('.chip')).toHaveCount(2)
      await expect(app.locator('.confidence')).toBeVisible()
      expect(await outside(app)).toEqual([])
      await picture(`enlarged-search-${language}`)

      await photo.click()
      await app.keyboard.press('Control+a')
      expect(await outside(app)).toEqual([])

      await app.keyboard.press('Control+,')
      const settings = app.getByRole('dialog')
      for (const page of await settings.getByRole('tab').all()) {
        await page.click()
        await expect(settings.getByRole('tabpanel')).toBeVisible()
        const cut = await settings.evaluate((dialog) =>
          [...dialog.querySelectorAll('*')]
            .filter((element) => element.getBoundingClientRect().right > dialog.getBoundingClientRect().right)
            .map((element) => `${element.tagName}.${element.className}`),
        )
        expect([await page.textContent(), cut]).toEqual([await page.textContent(), []])
      }
      await settings.getByRole('tab').first().click()
      await picture(`enlarged-settings-${language}`)
      await app.keyboard.press('Escape')

      await app.locator('.page-head, .bar').getByRole('button').first().click()
      await app.locator('.rail .heading').first().click()
      await expect(app.locator('.page-head')).toBeVisible()
      expect(await outside(app)).toEqual([])
      await app.goBack()

      await photo.dblclick()
      await expect(app.getByRole('dialog')).toBeVisible()
      expect(await outside(app)).toEqual([])
    })
  })

test.describe('names that are too long for their line', () => {
  test.use({ viewport: { width: 320, height: 640 } })
  const long = 'a name so long that nobody would want to read all of it, but somebody gave it all the same'

  test('do not make a dialog, a chip or a list wider or higher than it is', async ({ app, emptyLibrary }) => {
    const folder = join(emptyLibrary, long)
    await mkdir(folder)
    await app.keyboard.press('Control+b')
    await app.getByRole('button', { name: 'Add a folder…' }).click()
    const dialog = app.getByRole('dialog', { name: 'Choose a folder' })
    await dialog.getByRole('textbox').fill(folder)
    await dialog.getByRole('textbox').press('Enter')
    const [frame, button] = await Promise.all([
      dialog.boundingBox(),
      dialog.getByRole('button', { name: `Choose ${folder}` }).boundingBox(),
    ])
    expect(button?.x).toBeGreaterThan(frame?.x ?? Infinity)
    expect(await outside(app)).toEqual([])
    await app.keyboard.press('Escape')
    await app.keyboard.press('Escape')

    // In the middle of a low photo there are no stars in the way.
    await cells(app).first().click()
    await expect(cells(app).first()).toHaveAttribute('aria-selected', 'true')
    await app.keyboard.press('l')
    await app.keyboard.type(long)
    await expect(app.getByRole('option', { name: `New label “${long}”` })).toBeVisible()
    expect(await outside(app)).toEqual([])
    await app.keyboard.press('Enter')
    await expect(app.locator('.toast')).toBeVisible()
    expect(await outside(app)).toEqual([])

    await ask(app, `label:"${long}"`)
    await expect(app.locator('.chip')).toContainText(long)
    expect((await app.locator('.chip').boundingBox())?.height).toBeLessThan(40)
    expect(await outside(app)).toEqual([])
    await app.keyboard.press('Control+,')
    await app.getByRole('tab', { name: 'Your labels' }).click()
    const name = app.getByRole('list', { name: 'Your labels' }).getByText(long)
    expect((await name.boundingBox())?.width).toBeGreaterThan(160)
  })
})
