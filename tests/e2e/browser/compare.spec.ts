import type { Page } from '@playwright/test'
import { cells, expect, expectFound, photoCount, test } from './kartoteka.ts'

/** Selects so many of the first photos and lays them side by side. */
async function compare(app: Page, count: number) {
  for (let at = 0; at < count; at++)
    await cells(app)
      .nth(at)
      .click({ modifiers: ['ControlOrMeta'] })
  await app.keyboard.press('v')
  const dialog = app.getByRole('dialog', { name: `Compare ${count} photos` })
  const panes = dialog.getByRole('group', { name: 'Photos side by side' }).getByRole('figure')
  await expect(panes).toHaveCount(count)
  return { dialog, panes }
}

test('photos lie side by side and are zoomed as one; arrows mark, Escape leaves', async ({
  sharedApp: app,
  picture,
}) => {
  const { dialog, panes } = await compare(app, 3)
  await expect(panes.nth(0)).toContainText('marked')
  await app.keyboard.press('ArrowRight')
  await expect(panes.nth(1)).toContainText('marked')
  await app.keyboard.press('ArrowLeft')
  await app.keyboard.press('ArrowLeft')
  await expect(panes.nth(2)).toContainText('marked')
  await picture('compare')

  const widths = () =>
    panes.locator('img.view').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width))
  const fitted = await widths()
  await app.keyboard.press('+')
  await expect
    .poll(async () => (await widths()).map((width, at) => width > (fitted[at] ?? 0) * 1.4))
    .toEqual([true, true, true])
  await app.keyboard.press('z')
  await expect.poll(async () => (await widths()).map(Math.round)).toEqual(fitted.map(Math.round))
  await app.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expectFound(app, photoCount)
})

test('the marked one is kept and the others are hidden, in one step', async ({ app }) => {
  const { dialog } = await compare(app, 3)
  await app.keyboard.press('ArrowRight')
  await app.keyboard.press('4')
  await expect(
    dialog.getByRole('figure').nth(1).getByRole('img', { name: '4 stars', exact: true }),
  ).toBeVisible()
  await app.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(app.getByText('2 other photos are hidden.')).toBeVisible()
  await expectFound(app, photoCount - 2)
  await app.keyboard.press('Control+z')
  await expectFound(app, photoCount)
})

test('one photo, or five, cannot be compared', async ({ sharedApp: app }) => {
  await cells(app)
    .first()
    .click({ modifiers: ['ControlOrMeta'] })
  await app.keyboard.press('v')
  for (const at of [1, 2, 3, 4])
    await cells(app)
      .nth(at)
      .click({ modifiers: ['ControlOrMeta'] })
  await app.keyboard.press('v')
  await expect(app.getByRole('dialog')).toHaveCount(0)
})
