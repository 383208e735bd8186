import { cp, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { runCommand } from '../../fixtures/served-shell.ts'
import { ask, cells, expect, expectFound, photoCount, test } from './kartoteka.ts'

interface Exported {
  readonly path: string
  readonly rating: number | null
  readonly favourite: boolean
  readonly hidden: boolean
  readonly albums: readonly string[]
  readonly taken: { readonly at: string; readonly precision: string } | null
}

/** What the command line writes of each photo, by the word in its name, while the window has the library open. */
async function exported(library: string, to: string): Promise<ReadonlyMap<string, Exported>> {
  await runCommand(library, 'export', '--to', to, '--format', 'json')
  const photos = JSON.parse(await readFile(to, 'utf8')) as readonly Exported[]
  return new Map(photos.map((photo) => [basename(photo.path).replace(/^n\d+_|\..*$/gu, ''), photo]))
}

test('what the command line said of photos is seen in the window, and taken back there, the last first', async ({
  page: app,
  serve,
  indexedLibrary,
  emptyLibrary,
  photoFolder,
}) => {
  await cp(indexedLibrary, emptyLibrary, { recursive: true })
  await runCommand(emptyLibrary, 'rate', 'zebra', '--stars', '4')
  await runCommand(emptyLibrary, 'album', 'make', 'Farms', `${photoFolder}/n02793495_barn.JPEG`)
  await runCommand(emptyLibrary, 'hide', 'flamingo')
  await runCommand(emptyLibrary, 'date', 'jaguar', '--set', 'July 1965')
  await app.goto((await serve(emptyLibrary)).url)
  await cells(app).first().waitFor()

  const rail = app.getByRole('navigation')
  const album = rail.getByRole('button', { name: 'Farms 1' })
  const hidden = rail.getByRole('button', { name: 'Hidden 1' })
  const found = async (text: string, count: number): Promise<void> => {
    await ask(app, text)
    if (count > 0) await expectFound(app, count)
    else await expect(app.getByRole('heading', { name: /Nothing found/u })).toBeVisible()
  }
  const undo = async (): Promise<void> => {
    // In the box it would take back what was typed.
    await rail.getByRole('button', { name: /^All photos/u }).click()
    await app.keyboard.press('Control+z')
    // The one before it may still be going.
    await expect(app.getByText('Undone.').last()).toBeVisible()
  }
  await expectFound(app, photoCount - 1)
  await expect(album).toBeVisible()
  await expect(hidden).toBeVisible()
  await found('stars:4', 1)
  await found('1965-07', 1)
  await cells(app).first().click()
  await app.keyboard.press('f')
  await expect(app.getByText('1 photo is a favourite.')).toBeVisible()
  const said = await exported(emptyLibrary, join(emptyLibrary, 'said.json'))
  expect(said.size).toBe(photoCount)
  expect(said.get('zebra')).toMatchObject({ rating: 4, favourite: false, hidden: false, albums: [] })
  expect(said.get('barn')).toMatchObject({ rating: null, albums: ['Farms'] })
  expect(said.get('flamingo')).toMatchObject({ hidden: true })
  expect(said.get('jaguar')).toMatchObject({ favourite: true, taken: { precision: 'month' } })
  expect(said.get('jaguar')?.taken?.at).toMatch(/^1965-07/u)
  await undo()
  await undo()
  await found('1965-07', 0)
  await undo()
  await expect(hidden).toHaveCount(0)
  await expectFound(app, photoCount)
  await undo()
  await expect(album).toHaveCount(0)
  await undo()
  await found('stars:4', 0)
  const after = await exported(emptyLibrary, join(emptyLibrary, 'after.json'))
  for (const photo of after.values())
    expect(photo).toMatchObject({ rating: null, favourite: false, hidden: false, albums: [] })
  expect(after.get('jaguar')?.taken?.at).toMatch(/^2024-06/u)
})
