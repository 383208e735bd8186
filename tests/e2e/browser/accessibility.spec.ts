import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { indexFolder } from '../../fixtures/served-shell.ts'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { ask, beginWith, cells, expect, openPhoto, test } from './kartoteka.ts'

type Screens = Readonly<Record<string, (page: Page) => Promise<void>>>

const screens: Screens = {
  wall: async () => {},
  months: async (page) => {
    await page.keyboard.press('-')
    await page.getByRole('button', { name: /^June 2024/u }).waitFor()
  },
  years: async (page) => {
    await page.keyboard.press('-')
    await page.keyboard.press('-')
    await page.getByRole('button', { name: /^2024/u }).waitFor()
  },
  'a search': async (page) => {
    await ask(page, 'animal')
    await expect(page.getByRole('slider', { name: 'Confidence' })).toBeVisible()
  },
  'search suggestions': async (page) => {
    await page.keyboard.press('/')
    await page.keyboard.type('zeb')
    await page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option').first().waitFor()
  },
  'an unknown word': async (page) => {
    await ask(page, 'zebbra')
    await page.getByRole('heading', { name: /Nothing found/u }).waitFor()
  },
  'a word that was left out': async (page) => {
    await ask(page, 'zebra sunset')
    await page.getByRole('button', { name: 'Only photos with all words' }).waitFor()
  },
  'recent searches': async (page) => {
    await ask(page, 'animal')
    await ask(page, '')
    await page.locator('#wall').focus()
    await page.keyboard.press('/')
    await page.getByRole('listbox', { name: 'Recent searches' }).waitFor()
  },
  'a question before many photos are changed': async (page) => {
    await ask(page, 'animal sunset')
    await cells(page).first().click()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('c')
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor()
  },
  'a selection': async (page) => {
    await cells(page).first().click()
    await page.getByRole('list', { name: 'Labels of the selected photos' }).waitFor()
  },
  'the menu of photos': async (page) => {
    await cells(page).first().click({ button: 'right' })
    await page.getByRole('menu').waitFor()
  },
  'a slideshow': async (page) => {
    await cells(page).first().click()
    await page.keyboard.press('Shift+Enter')
    await page.locator('.slide').first().waitFor()
  },
  'photos side by side': async (page) => {
    for (const at of [0, 1, 2])
      await cells(page)
        .nth(at)
        .click({ modifiers: ['ControlOrMeta'] })
    await page.keyboard.press('v')
    await expect(page.getByRole('figure')).toHaveCount(3)
  },
  'unsure labels': async (page) => {
    const viewer = await openPhoto(page, /zebra/u)
    await viewer.getByRole('button', { name: /unsure$/u }).click()
    await viewer.getByRole('list', { name: 'Unsure' }).waitFor()
  },
  'the menu in the viewer': async (page) => {
    await openPhoto(page, /zebra/u)
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menu').waitFor()
  },
  'the menu of a folder': async (page) => {
    await page.getByRole('tree', { name: 'Folders' }).getByRole('treeitem').first().click({ button: 'right' })
    await page.getByRole('menu').waitFor()
  },
  things: async (page) => {
    await ask(page, 'animal')
    await page.getByRole('button', { name: 'All things…' }).click()
    await page
      .getByRole('button', { name: /^zebra, /u })
      .locator('img.there')
      .waitFor()
  },
  'things that were looked for': async (page) => {
    await page.keyboard.press('t')
    await page.getByRole('searchbox', { name: 'Find a thing' }).fill('zebbra')
    await page.getByRole('button', { name: 'Search all photos for “zebbra”' }).waitFor()
  },
  problems: async (page) => {
    await page.getByRole('button', { name: /^Problems/u }).click()
    await page.getByText('empty.jpg').waitFor()
  },
  folders: async (page) => {
    await page.getByRole('navigation').getByRole('button', { name: 'Folders', exact: true }).click()
    await page.getByRole('button', { name: 'Scan all folders again' }).waitFor()
  },
  'folder removal': async (page) => {
    await page.getByRole('navigation').getByRole('button', { name: 'Folders', exact: true }).click()
    await page.getByRole('button', { name: /^Remove .* from the library/u }).click()
    await page.getByRole('alertdialog').waitFor()
  },
  'folder dialog': async (page) => {
    await page.getByRole('button', { name: 'Add a folder…' }).first().click()
    await page.getByRole('dialog').getByRole('list').waitFor()
  },
  settings: async (page) => {
    await page.keyboard.press('Control+,')
    await page.getByRole('tab', { name: 'Library' }).click()
    await page.getByRole('button', { name: 'Check now' }).waitFor()
  },
  processors: async (page) => {
    await page.keyboard.press('Control+,')
    await page.getByRole('tab', { name: 'Indexing' }).click()
    await page.getByRole('region', { name: 'Processors that were tried' }).waitFor()
  },
  networks: async (page) => {
    await page.keyboard.press('Control+,')
    await page.getByRole('tab', { name: 'Indexing' }).click()
    await page.getByRole('list', { name: 'Network' }).getByRole('listitem').last().scrollIntoViewIfNeeded()
  },
  'saving copies': async (page) => {
    await cells(page).first().click()
    await page.keyboard.press('Control+s')
    await expect(page.getByRole('dialog').getByRole('radio', { name: 'Original files' })).toBeFocused()
  },
  'adding to an album': async (page) => {
    await cells(page).first().click()
    await page.keyboard.press('a')
    await page.getByRole('dialog').getByRole('combobox').fill('Sea')
  },
  'date and time': async (page) => {
    await cells(page).first().click()
    await page.keyboard.press('d')
    await page.getByRole('radio', { name: 'Shift: the clock was wrong' }).click()
    await page.getByRole('spinbutton', { name: 'hours' }).fill('3')
    await page.getByText('1 photo gets another date').waitFor()
  },
  place: async (page) => {
    await cells(page).first().click()
    await page.keyboard.press('p')
    await page.getByRole('radio', { name: 'From photos taken within an hour' }).click()
    await page.getByText('No photo gets another place.').waitFor()
  },
  'the map': async (page) => {
    await page.keyboard.press('m')
    await page
      .getByRole('listbox', { name: /without a place$/u })
      .getByRole('option')
      .first()
      .click()
    await page.getByRole('button', { name: 'Place 1 photo here' }).waitFor()
  },
  shortcuts: async (page) => {
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
  },
}

