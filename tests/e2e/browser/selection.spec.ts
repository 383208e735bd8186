import { ask, cells, expect, expectFound, photoCount, test } from './kartoteka.ts'

test('click, Shift and Ctrl select; a label is added to all of them and taken back', async ({
  app,
  picture,
}) => {
  await cells(app).nth(1).click()
  await cells(app)
    .nth(4)
    .click({ modifiers: ['Shift'] })
  await cells(app)
    .nth(2)
    .click({ modifiers: ['ControlOrMeta'] })
  const bar = app.getByRole('region', { name: 'Selected photos' })
  await expect(bar).toContainText('3 selected')
  await picture('selection')

  await bar.getByRole('button', { name: 'Add label' }).click()
  await app.getByRole('combobox', { name: 'Add label' }).fill('trip')
  await app.getByRole('option', { name: 'New label “trip”' }).click()
  await expect(app.getByText('“trip” added to 3 photos.')).toBeVisible()
  await expect(bar).toHaveCount(0)
  await ask(app, 'trip')
  await expectFound(app, 3)
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(app.getByRole('heading', { name: /Nothing found/u })).toBeVisible()
})

test('everything can be selected, also what is not on the screen, and let go again', async ({ app }) => {
  await app.keyboard.press('Control+a')
  const bar = app.getByRole('region', { name: 'Selected photos' })
  await expect(bar).toContainText(`${photoCount} selected`)
  await app.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
})
