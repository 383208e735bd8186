import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { cp, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { indexFolder } from '../../fixtures/served-shell.ts'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { ask, cells, expect, expectFound, openPhoto, photoCount, test } from './kartoteka.ts'

const dialog = (page: Page, name: string): Locator => page.getByRole('dialog', { name })

async function selectAll(page: Page): Promise<void> {
  await cells(page).first().click()
  await page.keyboard.press('Control+a')
}

test('a date is set in the viewer; the file’s own stays beside it, and comes back with a click', async ({
  app,
}) => {
  const viewer = await openPhoto(app, /zebra/u)
  await app.keyboard.press('d')
  const dates = dialog(app, 'Date and time')
  await expect(dates.getByRole('textbox')).toBeFocused()
  await app.keyboard.type('summer 1965')
  await expect(dates.getByText('This is not a date. Try 1965, July 1965 or 14 July 1965.')).toBeVisible()
  await expect(dates.getByRole('textbox')).toHaveAttribute('aria-invalid', 'true')
  for (const colorScheme of ['dark', 'light'] as const) {
    await app.emulateMedia({ colorScheme })
    expect((await new AxeBuilder({ page: app }).include('[role=dialog]').analyze()).violations).toEqual([])
  }
  await dates.getByRole('textbox').fill('14 July 1965')
  await expect(dates.getByRole('textbox')).toHaveAttribute('aria-invalid', 'false')
  await expect(dates.getByRole('status')).toHaveText('1 photo gets another date')
  await expect(dates.getByRole('row').nth(1)).toContainText(/2 Jun 2024.*14 Jul 1965/u)
  // Enter comes before what was typed is looked at: what cannot be meant is told, all else is done.
  await dates.getByRole('textbox').fill('14 July 19655')
  await app.keyboard.press('Enter')
  await expect(dates.getByText('This is not a date. Try 1965, July 1965 or 14 July 1965.')).toBeVisible()
  await dates.getByRole('textbox').fill('14 July 1965')
  await app.keyboard.press('Enter')
  await expect(dates).toBeHidden()
  await expect(viewer.getByText('14 July 1965')).toBeVisible()
  await expect(viewer.getByText('set by you')).toBeVisible()
  await expect(viewer.getByText(/^In the file: 2 Jun 2024/u)).toBeVisible()
  await viewer.getByRole('button', { name: 'As in the file' }).click()
  await expect(viewer.getByText('set by you')).toBeHidden()
  await app.keyboard.press('Control+z')
  await expect(viewer.getByText('14 July 1965')).toBeVisible()
})

test('the dates of a selection are moved, after a look at what comes of it, and back with undo', async ({
  app,
  picture,
}) => {
  await selectAll(app)
  await cells(app).first().click({ button: 'right' })
  await app.getByRole('menuitem', { name: 'Date and time…' }).click()
  const dates = dialog(app, 'Date and time')
  await dates.getByRole('radio', { name: 'From the file’s name' }).click()
  await expect(dates.getByRole('status')).toHaveText('No photo gets another date.')
  await expect(dates.getByText(`no date in the names of ${photoCount} photos`)).toBeVisible()

  await dates.getByRole('radio', { name: 'The first photo was taken at …' }).click()
  await expect(dates.getByText(/^The first is n\d+_\w+\.JPEG, now 24 Dec 2021/u)).toBeVisible()
  await dates.getByRole('textbox').fill('1921-12-24')
  await expect(dates.getByText(/^Add the time of day/u)).toBeVisible()
  await dates.getByRole('textbox').fill('1921-12-24 12:00')
  await expect(dates.getByRole('status')).toHaveText(`${photoCount} photos get another date`)
  for (const colorScheme of ['light', 'dark'] as const) {
    await app.emulateMedia({ colorScheme })
    await picture(`dates-${colorScheme}`)
  }
  await dates.getByRole('button', { name: `Change ${photoCount} dates` }).click()
  await expect(app.getByText(`The dates of ${photoCount} photos were changed.`)).toBeVisible()
  await ask(app, 'before:2000')
  await expectFound(app, photoCount)
  // In the box it would take back what was typed.
  await app.locator('#wall').focus()
  await app.keyboard.press('Control+z')
  await expect(app.getByRole('heading', { name: /Nothing found/u })).toBeVisible()
})

test('dates are taken from the names of file and folder and from another time zone, and back with undo', async ({
  page,
  serve,
  emptyLibrary,
}) => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kartoteka-dating-')))
  try {
    await mkdir(join(folder, 'Rome 2015-05'))
    await sharp(join(photosFolder, 'n02391049_zebra.JPEG'))
      .withExif({ IFD2: { DateTimeOriginal: '2001:01:01 23:30:00' } })
      .toFile(join(folder, 'Rome 2015-05', '2019-07-04 zebra.jpg'))
    await indexFolder(emptyLibrary, folder)
    await page.goto((await serve(emptyLibrary)).url)
    const viewer = await openPhoto(page, /zebra/u)
    const dates = dialog(page, 'Date and time')
    const taken = viewer.getByRole('definition').first()
    await expect(taken).toContainText('1 January 2001')
    for (const [way, date] of [
      ['From the file’s name', '4 July 2019'],
      ['From the folder’s name', 'May 2015'],
      ['The clock was set to another time zone', '2 January 2001'],
    ] as const) {
      await page.keyboard.press('d')
      await dates.getByRole('radio', { name: way }).click()
      if (way.startsWith('The clock')) {
        await dates.getByRole('combobox', { name: 'The clock showed' }).selectOption('UTC')
        await dates.getByRole('combobox', { name: 'The real time was' }).selectOption('UTC+3')
      }
      await expect(dates.getByRole('status')).toHaveText('1 photo gets another date')
      await dates.getByRole('button', { name: 'Change 1 date' }).click()
      await expect(dates).toBeHidden()
      await expect(taken).toContainText(date)
      await page.keyboard.press('Control+z')
      await expect(taken).toContainText('1 January 2001')
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test.describe('in Russian', () => {
  test.use({ locale: 'ru-RU' })

  test('the dates of a selection are shifted by keys alone', async ({
    page: app,
    serve,
    indexedLibrary,
    emptyLibrary,
  }) => {
    await cp(indexedLibrary, emptyLibrary, { recursive: true })
    await app.goto((await serve(emptyLibrary)).url)
    await app.getByRole('listbox', { name: '15 фотографий' }).waitFor()
    await app.keyboard.press('/')
    await app.keyboard.type('2021')
    await app.keyboard.press('Enter')
    await expect(app.locator('#main')).toHaveAttribute('aria-busy', 'false')
    await expect(app.getByRole('listbox', { name: '5 фотографий' })).toBeVisible()
    await app.locator('#wall').focus()
    await app.keyboard.press('Control+a')
    // The acts stand in one row, with the way out at its end, in Russian words as well.
    const bar = app.getByRole('region', { name: 'Выбранные фотографии' })
    const rows = await bar
      .locator(':scope > button')
      .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)))
    expect([rows.length > 5, Math.max(...rows) - Math.min(...rows)]).toEqual([true, 0])
    await app.keyboard.press('d')
    const dates = dialog(app, 'Дата и время')
    await expect(dates.getByRole('textbox')).toBeFocused()
    await app.keyboard.press('Shift+Tab')
    await expect(dates.getByRole('radio', { name: 'Указать дату' })).toBeFocused()
    await app.keyboard.press('ArrowDown')
    await app.keyboard.press('Tab')
    await app.keyboard.press('ArrowDown')
    await app.keyboard.press('Tab')
    await app.keyboard.type('60')
    await app.keyboard.press('Tab')
    await app.keyboard.type('3')
    await expect(dates.getByRole('row').nth(1)).toContainText(/24 дек.*2021.*25 окт.*2021/u)
    await app.keyboard.press('Tab')
    await app.keyboard.type('12')
    await app.keyboard.press('Enter')
    await expect(app.getByText('Изменены даты 5 фотографий.')).toBeVisible()
    await app.keyboard.press('Control+z')
    await expect(app.getByText('Отменено.')).toBeVisible()
  })
})
