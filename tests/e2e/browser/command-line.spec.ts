import { cp } from 'node:fs/promises'
import { runCommand } from '../../fixtures/served-shell.ts'
import { ask, cells, expect, expectFound, photoCount, test } from './kartoteka.ts'

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
  await undo()
  await found('1965-07', 0)
  await undo()
  await expect(hidden).toHaveCount(0)
  await expectFound(app, photoCount)
  await undo()
  await expect(album).toHaveCount(0)
  await undo()
  await found('stars:4', 0)
})
