import { cp } from 'node:fs/promises'
import { gazetteerFileOf } from '../../fixtures/small-gazetteer.ts'
import { startServer } from '../../fixtures/served-shell.ts'
import { ask, cells, expect, expectFound, openPhoto, test } from './kartoteka.ts'

test('a town is typed and chosen; photos taken within an hour follow; all of it is taken back', async ({
  indexedLibrary,
  emptyLibrary,
  page,
}) => {
  await cp(indexedLibrary, emptyLibrary, { recursive: true })
  const server = await startServer(emptyLibrary, { env: { KARTOTEKA_PLACES: gazetteerFileOf() } })
  await page.goto(server.url)
  await cells(page).first().waitFor()

  const viewer = await openPhoto(page, /zebra/u)
  await page.keyboard.press('p')
  const places = page.getByRole('dialog', { name: 'Place' })
  await expect(places.getByRole('combobox', { name: 'Town' })).toBeFocused()
  await page.keyboard.type('firen')
  await expect(places.getByRole('option')).toHaveText(/Florence.*Tuscany, Italy/u)
  // A long list of towns does not pull the choices beside it apart.
  await places.getByRole('listbox').evaluate((list) => (list.style.height = '200px'))
  const heights = await places
    .locator('label:has([type=radio])')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height))
  expect(Math.max(...heights)).toBeLessThan(2 * Math.min(...heights))
  // Keys that are faster than their answers: the first picks the town, the second gives it to the photo.
  await places.getByRole('combobox', { name: 'Town' }).fill('firenz')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(places).toBeHidden()
  await expect(viewer.getByRole('button', { name: 'Florence' })).toBeVisible()
  await expect(viewer.getByText('In the file: nothing')).toBeVisible()
  await page.keyboard.press('Escape')

  await cells(page).first().click()
  await page.keyboard.press('Control+a')
  await cells(page).first().click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Place…' }).click()
  await places.getByRole('radio', { name: 'From photos taken within an hour' }).click()
  await expect(places.getByRole('status')).toHaveText('1 photo gets another place')
  await expect(places.getByRole('row').nth(1)).toContainText(
    /flamingo.*No place.*Florence.*as n\d+_zebra\.JPEG/u,
  )
  await expect(places.getByText(/^1 photo already has a place: n\d+_zebra\.JPEG/u)).toBeVisible()
  await expect(places.getByText(/^13 photos have no neighbour with a place/u)).toBeVisible()
  await places.getByRole('button', { name: 'Change 1 place' }).click()
  await ask(page, 'florence')
  await expectFound(page, 2)
  // In the box it would take back what was typed.
  await page.locator('#wall').focus()
  await page.keyboard.press('Control+z')
  await expectFound(page, 1)
  await page.keyboard.press('Control+z')
  await ask(page, 'has:place')
  await expect(cells(page)).toHaveCount(0)
  await server.stop()
})
