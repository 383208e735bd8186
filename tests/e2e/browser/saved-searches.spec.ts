import { AxeBuilder } from '@axe-core/playwright'
import { ask, expect, expectFound, photoCount, test } from './kartoteka.ts'

test('a search typed for the third time is offered to be kept, and finds what it finds then', async ({
  app,
}) => {
  const list = app.getByRole('navigation').getByRole('list', { name: 'Saved searches' })
  for (let time = 1; time <= 3; time += 1) {
    await ask(app, 'name:n02')
    await expect(app.getByText('You search for “name:n02” often.')).toHaveCount(time === 3 ? 1 : 0)
    if (time < 3) await ask(app, '')
  }
  await app.getByRole('button', { name: 'Save', exact: true }).click()
  const dialog = app.getByRole('dialog', { name: 'Save this search' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Series two')
  await app.keyboard.press('Enter')
  await expect(list.getByRole('button', { name: 'Series two', exact: false }).first()).toBeVisible()

  await ask(app, '')
  await expectFound(app, photoCount)
  await list.getByRole('button', { name: /^Series two \d+$/u }).click()
  await expect(list.getByRole('button', { name: /^Series two \d+$/u })).toHaveAttribute(
    'aria-current',
    'page',
  )
  expect((await new AxeBuilder({ page: app }).analyze()).violations).toEqual([])

  await list.getByRole('button', { name: /^Series two \d+$/u }).focus()
  await app.keyboard.press('F2')
  await app.getByRole('textbox', { name: 'Name' }).fill('The two')
  await app.keyboard.press('Enter')
  await list.getByRole('button', { name: /^The two \d+$/u }).focus()
  await app.keyboard.press('Delete')
  await expect(list).toHaveCount(0)
  await app.keyboard.press('Control+z')
  await expect(list.getByRole('button', { name: /^The two \d+$/u })).toBeVisible()
  await app.keyboard.press('Control+z')
  await expect(list.getByRole('button', { name: /^Series two \d+$/u })).toBeVisible()
  await app.keyboard.press('Control+z')
  await expect(list).toHaveCount(0)

  // The offer is for the question that stands there: it does not outlive that, however long somebody looks at it.
  const offer = app.getByText('You search for “name:n01” often.')
  for (let time = 1; time <= 3; time += 1) {
    if (time > 1) await ask(app, '')
    await ask(app, 'name:n01')
  }
  await offer.hover()
  await ask(app, 'name:n02')
  await expect(offer).toHaveCount(0)
})

test('a search is kept with its order, from the sidebar', async ({ app }) => {
  await ask(app, 'animal')
  await app.getByRole('button', { name: /^Best matches first/u }).click()
  await app.getByRole('menuitemradio', { name: 'By date' }).click()
  await app.getByRole('button', { name: 'Save this search' }).click()
  await app.getByRole('textbox', { name: 'Name' }).waitFor()
  await app.keyboard.press('Enter')
  const line = app
    .getByRole('navigation')
    .getByRole('button', { name: /^animal( \d+)?$/u })
    .last()
  await expect(app.getByText('Search “animal” saved.')).toBeVisible()
  await ask(app, '')
  await line.click()
  await expect(app.getByRole('button', { name: /^Sorted by date/u })).toBeVisible()
})
