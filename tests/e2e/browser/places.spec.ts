import { cp } from 'node:fs/promises'
import { takenInRome } from '../../fixtures/places-in-library.ts'
import { cells, expect, expectFound, openPhoto, searchBox, test } from './kartoteka.ts'

test('the place of a photo is told, and a click on it finds what was taken there', async ({
  indexedLibrary,
  emptyLibrary,
  serve,
  page,
}) => {
  await cp(indexedLibrary, emptyLibrary, { recursive: true })
  takenInRome(emptyLibrary, 41.99, ['%zebra%', '%alp%'])
  const { url } = await serve(emptyLibrary)
  await page.goto(url)
  await cells(page).first().waitFor()

  const viewer = await openPhoto(page, /zebra/u)
  await expect(viewer.getByText('11 km from the centre of Rome')).toBeVisible()
  await expect(viewer.getByText('41.9900° N, 12.5110° E')).toBeVisible()
  await expect(viewer.getByRole('button', { name: 'Italy' })).toBeVisible()
  await viewer.getByRole('button', { name: 'Rome' }).click()
  await expect(viewer).toBeHidden()
  await expectFound(page, 2)
  await expect(searchBox(page)).toHaveValue('place:"Rome, Lazio, Italy"')
  await page.goBack()
  await expect(searchBox(page)).toHaveValue('')
})
