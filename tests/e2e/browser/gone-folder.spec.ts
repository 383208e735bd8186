import { rename } from 'node:fs/promises'
import { cells, expect, expectFound, photoCount, test } from './kartoteka.ts'

test('photos thought to be away are hidden when a person says that they are gone, and come back with Undo or with their files', async ({
  app,
  photoFolder,
}) => {
  const rail = app.getByRole('navigation')
  const elsewhere = `${photoFolder}-elsewhere`
  await rename(photoFolder, elsewhere)
  try {
    await rail.getByRole('button', { name: 'Folders', exact: true }).click()
    await app.getByRole('button', { name: /^The photos of .* are gone/u }).click()
    const question = app.getByRole('alertdialog')
    await expect(question).toContainText(`${photoCount} photos`)
    await question.getByRole('button', { name: 'Yes, they are gone' }).click()
    await expect(question).toHaveCount(0)
    await rail.getByRole('button', { name: /^All photos/u }).click()
    await expect(cells(app)).toHaveCount(0)

    await app.getByRole('button', { name: 'Undo' }).click()
    await expectFound(app, photoCount)
    await app.keyboard.press('Control+Shift+z')
    await expect(cells(app)).toHaveCount(0)
    await app.keyboard.press('Control+z')
    await expectFound(app, photoCount)
    await app.keyboard.press('Control+Shift+z')
    await expect(cells(app)).toHaveCount(0)
  } finally {
    await rename(elsewhere, photoFolder)
  }
  await expectFound(app, photoCount)
  await expect(cells(app).and(app.getByRole('option', { name: /zebra \d+%/u }))).toHaveCount(1)
})
