import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { cp } from 'node:fs/promises'
import { ask, cells, expect, photoCount, test } from './kartoteka.ts'

const violations = async (page: Page): Promise<unknown[]> =>
  (await new AxeBuilder({ page }).analyze()).violations
const dialogOf = (page: Page): Locator => page.getByRole('dialog')

/** Answers all that is asked with these keys in turn. */
async function answer(page: Page, keys: readonly string[], of: (at: number) => string): Promise<void> {
  const dialog = dialogOf(page)
  const total = Number(/\d+$/u.exec((await dialog.getByText(/^1 (?:of|из) \d+$/u).textContent()) ?? '')?.[0])
  for (let at = 1; at <= total; at += 1) {
    await dialog.getByText(of(at).replace('#', String(total))).waitFor()
    await page.keyboard.press(keys[(at - 1) % keys.length] ?? 's')
  }
}

test('a word that nothing is called by is taught, answered, searched, taken back and forgotten', async ({
  app,
  picture,
}) => {
  await ask(app, 'Baikal')
  await app.getByRole('button', { name: 'Teach “Baikal”…' }).click()
  await app.getByText('Select some photos of “Baikal”, then press W.').waitFor()
  await cells(app).nth(0).click()
  await cells(app)
    .nth(1)
    .click({ modifiers: ['ControlOrMeta'] })
  await app.keyboard.press('w')

  const dialog = dialogOf(app)
  await dialog.getByRole('status').getByText('Is this “Baikal”?').waitFor()
  await expect(dialog.getByRole('img')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Back' })).toBeDisabled()
  expect(await violations(app)).toEqual([])
  await picture('teach-question')
  await app.keyboard.press('ArrowRight')
  await dialog.getByText(/^2 of \d+$/u).waitFor()
  await app.keyboard.press('ArrowLeft')
  await answer(app, ['y', 'n', 's'], (at) => `${at} of #`)
  await dialog
    .getByRole('heading', { name: /^Learnt from \d+ that are it and \d+ that are not\.$/u })
    .waitFor()
  expect(await violations(app)).toEqual([])
  await dialog.getByRole('button', { name: 'Save a search for all of them' }).click()
  await app.getByText('Search “Baikal” saved.').waitFor()
  await expect(app.getByRole('navigation').getByRole('button', { name: /^Baikal \d+$/u })).toBeVisible()
  await app.keyboard.press('Control+z')

  await app.getByText(/“Baikal” is taught by \d+ yes and \d+ no\. Too little for percentages/u).waitFor()
  await expect(cells(app).first()).toHaveAttribute('aria-label', /^Baikal/u)
  await expect(cells(app).last()).toHaveAttribute('aria-label', /^like “Baikal”/u)
  expect(await violations(app)).toEqual([])
  await picture('teach-wall')

  await app.keyboard.press('Control+z')
  await app.getByText('Undone.').waitFor()
  await ask(app, 'Baikal')
  await app.getByRole('button', { name: 'Teach “Baikal”…' }).waitFor()
  await app.locator('#main').focus()
  await app.keyboard.press('Control+Shift+Z')
  await expect(app.getByText(/“Baikal” is taught by/u)).toBeVisible()

  await app.keyboard.press('Control+,')
  await dialog.getByRole('tab', { name: 'Your labels' }).click()
  expect(await violations(app)).toEqual([])
  await expect(dialog.getByRole('button', { name: 'Answer ten more: Baikal' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Forget what was learnt of “Baikal”' }).click()
  await expect(dialog.getByRole('button', { name: 'Teach “Baikal”' })).toBeVisible()
  await app.keyboard.press('Escape')
  await expect(app.getByText(/“Baikal” is taught by/u)).toBeHidden()
  await app.keyboard.press('Control+z')
  await app.getByRole('button', { name: 'Answer ten more' }).click()
  await dialog.getByText('Is this “Baikal”?').waitFor()
  await app.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test.describe('in Russian', () => {
  test.use({ locale: 'ru-RU' })

  test('a word is taught by the keyboard alone', async ({ page, serve, indexedLibrary, emptyLibrary }) => {
    await cp(indexedLibrary, emptyLibrary, { recursive: true })
    await page.goto((await serve(emptyLibrary)).url)
    await page.getByRole('option').first().waitFor()
    await page.getByRole('listbox').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    await page.keyboard.press('w')
    const dialog = dialogOf(page)
    await dialog.getByText('На 1 фотографии это есть. Что это?').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.type('Наш сад')
    await page.keyboard.press('Enter')
    await dialog.getByText('Это «Наш сад»?').waitFor()
    await answer(page, ['y', 'n'], (at) => `${at} из #`)
    await dialog.getByRole('heading', { name: /^Выучено по примерам/u }).waitFor()
    await dialog.getByRole('button', { name: 'Показать фотографии' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText(/Слово «Наш сад» выучено: да — \d+, нет — \d+\. Для процентов этого мало/u).waitFor()
    await expect(page.getByRole('option').first()).toHaveAttribute('aria-label', /^Наш сад/u)
    await page.keyboard.press('Control+z')
    await page.getByText('Отменено.').waitFor()
    await page.keyboard.press('Control+f')
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await expect(page.getByRole('listbox', { name: `${photoCount} фотографий` })).toBeVisible()
  })
})
