import { AxeBuilder } from '@axe-core/playwright'
import { rename } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Page } from '@playwright/test'
import { cells, expect, expectFound, photoCount, test } from './kartoteka.ts'

/** In the window's own folder dialog, by keys alone once it is there. */
async function choose(page: Page, title: string, folder: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title })
  await dialog.getByRole('list').waitFor()
  await dialog.getByRole('textbox', { name: 'Path of the folder' }).fill(folder)
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: `Choose ${folder}`, exact: true }).press('Enter')
}

test('a folder that was renamed is offered as what it was, and its photos are there once; it can be named by hand, too', async ({
  app,
  photoFolder,
}) => {
  const renamed = `${photoFolder}-renamed`
  await rename(photoFolder, renamed)
  try {
    await app.getByRole('button', { name: 'Add a folder…' }).first().press('Enter')
    await choose(app, 'Choose a folder', renamed)
    const question = app.getByRole('alertdialog', { name: 'Is this the same folder under another name?' })
    await expect(question).toContainText(photoFolder)
    await expect(question).toContainText(`${photoCount} photos`)
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
    expect((await new AxeBuilder({ page: app }).analyze()).violations).toEqual([])
    await app.keyboard.press('Tab')
    await app.keyboard.press('Tab')
    await expect(question.getByRole('button', { name: 'Same folder' })).toBeFocused()
    await app.keyboard.press('Enter')
    await expect(question).toHaveCount(0)

    await app.getByRole('navigation').getByRole('button', { name: 'Folders', exact: true }).click()
    await expect(app.getByRole('main')).toContainText(renamed)
    await expect(app.getByRole('main').getByRole('listitem')).toHaveCount(1)
    const elsewhere = `The photos of ${basename(renamed)} have moved…`
    await app.getByRole('button', { name: elsewhere }).press('Enter')
    await choose(app, 'Where are these photos now?', '/')
    await expect(
      app.getByRole('status').filter({ hasText: 'It does not hold the photos of that folder' }),
    ).toBeVisible()
  } finally {
    await rename(renamed, photoFolder)
  }
  await app.getByRole('button', { name: `The photos of ${basename(renamed)} have moved…` }).click()
  await choose(app, 'Where are these photos now?', photoFolder)
  await expect(app.getByRole('main')).not.toContainText(renamed)
  await app
    .getByRole('navigation')
    .getByRole('button', { name: /^All photos/u })
    .click()
  await expectFound(app, photoCount)
  await expect(cells(app).and(app.getByRole('option', { name: /not connected|copies/u }))).toHaveCount(0)
})
