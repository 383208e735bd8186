import { AxeBuilder } from '@axe-core/playwright'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, expectFound, photoCount, test } from './kartoteka.ts'

test('a library from another computer shows its folders, and looks into them after one click', async ({
  page,
  serve,
  emptyLibrary,
  indexedLibrary,
  photoFolder,
}) => {
  await cp(indexedLibrary, emptyLibrary, { recursive: true })
  const before = process.env['XDG_CONFIG_HOME']
  const elsewhere = await mkdtemp(join(tmpdir(), 'kartoteka-elsewhere-'))
  process.env['XDG_CONFIG_HOME'] = elsewhere
  try {
    await page.goto((await serve(emptyLibrary)).url)
    await expectFound(page, photoCount)
    const notices = page.getByRole('region', { name: 'Notices' })
    await expect(notices).toContainText(photoFolder)
    await page.getByRole('navigation').getByRole('button', { name: 'Folders', exact: true }).click()
    await expect(page.getByRole('main')).toContainText('not scanned on this computer yet')
    await expect(page.getByRole('button', { name: /^Look for photos in/u })).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

    await notices.getByRole('button', { name: 'Scan its folders' }).click()
    await expect(notices.getByRole('button', { name: 'Scan its folders' })).toHaveCount(0)
    await expect(page.getByRole('main')).not.toContainText('not scanned on this computer yet')
    await expect(page.getByRole('button', { name: /^Scan kartoteka-.* again$/u })).toBeEnabled()
  } finally {
    if (before === undefined) delete process.env['XDG_CONFIG_HOME']
    else process.env['XDG_CONFIG_HOME'] = before
    await rm(elsewhere, { recursive: true })
  }
})

test('a folder that holds more than photos is asked about, with the reason', async ({ app }) => {
  await app.getByRole('button', { name: 'Add a folder…' }).first().click()
  const dialog = app.getByRole('dialog', { name: 'Choose a folder' })
  await dialog.getByRole('list').waitFor()
  await dialog.getByRole('textbox', { name: 'Path of the folder' }).fill('/')
  await dialog.getByRole('textbox', { name: 'Path of the folder' }).press('Enter')
  await dialog.getByRole('button', { name: 'Choose /', exact: true }).click()
  const question = app.getByRole('alertdialog', { name: 'Look for photos here?' })
  await expect(question).toContainText('everything on this disk')
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  expect((await new AxeBuilder({ page: app }).analyze()).violations).toEqual([])
  await app.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await expectFound(app, photoCount)
})
