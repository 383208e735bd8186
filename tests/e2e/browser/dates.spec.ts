import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ask, cells, expect, expectFound, openPhoto, test } from './kartoteka.ts'

test('a date is told as far as it is known, and where it comes from', async ({
  indexedLibrary,
  emptyLibrary,
  serve,
  page,
}) => {
  await cp(indexedLibrary, emptyLibrary, { recursive: true })
  const database = new DatabaseSync(join(emptyLibrary, 'library.sqlite'))
  const set = database.prepare(`
    UPDATE photo SET taken_at = unixepoch(?), taken_precision = ?, taken_from = 'folder-name', keywords = ?, keyword_paths = ?
    WHERE id IN (SELECT photo_id FROM file WHERE name LIKE ?)`)
  const [words, paths] = [['Africa', 'Kenya', 'wild'], [['Africa', 'Kenya']]].map((each) =>
    JSON.stringify(each),
  )
  set.run('1965-01-01', 'year', words ?? null, paths ?? null, '%zebra%')
  set.run('1965-07-01', 'month', null, null, '%alp%')
  database.close()
  const { url } = await serve(emptyLibrary)
  await page.goto(url)
  await cells(page).first().waitFor()

  await ask(page, '1965')
  await expectFound(page, 2)
  await expect(page.locator('.headings .heading:not(.sticky)')).toHaveText([/^(July|Jul) 1965/u, /^1965/u])
  await expect(cells(page).filter({ has: page.locator('.badge.quiet') })).toHaveCount(0)
  const viewer = await openPhoto(page, /zebra/u)
  await expect(viewer.getByRole('definition').getByText('1965', { exact: true })).toBeVisible()
  await expect(viewer.getByText('read from the folder’s name')).toBeVisible()
  await expect(viewer.getByText('Africa › Kenya · wild')).toBeVisible()
  await page.keyboard.press('Escape')

  await ask(page, '1965-01')
  await expect(cells(page)).toHaveCount(0)
  const mark = 'Date of the file: the photo itself has none'
  await ask(page, 'is:undated')
  await expect(cells(page).first().getByTitle(mark)).toBeVisible()
  await ask(page, 'is:undated flamingo')
  await expect(cells(page).first()).toHaveAccessibleName(/Date of the file: the photo itself has none/u)
  await expect(page.getByTitle(mark)).toHaveCount(0)
})
