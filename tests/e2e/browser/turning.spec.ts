import type { Locator } from '@playwright/test'
import { cells, expect, openPhoto, test } from './kartoteka.ts'

const shape = (picture: Locator): Promise<string> =>
  picture.evaluate((image: HTMLImageElement) => {
    const { naturalWidth: width, naturalHeight: height } = image
    return width === height ? 'not there' : width > height ? 'wide' : 'high'
  })

test('a photo is turned by a key, in the viewer and on the wall, and back with undo', async ({ app }) => {
  const viewer = await openPhoto(app, /zebra/u)
  const picture = viewer.getByRole('img', { name: /zebra/u })
  const [before, other] = ['wide', 'high']
  await expect.poll(() => shape(picture)).toBe(before)
  await app.keyboard.press(']')
  await expect(app.getByText('1 photo turned. Its file stays as it is.')).toBeVisible()
  await expect.poll(() => shape(picture)).toBe(other)
  // What was seen in it stays until it has been looked at anew.
  await expect(viewer.getByRole('list', { name: 'What is in it' })).toContainText('zebra')
  expect(await viewer.getByText('This photo has not been recognised yet.').count()).toBe(0)
  await app.keyboard.press('[')
  await expect.poll(() => shape(picture)).toBe(before)
  await app.keyboard.press('Control+z')
  await expect.poll(() => shape(picture)).toBe(other)
  await app.keyboard.press('Escape')

  const cell = cells(app)
    .and(app.getByRole('option', { name: /zebra/u }))
    .first()
  await expect.poll(() => shape(cell.locator('img'))).toBe(other)
  await app.keyboard.press('Control+z')
  await expect.poll(() => shape(cell.locator('img'))).toBe(before)
})
