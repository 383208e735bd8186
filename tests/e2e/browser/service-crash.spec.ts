import { copyPhotos } from '../../fixtures/originals.ts'
import { beginWith, cells, expect, expectFound, test } from './kartoteka.ts'

test('the service is killed while it indexes: the window says so, it comes back, nothing is lost', async ({
  page,
  serve,
  emptyLibrary,
  picture,
}, testInfo) => {
  const folder = testInfo.outputPath('photos')
  const photos = 80
  copyPhotos(folder, photos)
  const server = await serve(emptyLibrary)
  await page.goto(server.url)
  const card = await beginWith(page, folder)
  await cells(page).first().waitFor()
  await expect(card.getByText('Looking at photos…')).toBeVisible()

  server.killService()
  const banner = page.getByRole('alert').filter({ hasText: 'is restarting' })
  await expect(banner).toBeVisible()
  await picture('service-restarting')
  await expect(banner).toHaveCount(0)
  const told = page.getByRole('status').filter({ hasText: 'had to restart' })
  await expect(told).toContainText('Nothing was lost')
  await expectFound(page, photos)
  await expect(card.getByText('Everything is up to date')).toBeVisible()
  await told.getByRole('button', { name: 'Dismiss' }).click()
  await expect(told).toHaveCount(0)
})