/** Those that show what a person decided. */
const changing: Screens = {
  viewer: async (page) => {
    await openPhoto(page, /zebra/u)
    await page.keyboard.press('c')
    await page.getByText('confirmed by you').waitFor({ state: 'attached' })
  },
  'labels of one’s own': async (page) => {
    await cells(page).first().click()
    await page.keyboard.press('l')
    await page.getByRole('combobox', { name: 'Add label' }).fill('trip')
    await page.getByRole('option', { name: 'New label “trip”' }).click()
    await page.keyboard.press('Control+,')
    await page.getByRole('tab', { name: 'Your labels' }).click()
    await page.getByRole('button', { name: 'Rename “trip”' }).waitFor()
  },
  'renaming a label': async (page) => {
    await changing['labels of one’s own']?.(page)
    await page.getByRole('button', { name: 'Rename “trip”' }).click()
    await page.getByRole('textbox', { name: 'New name' }).waitFor()
  },
  teaching: async (page) => {
    for (const at of [0, 1])
      await cells(page)
        .nth(at)
        .click({ modifiers: ['ControlOrMeta'] })
    await page.keyboard.press('w')
    await page.getByRole('dialog').getByRole('combobox').fill('Rex')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('status').getByText('Is this “Rex”?').waitFor()
  },
}

/** Motion would be judged half-way: text at half its strength has no contrast. What is left of it takes a frame. */
test.use({ reducedMotion: 'reduce' })

async function stands(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))
  })
}

/** What a theme decides; all else of a page is the same in both. */
const rulesOfColours = ['color-contrast', 'link-in-text-block']

