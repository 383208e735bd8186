import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { animation } from '../../fixtures/animations.ts'
import { indexFolder } from '../../fixtures/served-shell.ts'
import { cells, expect, test } from './kartoteka.ts'

test.use({ reducedMotion: 'no-preference' })

test('zoomed in, the photo itself is shown, and a line says why where it cannot be; an animation plays', async ({
  emptyLibrary,
  serve,
  page,
}, testInfo) => {
  const folder = testInfo.outputPath('photos')
  await mkdir(folder, { recursive: true })
  const large = join(folder, 'large.jpg')
  const wide = sharp({ create: { width: 6000, height: 400, channels: 3, background: '#a03020' } })
  await writeFile(large, await wide.jpeg().toBuffer())
  await writeFile(join(folder, 'moving.gif'), await animation('gif', 200))
  await writeFile(join(folder, 'moving.webp'), await animation('webp', 200))
  await indexFolder(emptyLibrary, folder)
  await page.goto((await serve(emptyLibrary)).url)
  const viewer = page.getByRole('dialog')
  const own = viewer.locator('img.own.there')
  const pixels = () => own.evaluate((image: HTMLImageElement) => image.naturalWidth)

  await cells(page)
    .and(page.getByRole('option', { name: /large\.jpg/u }))
    .dblclick()
  await expect(viewer.locator('img.view.there')).toBeVisible()
  await expect(own).toHaveCount(0)
  await page.keyboard.press('z')
  await expect(own).toBeVisible()
  expect(await pixels()).toBe(6000)
  await page.keyboard.press('Escape')

  await cells(page)
    .and(page.getByRole('option', { name: /moving\.gif/u }))
    .dblclick()
  await expect(own).toBeVisible()
  // It stands still at the frame that it showed: stopped again and again, it is not always the first one.
  const frame = viewer.locator('canvas.frame')
  const colour = () =>
    frame.evaluate((canvas: HTMLCanvasElement) =>
      [...(canvas.getContext('2d')?.getImageData(9, 9, 1, 1).data ?? [])].join(' '),
    )
  const seen = new Set<string>()
  await expect(async () => {
    await page.keyboard.press('Space')
    await expect(frame).toBeVisible()
    await expect(own).toHaveCount(0)
    seen.add(await colour())
    await viewer.getByRole('button', { name: 'Play the animation' }).click()
    await expect(own).toBeVisible()
    await expect(frame).toBeHidden()
    expect([...seen].toSorted()).toEqual(['0 0 255 255', '255 0 0 255'])
  }).toPass()
  await page.keyboard.press('Escape')
  for (const name of [/moving\.gif/u, /moving\.webp/u])
    await expect(cells(page).and(page.getByRole('option', { name })).locator('.moves')).toBeVisible()
  await expect(page.getByRole('option', { name: /Animation/u })).toHaveCount(2)

  // A browser may know less of a format than it says.
  await page.route('**/original/**', (route) => route.abort())
  await cells(page)
    .and(page.getByRole('option', { name: /large\.jpg/u }))
    .dblclick()
  await page.keyboard.press('z')
  await expect(
    viewer.getByText(/could not be shown at full size: this is the preview, 4,096 × 273 pixels/u),
  ).toBeVisible()
})
