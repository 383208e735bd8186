import { AxeBuilder } from '@axe-core/playwright'
import { ask, expect, expectFound, openPhoto, test } from './kartoteka.ts'

test('a title and a note are written in the viewer, found by their words, and taken back', async ({
  app,
  picture,
}) => {
  const viewer = await openPhoto(app, /zebra/u)
  await viewer.getByRole('button', { name: 'Add a title' }).click()
  const title = viewer.getByRole('textbox', { name: 'Title' })
  await title.fill('Stripes')
  await title.press('Escape')
  await expect(viewer.getByRole('button', { name: 'Add a title' })).toBeFocused()
  await app.keyboard.press('Enter')
  // While one types, keys that mean something elsewhere write, and undo is the box's own.
  await app.keyboard.type('Fifi at four')
  await app.keyboard.type('x')
  await app.keyboard.press('Control+z')
  await expect(title).not.toHaveValue('Fifi at fourx')
  await title.fill('Fifi at four')
  await title.press('Enter')
  await expect(viewer.getByRole('heading', { level: 2, name: 'Fifi at four' })).toBeVisible()
  await expect(viewer.getByText('n02391049_zebra.JPEG').first()).toBeVisible()

  await viewer.getByRole('button', { name: 'Add a note' }).click()
  const note = viewer.getByRole('textbox', { name: 'Note' })
  await note.fill('Uncle Basil took it.')
  await note.press('Enter')
  await app.keyboard.type('With the Lubitel.')
  await picture('title-note-editing')
  await note.press('Control+Enter')
  await expect(viewer.getByRole('button', { name: /^Change the note/u })).toContainText('With the Lubitel.')
  await picture('title-note')
  const { violations } = await new AxeBuilder({ page: app }).analyze()
  expect(violations).toEqual([])
  await app.keyboard.press('Escape')

  for (const text of ['fifi', 'lubitel', 'title:four', 'note:"uncle basil"']) {
    await ask(app, text)
    await expectFound(app, 1)
  }
  const photo = app.getByRole('option', { name: /^Fifi at four, zebra/u })
  await expect(photo).toHaveAttribute('title', 'Fifi at four\nnote: Uncle Basil took it.')
  await app.locator('#wall').focus()
  await app.keyboard.press('Control+z')
  await expect(app.getByRole('heading', { name: /Nothing found/u })).toBeVisible()
  await ask(app, 'fifi')
  await expectFound(app, 1)
  await app.locator('#wall').focus()
  await app.keyboard.press('Control+z')
  await expect(app.getByRole('heading', { name: /Nothing found/u })).toBeVisible()
})
