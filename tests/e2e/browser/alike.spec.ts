import { AxeBuilder } from '@axe-core/playwright'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { indexFolder } from '../../fixtures/served-shell.ts'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { cells, expect, expectFound, openPhoto, searchBox, test } from './kartoteka.ts'

/** A library of four photos: one of them also smaller, another as in a mirror. */
const withTwins = test.extend<{ twins: string }>({
  // oxlint-disable-next-line no-empty-pattern
  twins: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'kartoteka-twins-'))
    const photos = join(folder, 'photos')
    await mkdir(photos)
    const [zebra, flamingo] = ['n02391049_zebra.JPEG', 'n02007558_flamingo.JPEG']
    for (const file of [zebra, flamingo, 'n09193705_alp.JPEG', 'n02793495_barn.JPEG'])
      await copyFile(join(photosFolder, file), join(photos, file))
    await sharp(join(photos, zebra)).resize(150).jpeg().toFile(join(photos, 'small.jpg'))
    await sharp(join(photos, flamingo)).flop().jpeg({ quality: 60 }).toFile(join(photos, 'mirror.jpg'))
    await indexFolder(join(folder, 'library'), photos)
    await use(join(folder, 'library'))
    await rm(folder, { recursive: true, force: true })
  },
})

withTwins(
  'photos of one picture are kept, told apart and brought back, by keys',
  async ({ page, serve, twins }) => {
    await page.goto((await serve(twins)).url)
    await expectFound(page, 6)
    await page.getByRole('button', { name: 'Duplicates' }).click()
    const groups = page.getByRole('main').getByRole('radiogroup')
    await expect(groups).toHaveCount(2)
    await expect(page.getByText('smaller', { exact: true })).toBeVisible()
    await expect(page.getByText('mirrored', { exact: true })).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations).toEqual([])

    const chosen = groups.filter({ hasText: 'small.jpg' }).getByRole('radio', { checked: true })
    await chosen.focus()
    await page.keyboard.press('ArrowRight')
    await expect(groups.filter({ hasText: 'small.jpg' }).getByRole('radio', { name: /small/u })).toBeChecked()
    await page.keyboard.press('Enter')
    await expect(page.getByText('One photo is kept, 1 is hidden.')).toBeVisible()
    await expect(groups).toHaveCount(1)

    // The keys go on with the next group.
    await page.keyboard.press('n')
    await expect(page.getByText('No two photos look like one picture.')).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(groups).toHaveCount(1)
    await page.keyboard.press('Control+z')
    await expect(groups).toHaveCount(2)
    await page.getByRole('button', { name: 'Keep this, hide 1 other' }).first().click()
    await expect(groups).toHaveCount(1)
    await page.getByRole('button', { name: 'All photos' }).click()
    await expectFound(page, 5)
  },
)

withTwins('S asks for photos like one, on the wall and in the viewer', async ({ page, serve, twins }) => {
  await page.goto((await serve(twins)).url)
  await expectFound(page, 6)
  await cells(page).first().click()
  await page.keyboard.press('s')
  await expect(searchBox(page)).toHaveValue(/^similar:\d+$/u)
  await expect(page.getByRole('heading', { name: /^like /u })).toBeVisible()
  await expect(cells(page).first()).toBeVisible()
  await openPhoto(page, /./u)
  await page.keyboard.press('s')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(searchBox(page)).toHaveValue(/^similar:\d+$/u)

  // The smaller one is shown by the other.
  await page.getByRole('button', { name: 'All photos' }).click()
  await page.getByRole('option', { name: /zebra\.JPEG/u }).click()
  await page.keyboard.press('s')
  await page.getByRole('option', { name: /2 photos of the same picture/u }).click()
  await page.keyboard.press('g')
  await expect(searchBox(page)).toHaveValue(/^same:\d+$/u)
  await expectFound(page, 2)
})
