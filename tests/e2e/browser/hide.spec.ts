import { AxeBuilder } from '@axe-core/playwright'
import { ask, cells, expect, expectFound, photoCount, searchBox, selectionBar, test } from './kartoteka.ts'

test('H takes photos off the wall and out of searches; they have a page of their own, and come back', async ({
  app,
  picture,
}) => {
  const rail = app.getByRole('navigation', { name: 'Library' })
  const hiddenRow = rail.getByRole('button', { name: 'Hidden' })
  await expect(hiddenRow).toHaveCount(0)
  await app.getByRole('option', { name: /zebra/u }).click()
  await app.getByRole('option', { name: /jaguar/u }).click({ modifiers: ['Control'] })
  await app.keyboard.press('h')
  await expect(app.getByText('2 photos are hidden.')).toBeVisible()
  await expectFound(app, photoCount - 2)
  await expect(selectionBar(app)).toHaveCount(0)
  await expect(rail.getByRole('button', { name: `All photos ${photoCount - 2}` })).toBeVisible()
  await expect(hiddenRow).toHaveAccessibleName('Hidden 2')
  await ask(app, 'zebra')
  await expect(app.getByRole('heading', { name: /Nothing found/u })).toBeVisible()

  await hiddenRow.click()
  await expectFound(app, 2)
  await expect(searchBox(app)).toHaveValue('is:hidden')
  await picture('hidden-page')
  const { violations } = await new AxeBuilder({ page: app }).analyze()
  expect(violations).toEqual([])
  await cells(app).first().click()
  await selectionBar(app).getByRole('button', { name: 'Show again' }).click()
  await expect(app.getByText('1 photo is visible again.')).toBeVisible()
  await expectFound(app, 1)

  await app.getByRole('button', { name: 'Undo' }).click()
  await expectFound(app, 2)
  await app.keyboard.press('Control+z')
  await expect(hiddenRow).toHaveCount(0)
  await rail.getByRole('button', { name: /^All photos/u }).click()
  await expectFound(app, photoCount)
})
