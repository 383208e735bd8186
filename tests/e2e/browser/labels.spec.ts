import { ask, cells, expect, expectFound, searchBox, test } from './kartoteka.ts'
import type { Page } from '@playwright/test'

async function label(app: Page, photo: number, name: string): Promise<void> {
  await cells(app).nth(photo).click()
  await app.keyboard.press('l')
  await app.getByRole('combobox', { name: 'Add label' }).fill(name)
  await app.getByRole('option', { name, exact: false }).last().click()
  await expect(app.getByText(`“${name}” added to 1 photo.`)).toBeVisible()
}

/** The message before it may still be on its way out. */
async function undo(app: Page): Promise<void> {
  const button = app.getByRole('button', { name: 'Undo' })
  await expect(button).toHaveCount(1)
  await button.click()
}

const rename = (app: Page, from: string) => app.getByRole('button', { name: `Rename “${from}”` })

test('a label of one’s own is renamed from the search that asks for it, and back', async ({
  app,
  picture,
}) => {
  await label(app, 0, 'trip')
  await ask(app, 'trip')
  await expectFound(app, 1)
  await rename(app, 'trip').click()
  const dialog = app.getByRole('dialog', { name: 'Rename “trip”' })
  await expect(dialog.getByRole('textbox', { name: 'New name' })).toBeFocused()
  await app.keyboard.type('Our journey')
  await picture('label-rename')
  await dialog.getByRole('textbox', { name: 'New name' }).press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(app.getByText('“trip” is now called “Our journey”.')).toBeVisible()
  await expect(searchBox(app)).toHaveValue(/Our journey/u)
  await expectFound(app, 1)

  await undo(app)
  await ask(app, 'trip')
  await expectFound(app, 1)
})

test('a label that no photo has any more is listed, deleted, and brought back', async ({ app }) => {
  await label(app, 0, 'trip')
  await undo(app)
  await expect(app.getByText('Undone.')).toBeVisible()
  await app.keyboard.press('Control+,')
  await app.getByRole('tab', { name: 'Your labels' }).click()
  const labels = app.getByRole('list', { name: 'Your labels' }).getByRole('listitem')
  await expect(labels).toHaveCount(1)
  await expect(labels).toContainText('0 photos')
  await app.getByRole('button', { name: 'Delete “trip”' }).click()
  await expect(app.getByText('No labels of your own yet.')).toBeVisible()

  await undo(app)
  await expect(labels).toContainText('trip')
})

test('the counts of labels follow a decision, without the tree of folders being asked for', async ({
  app,
}) => {
  const sent: string[] = []
  app.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => sent.push(String(payload)))
  })
  await app.reload()
  await expect(app.getByRole('tree', { name: 'Folders' })).toBeVisible()
  sent.length = 0
  await label(app, 0, 'trip')
  await expect(
    app.getByRole('tree', { name: 'Things' }).getByRole('treeitem', { name: 'trip' }),
  ).toBeVisible()
  const asked = sent.map((frame) => (JSON.parse(frame) as { call: string }).call)
  expect(asked).toContain('getThings')
  expect(asked).not.toContain('getFolders')
})

test('two labels become one after a question, and two again', async ({ app, picture }) => {
  await label(app, 0, 'trip')
  await label(app, 1, 'journey')
  await app.keyboard.press('Control+,')
  await app.getByRole('tab', { name: 'Your labels' }).click()
  const labels = app.getByRole('list', { name: 'Your labels' }).getByRole('listitem')
  await expect(labels).toHaveCount(2)
  await picture('settings-labels')
  await rename(app, 'journey').click()
  await app.getByRole('textbox', { name: 'New name' }).fill('Trip')
  await app.getByRole('button', { name: 'Rename', exact: true }).click()
  await expect(app.getByRole('alert')).toContainText('There already is a label “trip” (1 photo).')
  await picture('label-merge')
  await app.getByRole('button', { name: 'Join the two' }).click()
  await expect(app.getByText('are now one label')).toBeVisible()
  await expect(labels).toHaveCount(1)
  await expect(labels).toContainText('2 photos')

  await undo(app)
  await expect(labels).toHaveCount(2)
})
