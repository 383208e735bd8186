import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { indexFolder } from '../../fixtures/served-shell.ts'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { readZip } from '../../fixtures/read-zip.ts'
import { cells, expect, selectionBar, test } from './kartoteka.ts'

let target = ''
test.beforeAll(() => {
  target = realpathSync(mkdtempSync(join(tmpdir(), 'kartoteka-copies-')))
})
test.afterAll(() => {
  rmSync(target, { recursive: true, force: true })
})

async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}

async function selectTwo(page: Page): Promise<void> {
  await cells(page)
    .filter({ has: page.locator('img.there') })
    .nth(0)
    .click()
  await cells(page)
    .nth(1)
    .click({ modifiers: ['ControlOrMeta'] })
  await expect(selectionBar(page)).toContainText('2 selected')
}

test('selected photos are saved as JPEGs of a size into a new folder, and then again beside them', async ({
  sharedApp: app,
  picture,
}) => {
  await selectTwo(app)
  await selectionBar(app).getByRole('button', { name: 'Save copies…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Save copies of 2 photos' })
  await dialog.getByRole('radio', { name: 'JPEGs' }).check()
  await dialog.getByRole('combobox', { name: 'Size' }).selectOption('1280')
  await dialog.getByRole('combobox', { name: 'Include' }).selectOption('without-place')
  await dialog.getByRole('radio', { name: 'By a pattern' }).check()
  await dialog.getByRole('textbox', { name: 'Pattern' }).fill('{nam}')
  await expect(dialog).toContainText('{nam} is not one of them.')
  await dialog.getByRole('textbox', { name: 'Pattern' }).fill('trip {number}')
  await dialog.getByRole('radio', { name: /A folder on the computer/u }).check()
  await expect(dialog.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()

  await dialog.getByRole('button', { name: 'Choose…' }).click()
  const browse = app.getByRole('dialog', { name: 'Choose a folder' })
  await browse.getByRole('list').waitFor()
  await browse.getByRole('textbox', { name: 'Path of the folder' }).fill(target)
  await browse.getByRole('textbox', { name: 'Path of the folder' }).press('Enter')
  await browse.getByRole('button', { name: `Choose ${target}` }).click()
  const path = dialog.getByRole('textbox', { name: 'Path of the folder' })
  await expect(path).toHaveValue(target)
  await path.fill(join(target, 'for Ann'))
  await picture('save-copies')
  expect(await faults(app)).toEqual([])
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(app.getByText('2 copies saved.')).toBeVisible()
  await expect(dialog).toHaveCount(0)
  const made = (): string[] => readdirSync(join(target, 'for Ann')).sort()
  expect(made()).toEqual(['trip 1.jpg', 'trip 2.jpg'])
  expect(await sharp(join(target, 'for Ann', 'trip 1.jpg')).metadata()).toMatchObject({
    format: 'jpeg',
    width: 500,
  })

  // What was chosen is still chosen, and the selection is still there.
  await app.keyboard.press('Control+s')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(made).toEqual(['trip 1 (2).jpg', 'trip 1.jpg', 'trip 2 (2).jpg', 'trip 2.jpg'])
})

test('saving copies is stopped: what was saved is whole, nothing else is left, and it is said how many', async ({
  page,
  serve,
  emptyLibrary,
}) => {
  // Quickly indexed, as JPEG gives it smaller; slowly copied in full size.
  const large = await sharp({ create: { width: 6000, height: 4500, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer()
  const folder = join(target, 'large')
  mkdirSync(folder)
  for (let number = 0; number < 8; number += 1)
    writeFileSync(join(folder, `${number}.jpg`), Buffer.concat([large, Buffer.from([number])]))
  await indexFolder(emptyLibrary, folder)
  await page.goto((await serve(emptyLibrary)).url)
  await cells(page).first().click()
  await page.keyboard.press('Control+a')
  await expect(selectionBar(page)).toContainText('8 selected')
  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog', { name: 'Save copies of 8 photos' })
  await dialog.getByRole('radio', { name: 'JPEGs' }).check()
  await dialog.getByRole('combobox', { name: 'Size' }).selectOption('Full size')
  await dialog.getByRole('radio', { name: /A folder on the computer/u }).check()
  await dialog.getByRole('textbox', { name: 'Path of the folder' }).fill(join(target, 'stopped'))
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Stop saving copies' }).click()
  const messages = page.getByRole('status', { name: 'Messages' })
  await expect(messages).toContainText(/Stopped\./u)
  const said = Number(/(\d)\s+cop/u.exec((await messages.textContent()) ?? '')?.[1])
  await expect(page.getByRole('region', { name: 'Copies' })).toHaveCount(0)
  const saved = readdirSync(join(target, 'stopped'))
  expect(saved.length).toBeLessThan(8)
  expect(saved).toHaveLength(said)
  for (const name of saved) {
    expect(name).toMatch(/^\d\.jpg$/u)
    expect(readFileSync(join(target, 'stopped', name)).subarray(-2)).toEqual(Buffer.from('ffd9', 'hex'))
  }
})

test('selected photos are downloaded as a ZIP of the very files', async ({ sharedApp: app }) => {
  await selectTwo(app)
  await selectionBar(app).getByRole('button', { name: 'Save copies…' }).click()
  const downloading = app.waitForEvent('download')
  await app.getByRole('button', { name: 'Download', exact: true }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^Kartoteka \d{4}-\d\d-\d\d\.zip$/u)
  const files = readZip(readFileSync(await download.path()))
  expect(files.size).toBe(2)
  for (const [name, content] of files)
    expect(content.equals(readFileSync(join(photosFolder, name)))).toBe(true)
  await expect(app.getByText('2 copies downloaded.')).toBeVisible()
})

test('in a folder of the library it asks first, in Russian and dark as well', async ({
  app,
  photoFolder,
  picture,
}) => {
  await app.emulateMedia({ colorScheme: 'dark' })
  await app.evaluate(() => {
    localStorage.setItem('kartoteka.copies', JSON.stringify({ where: 'folder' }))
  })
  await app.keyboard.press('Control+,')
  await app.getByRole('combobox', { name: 'Language' }).selectOption('ru')
  await app.keyboard.press('Escape')
  await app.getByRole('option').first().click()
  await app.keyboard.press('Control+s')
  const dialog = app.getByRole('dialog', { name: 'Сохранить копии 1 фотографии' })
  await dialog.getByRole('textbox', { name: 'Путь к папке' }).fill(join(photoFolder, 'копии'))
  await app.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('Это папка вашей библиотеки.')
  expect(readdirSync(photoFolder)).not.toContain('копии')
  await picture('save-copies-dark')
  expect(await faults(app)).toEqual([])
  await dialog.getByRole('button', { name: 'Всё равно сохранить' }).click()
  await expect(app.getByText('Сохранена 1 копия.')).toBeVisible()
  expect(readdirSync(join(photoFolder, 'копии'))).toHaveLength(1)
  rmSync(join(photoFolder, 'копии'), { recursive: true })
})

test('the picture is put on the clipboard with Ctrl-C, and the path by the menu', async ({
  sharedApp: app,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await cells(app)
    .filter({ has: app.locator('img.there') })
    .first()
    .click()
  await app.keyboard.press('Control+c')
  await expect(app.getByText('The picture is on the clipboard.')).toBeVisible()
  const size = await app.evaluate(async () => {
    const [item] = await navigator.clipboard.read()
    const png = await item?.getType('image/png')
    return png === undefined ? null : (await createImageBitmap(png)).width
  })
  expect(size).toBe(500)

  await cells(app).first().click({ button: 'right' })
  await app.getByRole('menuitem', { name: 'Copy the path' }).click()
  await expect.poll(() => app.evaluate(() => navigator.clipboard.readText())).toMatch(/^\/.+\.JPEG$/u)
  expect(existsSync(await app.evaluate(() => navigator.clipboard.readText()))).toBe(true)
})
