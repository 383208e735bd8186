import { DatabaseSync } from 'node:sqlite'
import { copyFile, cp, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cells, expect, expectFound, photoCount, test } from './kartoteka.ts'

function setVersion(library: string, version: number): number {
  const database = new DatabaseSync(join(library, 'library.sqlite'))
  const before = database.prepare('PRAGMA user_version').get() as { user_version: number }
  database.exec(`PRAGMA user_version = ${version}`)
  database.close()
  return before.user_version
}

test('a library of a newer version is left alone; the window says why, and opens it once that is mended', async ({
  page,
  serve,
  indexedLibrary,
  emptyLibrary,
  picture,
}) => {
  await cp(indexedLibrary, emptyLibrary, { recursive: true })
  const version = setVersion(emptyLibrary, 999)
  await page.goto((await serve(emptyLibrary)).url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'The library was made by a newer Kartoteka.',
  )
  await expect(page.getByRole('alert')).toContainText('version 999')
  await expect(page.getByText('Your photos are untouched')).toBeVisible()
  await expect(page.getByText('Install the newer Kartoteka')).toBeVisible()
  await picture('library-refused')

  const again = page.getByRole('button', { name: 'Try again' })
  await again.click()
  await expect(again).toBeEnabled()
  await expect(page.getByRole('alert')).toContainText('version 999')
  setVersion(emptyLibrary, version)
  await again.click()
  await cells(page).first().waitFor()
  await expectFound(page, photoCount)
})

test.describe('a damaged library', () => {
  test.beforeEach(async ({ page, serve, indexedLibrary, emptyLibrary }) => {
    await cp(indexedLibrary, emptyLibrary, { recursive: true })
    await mkdir(join(emptyLibrary, 'backups'), { recursive: true })
    await copyFile(
      join(emptyLibrary, 'library.sqlite'),
      join(emptyLibrary, 'backups', '000009_20240603T080000Z_daily.sqlite'),
    )
    for (const name of await readdir(emptyLibrary))
      if (name.startsWith('library.sqlite'))
        await writeFile(join(emptyLibrary, name), 'no database at all, only words. '.repeat(4096))
    await page.goto((await serve(emptyLibrary)).url)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The library is damaged.')
  })

  test('goes back to a backup', async ({ page, picture }) => {
    await expect(page.getByText('Your photos are untouched')).toBeVisible()
    await expect(page.getByText('automatic').first()).toBeVisible()
    await picture('library-damaged')
    await page.getByRole('button', { name: 'Restore…' }).first().click()
    await page.getByRole('button', { name: 'Restore this one' }).click()
    await expect(page.getByText('The backup was restored.')).toBeVisible()
    await expectFound(page, photoCount)
  })

  test('makes room for a new one after a question, and is kept beside it', async ({
    page,
    emptyLibrary,
    picture,
  }) => {
    await page.getByRole('button', { name: 'Start afresh…' }).click()
    const question = page.getByRole('alertdialog')
    await expect(question).toContainText('kept beside the new one')
    await picture('library-start-afresh')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(question).toHaveCount(0)
    await page.getByRole('button', { name: 'Start afresh…' }).click()
    await question.getByRole('button', { name: 'Start afresh' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Find your photos by what is in them')
    await expect(page.getByText('The old file is kept beside it')).toBeVisible()
    expect(await readdir(join(emptyLibrary, 'damaged'))).toContain('library-001.sqlite')
  })
})
