import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { cells, expect, expectFound, openPhoto, searchBox, test } from './kartoteka.ts'

test('the place of a photo is told, and a click on it finds what was taken there', async ({
  indexedLibrary,
  emptyLibrary,
  serve,
  page,
}) => {
  await cp(indexedLibrary, emptyLibrary, { recursive: true })
  const database = new DatabaseSync(join(emptyLibrary, 'library.sqlite'))
  database.exec(`
    INSERT INTO place VALUES
      (1, 'country', 'IT', NULL, 'Italy', '{"ru":"Италия"}', NULL, NULL, 'italy'),
      (2, 'region', 'IT.07', 1, 'Lazio', '{}', NULL, NULL, 'lazio'),
      (3, 'town', '3169070', 2, 'Rome', '{"ru":"Рим"}', 41.892, 12.511, 'rome');
    UPDATE photo SET latitude = 41.99, longitude = 12.511, place_id = 3, placed = 1
      WHERE id IN (SELECT photo_id FROM file WHERE name LIKE '%zebra%' OR name LIKE '%alp%');`)
  database.close()
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
