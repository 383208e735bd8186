import { AxeBuilder } from '@axe-core/playwright'
import { copyFile, mkdir, mkdtemp, realpath, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { indexFolder } from '../../fixtures/served-shell.ts'
import { ask, cells, expect, expectFound, openPhoto, test } from './kartoteka.ts'

test('a photo with copies is on the wall once, with a mark; the viewer names all its files', async ({
  page,
  serve,
  emptyLibrary,
  picture,
}) => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kartoteka-copies-')))
  try {
    await mkdir(join(folder, 'backup'))
    const zebra = join(photosFolder, 'n02391049_zebra.JPEG')
    for (const name of ['zebra.jpg', 'backup/old zebra.jpg']) await copyFile(zebra, join(folder, name))
    await copyFile(join(photosFolder, 'n09472597_volcano.JPEG'), join(folder, 'volcano.jpg'))
    await indexFolder(emptyLibrary, folder)
    await page.goto((await serve(emptyLibrary)).url)

    await expectFound(page, 2)
    const marked = cells(page).and(page.getByRole('option', { name: /zebra.*, 2 files/u }))
    await expect(marked.locator('.copies')).toHaveText('2')
    const single = cells(page).and(page.getByRole('option', { name: /volcano/u }))
    await expect(single).not.toHaveAccessibleName(/\d files?/u)
    await expect(single.locator('.copies')).toHaveCount(0)
    await picture('copies')

    const viewer = await openPhoto(page, /zebra/u)
    await expect(viewer.getByText('1 more file of this photo')).toBeVisible()
    await expect(viewer.getByText(join(folder, 'zebra.jpg'))).toBeVisible()
    await expect(viewer.getByText(join(folder, 'backup/old zebra.jpg'))).toBeVisible()
    await picture('viewer-copies')
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await page.keyboard.press('Escape')

    await ask(page, 'is:duplicate')
    await expectFound(page, 1)
    await rm(join(folder, 'backup/old zebra.jpg'))
    await ask(page, '')
    await expectFound(page, 2)
    await expect(cells(page).and(page.getByRole('option', { name: /zebra/u }))).not.toHaveAccessibleName(
      /\d files?/u,
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('the viewer says which of the files of a photo is on a disk that is away', async ({
  page,
  serve,
  emptyLibrary,
}) => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kartoteka-copies-')))
  try {
    for (const disk of ['here', 'away']) {
      await mkdir(join(folder, disk))
      await copyFile(join(photosFolder, 'n02391049_zebra.JPEG'), join(folder, disk, 'zebra.jpg'))
      await indexFolder(emptyLibrary, join(folder, disk))
    }
    await rename(join(folder, 'away'), join(folder, 'unplugged'))
    await page.goto((await serve(emptyLibrary)).url)

    const viewer = await openPhoto(page, /zebra.*, 2 files/u)
    const files = viewer.getByRole('listitem')
    await expect(files.filter({ hasText: join(folder, 'away/zebra.jpg') })).toContainText('not connected')
    await expect(viewer.getByText(join(folder, 'here/zebra.jpg'))).toBeVisible()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
