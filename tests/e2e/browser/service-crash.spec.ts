import { cells, expect, expectFound, photoCount, test } from './kartoteka.ts'

test('the service is killed while it indexes: the window says so, it comes back, nothing is lost', async ({
  page,
  serve,
  emptyLibrary,
  photoFolder,
  picture,
}) => {
  const server = await serve(emptyLibrary)
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Choose folders…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Choose a folder' })
  await dialog.getByRole('textbox', { name: 'Path of the folder' }).fill(photoFolder)
  await dialog.getByRole('textbox', { name: 'Path of the folder' }).press('Enter')
  await dialog.getByRole('button', { name: `Choose ${photoFolder}` }).click()
  await page.getByRole('button', { name: 'Start' }).click()
  await cells(page).first().waitFor()

  process.kill(await server.serviceProcess(), 'SIGKILL')
  const banner = page.getByRole('alert').filter({ hasText: 'being started again' })
  await expect(banner).toBeVisible()
  await picture('service-restarting')
  await expect(banner).toHaveCount(0)
  await expectFound(page, photoCount)
  await expect(page.getByText('Everything is up to date')).toBeVisible({ timeout: 60_000 })
})