/** Stricter than promised: nothing at all, not only nothing serious. */
async function violations(page: Page, which: 'all' | 'colours'): Promise<readonly string[]> {
  // What is in order is not listed. The page has no frames, whose findings would have to be joined in a page of its own.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()
  const result = await (
    which === 'colours'
      ? axe.withRules(rulesOfColours)
      : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
  ).analyze()
  return result.violations.map(({ id, impact, nodes }) => {
    const places = nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`)
    return `${impact ?? ''} ${id}: ${places.join('; ')}`
  })
}

async function expectNothingAgainst(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await stands(page)
    const which = colorScheme === 'light' ? 'all' : 'colours'
    expect([colorScheme, await violations(page, which)]).toEqual([colorScheme, []])
  }
}

test.describe('axe, in both themes,', () => {
  for (const [name, show] of Object.entries(screens)) {
    test(`has nothing against ${name}`, async ({ sharedApp }) => {
      await show(sharedApp)
      await expectNothingAgainst(sharedApp)
    })
  }

  for (const [name, show] of Object.entries(changing)) {
    test(`has nothing against ${name}`, async ({ app }) => {
      await show(app)
      await expectNothingAgainst(app)
    })
  }

  test('has nothing against a damaged library and starting afresh', async ({ page, serve, emptyLibrary }) => {
    await writeFile(join(emptyLibrary, 'library.sqlite'), 'words, not a database. '.repeat(4096))
    await page.goto((await serve(emptyLibrary)).url)
    await page.getByText('No backups yet.').waitFor()
    await expectNothingAgainst(page)
    await page.getByRole('button', { name: 'Start afresh…' }).click()
    await page.getByRole('alertdialog').waitFor()
    await expectNothingAgainst(page)
  })

  test('has nothing against the first finds, and files that are no photos', async ({
    page,
    serve,
    emptyLibrary,
  }) => {
    const pictures = join(emptyLibrary, 'pictures')
    await mkdir(pictures)
    for (const name of ['n02007558_flamingo.JPEG', 'n01806567_quail.JPEG'])
      await copyFile(join(photosFolder, name), join(pictures, name))
    await writeFile(join(pictures, 'clip.mp4'), 'a clip')
    await page.goto((await serve(join(emptyLibrary, 'library'))).url)
    await beginWith(page, pictures)
    await page.getByRole('region', { name: 'Already found' }).locator('img.there').first().waitFor()
    await expectNothingAgainst(page)
    await page.getByRole('navigation').getByRole('button', { name: 'Folders', exact: true }).click()
    await page.getByText('1 video is not shown').click()
    await expectNothingAgainst(page)
  })

  test('has nothing against duplicates and stacks', async ({ page, serve, emptyLibrary }) => {
    const pictures = join(emptyLibrary, 'pictures')
    await mkdir(pictures)
    for (const name of ['n02391049_zebra.JPEG', 'n09193705_alp.JPEG'])
      await copyFile(join(photosFolder, name), join(pictures, name))
    await sharp(join(pictures, 'n02391049_zebra.JPEG')).resize(150).jpeg().toFile(join(pictures, 'small.jpg'))
    const library = join(emptyLibrary, 'library')
    await indexFolder(library, pictures)
    await page.goto((await serve(library)).url)
    await page.getByRole('button', { name: 'Duplicates' }).click()
    await page.getByRole('main').getByRole('radiogroup').waitFor()
    await expectNothingAgainst(page)
    await page.getByRole('button', { name: /^All photos/u }).click()
    for (const at of [0, 1])
      await cells(page)
        .nth(at)
        .click({ modifiers: ['ControlOrMeta'] })
    await page.keyboard.press('Control+g')
    await page.locator('.badge.opens').click()
    await expectNothingAgainst(page)
  })

  test('has nothing against the first run', async ({ page, serve, emptyLibrary }) => {
    await page.goto((await serve(emptyLibrary)).url)
    await page.getByRole('button', { name: 'Choose folders…' }).waitFor()
    await expectNothingAgainst(page)
  })
})
