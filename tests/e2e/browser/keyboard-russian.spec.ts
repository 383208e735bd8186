import type { Locator, Page } from '@playwright/test'
import { cp, mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './kartoteka.ts'

test.use({ locale: 'ru-RU' })

/** Goes on with Tab until something has the focus. */
async function tabTo(page: Page, what: Locator): Promise<void> {
  for (let pressed = 0; pressed < 40; pressed++) {
    if (await what.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not lead there')
}

test('with the keyboard alone a photo gets stars, an album and another time, is exported, and all is taken back', async ({
  page,
  serve,
  indexedLibrary,
  emptyLibrary,
}) => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kartoteka-export-')))
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }
  try {
    await cp(indexedLibrary, emptyLibrary, { recursive: true })
    await page.goto((await serve(emptyLibrary)).url)
    await page.getByRole('listbox', { name: '15 фотографий', exact: true }).waitFor()
    await press('/')
    await page.keyboard.type('зебра')
    await press('Enter')
    await expect(page.getByRole('listbox', { name: '1 фотография', exact: true })).toBeVisible()
    await press('ArrowDown', '4')
    await expect(page.getByText('4 звезды: 1 фотография.')).toBeVisible()

    await press('a')
    await expect(page.getByRole('combobox', { name: 'Найдите альбом' })).toBeFocused()
    await page.keyboard.type('Лето')
    await press('Enter')
    await expect(page.getByText('Альбом «Лето» создан, в нём 1 фотография.')).toBeVisible()

    await press('d')
    const dates = page.getByRole('dialog', { name: 'Дата и время' })
    await expect(dates.getByRole('textbox')).toBeFocused()
    await press('Shift+Tab', 'ArrowDown')
    await tabTo(page, dates.getByRole('spinbutton', { name: 'часы' }))
    await page.keyboard.type('3')
    await press('Tab')
    await page.keyboard.type('12')
    await expect(dates.getByRole('status')).toHaveText('Дата изменится у 1 фотографии')
    await expect(dates.getByRole('button', { name: 'Изменить 1 дату' })).toBeEnabled()
    await press('Enter')
    await expect(page.getByText('Изменена дата 1 фотографии.')).toBeVisible()

    await press('Control+,')
    const settings = page.getByRole('dialog', { name: 'Настройки' })
    await tabTo(page, settings.getByRole('tab', { name: 'Общие' }))
    await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown')
    await tabTo(page, settings.getByRole('textbox', { name: 'Папка' }))
    await page.keyboard.type(folder)
    await press('Enter')
    await expect(settings.getByRole('status')).toContainText('Экспортировано 15 фотографий')
    await press('Escape')
    const names = await readdir(folder, { recursive: true })
    const zebra = names.find((name) => name.endsWith('n02391049_zebra.JPEG.xmp')) ?? ''
    const sidecar = await readFile(join(folder, zebra), 'utf8')
    expect(sidecar).toMatch(/xmp:Rating(?:="|>)4/u)
    for (const said of ['Лето', 'зебра', '2024-06-02T15:12:00']) expect(sidecar).toContain(said)

    const photo = page.getByRole('option').first()
    await expect(photo).toHaveAccessibleName(/4 звезды/u)
    for (let step = 0; step < 3; step++) {
      await press('Control+z')
      // The one before it may still be going.
      await expect(page.getByText('Отменено.').last()).toBeVisible()
    }
    await expect(photo).not.toHaveAccessibleName(/звезды/u)
    await expect(page.getByRole('navigation').getByText('Лето')).toHaveCount(0)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
