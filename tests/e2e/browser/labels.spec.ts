import { ask, cells, expect, expectFound, holdRequests, searchBox, selectionBar, test } from './kartoteka.ts'
import type { Page } from '@playwright/test'

async function label(app: Page, photo: number, name: string): Promise<void> {
  await cells(app).nth(photo).click()
  await selectionBar(app).waitFor()
  await app.keyboard.press('l')
  await app.getByRole('combobox', { name: 'Add label' }).fill(name)
  await app.keyboard.press('Enter')
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

test('that two labels become one is asked also of whoever presses Enter before the other labels are known', async ({
  app,
}) => {
  await label(app, 0, 'trip')
  await label(app, 1, 'journey')
  const letGo = await holdRequests(app, 'getOwnLabels')
  await ask(app, 'journey')
  await expectFound(app, 1)
  await rename(app, 'journey').click()
  await app.getByRole('textbox', { name: 'New name' }).fill('Trip')
  await app.keyboard.press('Enter')
  letGo()
  await expect(app.getByRole('alert')).toContainText('There is already a label “trip” (1 photo).')
  await app.keyboard.press('Enter')
  await ask(app, 'trip')
  await expectFound(app, 2)
})

test('a label that no photo has any more is listed, deleted, and brought back', async ({ app }) => {
  await label(app, 0, 'trip')
  await cells(app).first().dblclick()
  await app.getByRole('button', { name: 'Take back what you said about “trip”' }).click()
  await expect(app.getByText('Back to what was recognised: “trip”.')).toBeVisible()
  await app.keyboard.press('Escape')
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
  // What the look through the folders at the start found is asked for, too.
  await expect(async () => {
    sent.length = 0
    await app.waitForTimeout(2000)
    expect(sent).toEqual([])
  }).toPass()
  await label(app, 0, 'trip')
  await expect(
    app.getByRole('tree', { name: 'Things' }).getByRole('treeitem', { name: 'trip' }),
  ).toBeVisible()
  const asked = sent.map((frame) => (JSON.parse(frame) as { call: string }).call)
  expect(asked).toContain('getFacets')
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
  await expect(app.getByRole('alert')).toContainText('There is already a label “trip” (1 photo).')
  await picture('label-merge')
  await app.getByRole('button', { name: 'Merge' }).click()
  await expect(app.getByText('was merged into')).toBeVisible()
  await expect(labels).toHaveCount(1)
  await expect(labels).toContainText('2 photos')

  await undo(app)
  await expect(labels).toHaveCount(2)
})

const picker = (app: Page) => app.getByRole('combobox', { name: 'Add label' })

test('Enter gives the label that was typed, however fast: a known one by its whole name, else a new one', async ({
  app,
}) => {
  const given: readonly (readonly [typed: string, added: string])[] = [
    ['my dog', 'my dog'],
    ['from A', 'from A'],
    ['cat', 'cat'],
    ['goldfish', 'goldfish'],
    ['gold', 'gold'],
    ['kitty', 'cat'],
    ['ZEBRA', 'zebra'],
  ]
  for (const [at, [typed, added]] of given.entries()) {
    await cells(app).nth(at).click()
    await app.keyboard.press('l')
    await expect(picker(app)).toBeFocused()
    await app.keyboard.type(typed)
    await app.keyboard.press('Enter')
    await expect(app.getByText(`“${added}” added to 1 photo.`)).toBeVisible()
    await app.getByRole('button', { name: 'Dismiss' }).click()
  }
})

test('labels that begin like the text are seen before a new one, which is marked; the arrows reach them', async ({
  app,
  picture,
}) => {
  await cells(app).first().click()
  await app.keyboard.press('l')
  await picker(app).fill('gold')
  const offers = app.getByRole('listbox', { name: 'Add label' }).getByRole('option')
  await expect(offers.last()).toHaveText('New label “gold”')
  await expect(offers.last()).toHaveAttribute('aria-selected', 'true')
  await expect(offers.last()).toBeInViewport()
  await expect(offers.filter({ hasText: 'goldfish' })).toHaveCount(1)
  await picture('label-picker')
  const first = (await offers.first().locator('.cut').first().textContent())?.trim() ?? ''
  await app.keyboard.press('ArrowDown')
  await app.keyboard.press('Enter')
  await expect(app.getByText(`“${first}” added to 1 photo.`)).toBeVisible()
})

test('what does not exist cannot be confirmed', async ({ sharedApp: app }) => {
  await cells(app).first().click()
  await app.keyboard.press('c')
  await app.getByRole('combobox', { name: 'Confirm' }).fill('my dog')
  await expect(app.getByText('No such label.')).toBeVisible()
  await app.keyboard.press('Enter')
  await expect(selectionBar(app)).toBeVisible()
  await expect(app.getByRole('combobox', { name: 'Confirm' })).toBeFocused()
})
