import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { copyFile, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { indexFolder } from '../../fixtures/served-shell.ts'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { cells, expect, expectFound, test as base } from './kartoteka.ts'

const zebra = join(photosFolder, 'n02391049_zebra.JPEG')

/** A library of two photos and a burst of three, taken a second apart. */
const test = base.extend<object, { burst: string }>({
  burst: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'kartoteka-burst-'))
      const photos = join(folder, 'photos')
      await mkdir(photos)
      for (const file of ['n09193705_alp.JPEG', 'n02793495_barn.JPEG'])
        await copyFile(join(photosFolder, file), join(photos, file))
      const { width, height } = await sharp(zebra).metadata()
      for (const shot of [0, 1, 2])
        await sharp(zebra)
          .extract({ left: shot * 2, top: shot, width: width - 6, height: height - 4 })
          .blur(shot === 1 ? 2.5 : 0.3)
          .withExif({ IFD2: { DateTimeOriginal: `2024:06:02 12:00:0${shot}` } })
          .jpeg()
          .toFile(join(photos, `shot-${shot}.jpg`))
      await indexFolder(join(folder, 'library'), photos)
      await use(join(folder, 'library'))
      await rm(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
})

const violations = async (page: Page): Promise<unknown[]> =>
  (await new AxeBuilder({ page }).analyze()).violations

/** Lets go of a file over the window. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.evaluate(
    ([file = '', content = '']) => {
      const dataTransfer = new DataTransfer()
      const data = Uint8Array.from(atob(content), (each) => each.charCodeAt(0))
      dataTransfer.items.add(new File([data], file))
      window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    },
    [name, bytes.toString('base64')],
  )
}

test('a burst is stacked, opened, has another in front, and comes apart, by keys', async ({
  page,
  serve,
  burst,
  emptyLibrary,
  picture,
}) => {
  await cp(burst, emptyLibrary, { recursive: true })
  await page.goto((await serve(emptyLibrary)).url)
  await expectFound(page, 5)
  await page.getByRole('button', { name: 'Duplicates' }).click()
  await page.getByRole('heading', { name: 'Burst, 3 photos' }).waitFor()
  await expect(page.getByText('less sharp')).toHaveCount(1)
  await picture('burst')
  expect(await violations(page)).toEqual([])
  await page.getByRole('main').getByRole('radio', { checked: true }).focus()
  await page.keyboard.press('g')
  await page.getByText('This photo is in front of a stack of 3 now.').waitFor()
  await page.keyboard.press('Control+z')
  await page.getByRole('heading', { name: 'Burst, 3 photos' }).waitFor()
  await page.keyboard.press('Control+Shift+Z')
  await page.getByText('No two photos look like one picture.').waitFor()

  await page.getByRole('button', { name: 'All photos' }).click()
  await expectFound(page, 3)
  const stack = page.getByRole('option', { name: /Stack of 3 photos/u })
  await picture('stack-on-wall')
  expect(await violations(page)).toEqual([])
  await stack.click()
  await page.keyboard.press('g')
  await expectFound(page, 3)
  await expect(page.getByRole('heading', { name: /^stack of shot-\d\.jpg$/u })).toBeAttached()
  await expect(cells(page).filter({ has: page.locator('[data-opens]') })).toHaveCount(1)
  await cells(page).nth(1).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Put in front of the stack' }).click()
  await page.getByText('This photo is in front of a stack of 3 now.').waitFor()
  await cells(page).nth(2).click()
  await page.keyboard.press('Control+Shift+G')
  await page.getByText('1 photo is out of its stack.').waitFor()
  await expectFound(page, 2)
  await page.keyboard.press('Control+z')
  await expectFound(page, 3)

  // From a selection, with the badge opened by the pointer.
  await page.getByRole('button', { name: 'All photos' }).click()
  await page.locator('#wall').press('Control+a')
  await page.keyboard.press('Control+g')
  await page.getByText('5 photos are one stack now.').waitFor()
  await expectFound(page, 1)
  await page.locator('[data-opens]').click()
  await expectFound(page, 5)
})

test.describe('in Russian', () => {
  test.use({ locale: 'ru-RU' })

  test('a picture that is not in the library finds photos like it, what is none is told', async ({
    page,
    serve,
    burst,
    picture,
  }) => {
    await page.goto((await serve(burst)).url)
    await page.getByRole('option').first().waitFor()
    await drop(page, 'письмо.txt', Buffer.from('Dear Anna'))
    await page.getByText('Это не картинка, которую можно прочитать.').waitFor()
    const turned = await sharp(await readFile(zebra))
      .modulate({ brightness: 1.1 })
      .webp()
      .toBuffer()
    await drop(page, 'зебра.webp', turned)
    await page.getByText('Фотографии, похожие на зебра.webp').waitFor()
    await expect(page.getByRole('main').locator('p img')).toBeVisible()
    await expect(page.getByRole('option').first()).toHaveAttribute('aria-label', /shot-\d\.jpg/u)
    await picture('shown-picture')
    expect(await violations(page)).toEqual([])
  })
})
