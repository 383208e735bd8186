import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brokenCount, cells, expect, expectFound, photoCount, test } from './kartoteka.ts'

test('problems name every file and say why; they can be tried again', async ({ app, picture }) => {
  await app.getByRole('button', { name: /^Problems/u }).click()
  await expect(app.getByText(`${brokenCount} files could not be used.`)).toBeVisible()
  const rows = app.getByRole('main').getByRole('listitem')
  await expect(rows.filter({ hasText: 'empty.jpg' })).toContainText('Empty file')
  await expect(rows.filter({ hasText: 'letter.jpg' })).toContainText('Not a picture')
  await picture('problems')
  await app.getByRole('button', { name: 'Try empty.jpg again' }).click()
  await expect(app.getByText('Trying 1 file again.')).toBeVisible()
  await expect(rows).toHaveCount(brokenCount)
})

test('a folder is removed after a question, keeps its tags, and comes back without a second look', async ({
  app,
  photoFolder,
  picture,
}) => {
  await app.getByRole('navigation').getByRole('button', { name: 'Folders', exact: true }).click()
  await app.getByRole('button', { name: /^Remove .* from the library/u }).click()
  const question = app.getByRole('alertdialog')
  await expect(question.getByRole('checkbox', { name: /Keep what Kartoteka knows/u })).toBeChecked()
  await picture('folder-removal')
  await question.getByRole('button', { name: 'Remove' }).click()
  await expect(app.getByRole('heading', { name: 'Find your photos by what is in them' })).toBeVisible()

  await app.getByRole('button', { name: 'Choose folders…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Choose a folder' })
  // The path of the first folder is written into the box when its list has come.
  await dialog.getByRole('list').waitFor()
  await dialog.getByRole('textbox', { name: 'Path of the folder' }).fill(photoFolder)
  await dialog.getByRole('textbox', { name: 'Path of the folder' }).press('Enter')
  await dialog.getByRole('button', { name: `Choose ${photoFolder}` }).click()
  await app.getByRole('button', { name: 'Start', exact: true }).click()
  await app.getByRole('button', { name: /^All photos/u }).click()
  await expectFound(app, photoCount)
  await expect(cells(app).and(app.getByRole('option', { name: /zebra \d+%/u }))).toHaveCount(1)
})

test('the question about a folder tells of the photos that came while it stood', async ({
  app,
  photoFolder,
}) => {
  await app.getByRole('navigation').getByRole('button', { name: 'Folders', exact: true }).click()
  await app.getByRole('button', { name: /^Remove .* from the library/u }).click()
  const question = app.getByRole('alertdialog')
  await expect(question).toContainText(`${photoCount} photos`)
  const more = join(photoFolder, 'one more zebra.jpg')
  try {
    // Another content, or it would be the same photo.
    const zebra = await readFile(join(photoFolder, 'n02391049_zebra.JPEG'))
    await writeFile(more, Buffer.concat([zebra, Buffer.from('edited')]))
    await expect(question).toContainText(`${photoCount + 1} photos`)
  } finally {
    await rm(more)
  }
})

test('the folders are shown with their photos and can be looked through again', async ({ app, picture }) => {
  await app.getByRole('navigation').getByRole('button', { name: 'Folders', exact: true }).click()
  await expect(app.getByRole('main')).toContainText(`${photoCount} photos`)
  await picture('folders')
  await app.getByRole('button', { name: 'Scan all folders again' }).click()
  await expect(
    app.getByRole('region', { name: 'Indexing' }).getByText('Everything is up to date'),
  ).toBeVisible()
})
