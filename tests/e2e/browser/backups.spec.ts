import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { ask, expect, expectFound, openPhoto, test } from './kartoteka.ts'

async function expectNothingAgainst(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
}

async function openBackups(page: Page, library = 'Library'): Promise<Locator> {
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: library }).click()
  return page.getByRole('tabpanel')
}

test('a backup is made on request; going back to it says what is lost, and can be taken back', async ({
  app,
  picture,
}) => {
  const settings = await openBackups(app)
  const rows = settings.getByRole('listitem')
  await settings.getByRole('button', { name: 'Back up now' }).click()
  await expect(app.getByText('The backup was made.')).toBeVisible()
  const asked = rows.filter({ hasText: 'made by you' })
  await expect(asked).toContainText('15 photos')
  await app.keyboard.press('Escape')

  await openPhoto(app, /zebra/u)
  await app.keyboard.press('x')
  await expect(app.getByText('“zebra” removed from 1 photo.')).toBeVisible()
  await app.keyboard.press('Escape')

  await openBackups(app)
  await asked.getByRole('button', { name: 'Restore…' }).click()
  const question = settings.getByRole('alert')
  await expect(question).toContainText('1 decision is lost (1 photo)')
  await expect(question).toContainText('becomes a backup itself')
  await expectNothingAgainst(app)
  await picture('backup-restore-question')
  // Escape leaves the question, not the settings; the keys go on where they were.
  await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await app.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await expect(asked.getByRole('button', { name: 'Restore…' })).toBeFocused()
  await app.keyboard.press('Enter')
  await expect(question).toContainText('1 decision is lost (1 photo)')
  await asked.getByRole('button', { name: 'Restore this one' }).click()
  await expect(app.getByText('The backup was restored.')).toBeVisible()
  const replaced = rows.filter({ hasText: 'the library before another backup was restored' })
  await expect(replaced).toHaveCount(1)
  await app.keyboard.press('Escape')
  await ask(app, 'label:zebra')
  await expectFound(app, 1)

  await openBackups(app)
  await replaced.getByRole('button', { name: 'Restore…' }).click()
  await expect(question).toContainText('Nothing is lost')
  await expect(question).toContainText('1 decision comes back')
  await replaced.getByRole('button', { name: 'Restore this one' }).click()
  await expect(replaced).toHaveCount(2)
  await app.keyboard.press('Escape')
  await expect(app.getByRole('heading', { name: /Nothing found/u })).toBeVisible()

  await app.keyboard.press('Control+,')
  await app.getByRole('combobox', { name: 'Language' }).selectOption('Русский')
  await app.getByRole('tab', { name: 'Библиотека' }).click()
  await rows.filter({ hasText: 'создана вами' }).getByRole('button', { name: 'Восстановить…' }).click()
  await expect(question).toContainText('пропадёт 1 решение (1 фотография)')
  await expectNothingAgainst(app)
  await picture('backup-restore-question-russian')
})
