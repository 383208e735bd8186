import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { beginWith, cells, expect, expectFound, photoCount, selectionBar, test } from './kartoteka.ts'

let folder = ''
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kartoteka-export-'))
})
test.afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('all that is known of the photos is exported as sidecars, into a folder chosen in a dialog', async ({
  sharedApp: app,
  picture,
}) => {
  await app.keyboard.press('Control+,')
  const settings = app.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'Metadata' }).click()
  await settings.getByRole('button', { name: 'Choose…' }).click()
  const browse = app.getByRole('dialog', { name: 'Choose a folder to write into' })
  await browse.getByRole('list').waitFor()
  await browse.getByRole('textbox', { name: 'Path of the folder' }).fill(folder)
  await browse.getByRole('textbox', { name: 'Path of the folder' }).press('Enter')
  await browse.getByRole('button', { name: `Choose ${folder}` }).click()
  await expect(settings.getByRole('textbox', { name: 'Folder' })).toHaveValue(folder)
  await settings.getByRole('button', { name: 'Export' }).click()
  await expect(settings.getByRole('status')).toContainText(`${photoCount} photos exported to ${folder}`)
  await picture('export')
  const { violations } = await new AxeBuilder({ page: app }).analyze()
  expect(violations).toEqual([])
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const zebra = names.find((name) => name.endsWith('n02391049_zebra.JPEG.xmp')) ?? ''
  expect(readFileSync(join(folder, zebra), 'utf8')).toContain('<rdf:li>zebra</rdf:li>')
})

test('in Russian and by the keyboard alone a table is exported; what is wrong with the folder is said', async ({
  app,
  picture,
}) => {
  const press = (...keys: readonly string[]) =>
    keys.reduce((before, key) => before.then(() => app.keyboard.press(key)), Promise.resolve())
  await press('Control+,')
  await app.getByRole('combobox', { name: 'Language' }).selectOption('Русский')
  const settings = app.getByRole('dialog', { name: 'Настройки' })
  await settings.getByRole('tab', { name: 'Общие' }).focus()
  await press(...Array<string>(5).fill('ArrowDown').slice(1), 'Tab')
  const format = settings.getByRole('combobox', { name: /^Формат/u })
  await expect(format).toBeVisible()
  await format.focus()
  await press('ArrowDown')
  await expect(format).toHaveValue('csv')
  await press('Tab')
  await app.keyboard.type('/nowhere/at/all')
  await press('Enter')
  await expect(settings.getByRole('alert')).toContainText('/nowhere/at/all')
  await settings.getByRole('textbox', { name: 'Папка' }).focus()
  await press('Control+A')
  await app.keyboard.type(folder)
  await press('Enter')
  await expect(settings.getByRole('status')).toContainText(
    `Экспортировано ${photoCount} фотографий в ${join(folder, 'kartoteka.csv')}`,
  )
  await picture('export-russian')
  expect(readFileSync(join(folder, 'kartoteka.csv'), 'utf8')).toContain('зебра')
})

test('with the switch on, what is decided stands in a sidecar beside the photo, and goes with its undo', async ({
  emptyLibrary,
  page,
  serve,
  photoFolder,
  picture,
}) => {
  cpSync(photoFolder, join(folder, 'photos'), { recursive: true })
  await page.goto((await serve(emptyLibrary)).url)
  await beginWith(page, join(folder, 'photos'))
  await expectFound(page, photoCount)
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Metadata' }).click()
  await page.getByRole('checkbox', { name: /^Write sidecars beside my photos/u }).check()
  await picture('sidecar-switch')
  await page.keyboard.press('Escape')
  const sidecars = () => readdirSync(join(folder, 'photos')).filter((name) => name.endsWith('.xmp'))
  await cells(page).first().click()
  await selectionBar(page).waitFor()
  await page.keyboard.press('l')
  await page.getByRole('combobox', { name: 'Add label' }).fill('savannah')
  await page.keyboard.press('Enter')
  await expect.poll(sidecars).toHaveLength(1)
  const [name = ''] = sidecars()
  expect(readFileSync(join(folder, 'photos', name), 'utf8')).toContain('savannah')
  await page.keyboard.press('Control+z')
  await expect.poll(sidecars).toEqual([])
})
