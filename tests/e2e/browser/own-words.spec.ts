import type { Locator } from '@playwright/test'
import { copyFile, mkdir, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { takenInRome } from '../../fixtures/places-in-library.ts'
import { indexFolder } from '../../fixtures/served-shell.ts'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { cells, expect, expectFound, searchBox, test } from './kartoteka.ts'

const thisYear = new Date().getFullYear()

/** Pictures under names that the camera gave, in folders that the person named. */
const taken: readonly (readonly [as: string, picture: string, at: string])[] = [
  ['Wedding Olga/IMG_0001.jpg', 'n02086240_Shih-Tzu.JPEG', '2015-08-15T12:00:00Z'],
  ['Wedding Olga/IMG_0002.jpg', 'n02948072_candle.JPEG', '2015-08-15T18:00:00Z'],
  ['Wedding Peter/wedding dance.jpg', 'n03297495_espresso_maker.JPEG', '2018-05-05T12:00:00Z'],
  ['Phone/IMG_0004.jpg', 'n02088094_Afghan_hound.JPEG', `${thisYear}-07-15T12:00:00Z`],
  ['Phone/IMG_0005.jpg', 'n02089078_black-and-tan_coonhound.JPEG', `${thisYear - 1}-07-15T12:00:00Z`],
  ['Phone/IMG_0006.jpg', 'n02090721_Irish_wolfhound.JPEG', `${thisYear - 2}-07-15T12:00:00Z`],
  ['Phone/IMG_0007.jpg', 'n09193705_alp.JPEG', '2014-05-09T12:00:00Z'],
]

test('the person’s own words, typed one after another, by keys alone', async ({
  emptyLibrary,
  page,
  picture,
  serve,
}, testInfo) => {
  const photos = testInfo.outputPath('photos')
  for (const [as, from, at] of taken) {
    const to = join(photos, as)
    await mkdir(dirname(to), { recursive: true })
    await copyFile(join(photosFolder, from), to)
    await utimes(to, new Date(at), new Date(at))
  }
  await indexFolder(emptyLibrary, photos)
  takenInRome(emptyLibrary, 41.9, ['IMG_0004.jpg', 'IMG_0007.jpg'])
  const { url } = await serve(emptyLibrary)
  await page.goto(url)
  await cells(page).first().waitFor()

  const type = async (question: string, found: number): Promise<void> => {
    await page.keyboard.press('/')
    await expect(searchBox(page)).toBeFocused()
    await page.keyboard.press('Control+a')
    await page.keyboard.type(question)
    await page.keyboard.press('Enter')
    await expect(page.locator('#main')).toHaveAttribute('aria-busy', 'false')
    await expectFound(page, found)
  }
  const tabTo = async (button: Locator): Promise<void> => {
    await expect(button).toBeVisible()
    await expect(async () => {
      await page.keyboard.press('Tab')
      await expect(button).toBeFocused({ timeout: 1 })
    }).toPass({ intervals: [1] })
  }
  const why = async (at: number, reason: RegExp): Promise<void> => {
    await expect(cells(page).nth(at)).toHaveAttribute('title', reason)
  }

  await type('wedding olga', 2)
  await why(0, /folder Wedding Olga/u)
  await picture('own-words-wedding-olga')

  // The dogs answer, and the word that nothing is called by is named.
  await type('dog sunset', 4)
  await why(0, /^seen: dog \d+ ?%/u)
  await expect(page.getByText('Nothing is called “sunset”.', { exact: true })).toBeVisible()
  await picture('own-words-dog-sunset')
  await tabTo(page.getByRole('button', { name: 'Only photos with all words' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Nothing found for “dog +sunset”' })).toBeVisible()
  await tabTo(page.getByRole('button', { name: 'Search without “sunset”' }))
  await page.keyboard.press('Enter')
  await expect(searchBox(page)).toHaveValue('dog sunset')
  await expectFound(page, 4)

  await type('last summer', 1)
  await expect(cells(page).first()).toHaveAccessibleName(
    new RegExp(`July (${thisYear}|${thisYear - 1})`, 'u'),
  )
  await picture('own-words-last-summer')

  await type('Италия собака', 1)
  await why(0, /Italy/u)
  await picture('own-words-italy-dog')

  // One meaning of a word alone, then the word taken away.
  await type('wedding', 3)
  await tabTo(page.getByRole('button', { name: /^in folders 3$/u }))
  await page.keyboard.press('Enter')
  await expect(searchBox(page)).toHaveValue('folder:"wedding"')
  await expectFound(page, 3)
  await tabTo(page.getByRole('button', { name: /^Remove/u }))
  await page.keyboard.press('Enter')
  await expect(searchBox(page)).toHaveValue('')
  await expectFound(page, taken.length)
})
