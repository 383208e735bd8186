import { DatabaseSync } from 'node:sqlite'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './kartoteka.ts'

test('a library of a newer version is left alone, and the window says why', async ({
  page,
  serve,
  indexedLibrary,
  emptyLibrary,
  picture,
}) => {
  await cp(indexedLibrary, emptyLibrary, { recursive: true })
  const database = new DatabaseSync(join(emptyLibrary, 'library.sqlite'))
  database.exec('PRAGMA user_version = 99')
  database.close()
  await page.goto((await serve(emptyLibrary)).url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'The library was made by a newer Kartoteka.',
  )
  await expect(page.getByRole('alert')).toContainText('version 99')
  await picture('library-refused')
})
