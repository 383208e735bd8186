import type { Page } from '@playwright/test'
import { ask, cells, expect, expectFound, searchBox, test } from './kartoteka.ts'

const things = (page: Page) => page.getByRole('main').getByRole('list')
const card = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name })
const find = (page: Page) => page.getByRole('searchbox', { name: 'Find a thing' })

async function open(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Things', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Things' })).toBeVisible()
}

test('things are a page of pictures: a click asks for their photos, Back returns to the card', async ({
  sharedApp: app,
  picture,
}) => {
  await open(app)
  await expect(things(app).first()).toHaveAccessibleName('animal')
  const zebra = card(app, 'zebra, 1 photo')
  await expect(zebra.locator('img.there')).toBeVisible()
  await picture('things')
  await zebra.click()
  await expectFound(app, 1)
  await expect(searchBox(app)).toHaveValue('label:zebra')
  await expect.poll(() => app.evaluate(() => document.activeElement?.id)).toMatch(/^(?:wall|main)$/u)

  await app.goBack()
  await expect(zebra).toBeFocused()
})

test('while a search stands a thing is added to it; with Ctrl it stands alone', async ({
  sharedApp: app,
}) => {
  await ask(app, '2024')
  await open(app)
  await expect(app.getByText('A click adds to your search “2024”.')).toBeVisible()
  await card(app, /^bird, /u).click()
  await expect(searchBox(app)).toHaveValue('2024 category:bird')
  await expectFound(app, 1)

  await open(app)
  await expect(card(app, /^bird, /u)).toHaveAttribute('aria-current', 'true')
  await card(app, /^mammal, /u).click({ modifiers: ['Control'] })
  await expect(searchBox(app)).toHaveValue('category:mammal')

  await open(app)
  await app.getByRole('button', { name: 'End the search' }).click()
  await card(app, /^animal, /u).click()
  await expect(searchBox(app)).toHaveValue('category:animal')
})

test('by keyboard alone: T, a word in the other language, arrows, Enter and Ctrl+Enter', async ({
  sharedApp: app,
}) => {
  await app.keyboard.press('t')
  await expect(app.getByRole('main').locator('[data-term]').first()).toBeFocused()
  await find(app).focus()
  await app.keyboard.type('млекопитающ')
  await expect(app.getByRole('status').filter({ hasText: /^\d+ things?$/u })).toBeVisible()
  await app.keyboard.press('ArrowDown')
  await expect(card(app, /^mammal, /u)).toBeFocused()
  await app.keyboard.press('ArrowRight')
  await app.keyboard.press('Home')
  await app.keyboard.press('Enter')
  await expect(searchBox(app)).toHaveValue('category:mammal')

  await app.keyboard.press('t')
  await expect(find(app)).toHaveValue('млекопитающ')
  await expect(card(app, /^mammal, /u)).toBeFocused()
  await find(app).focus()
  await app.keyboard.press('Escape')
  await expect(find(app)).toHaveValue('')
  await card(app, 'zebra, 1 photo').focus()
  await app.keyboard.press('Control+Enter')
  await expect(searchBox(app)).toHaveValue('label:zebra')
})

test('what nothing is called can be looked for in all photos', async ({ sharedApp: app }) => {
  await open(app)
  await find(app).fill('volcanoes of 2023')
  await app.getByRole('button', { name: 'Search all photos for “volcanoes of 2023”' }).click()
  await expect(searchBox(app)).toHaveValue('volcanoes of 2023')
})

test('the rail has few things: what is pinned stays there, what is asked for comes next time', async ({
  app,
}) => {
  const rail = app.getByRole('tree', { name: 'Things' })
  const lines = rail.getByRole('treeitem')
  await expect(lines).toHaveCount(8)
  await app.getByRole('button', { name: 'All things…' }).click()
  await card(app, 'zebra, 1 photo').click({ button: 'right' })
  await app.getByRole('menuitem', { name: 'Keep in the sidebar' }).click()
  await expect(lines.first()).toContainText('zebra')
  await expect(lines.first()).toContainText('kept')

  await find(app).fill('flamingo')
  await card(app, 'flamingo, 1 photo').click()
  await expectFound(app, 1)
  await expect(rail.getByRole('treeitem', { name: 'flamingo' })).toHaveCount(0)
  await app.reload()
  await cells(app).first().waitFor()
  await expect(lines.nth(0)).toContainText('zebra')
  await expect(lines.nth(1)).toContainText('flamingo')
  await expect(lines).toHaveCount(8)

  await lines.first().click({ button: 'right' })
  await app.getByRole('menuitem', { name: 'Remove from the sidebar' }).click()
  await expect(lines.nth(0)).toContainText('flamingo')
})

test('labels of one’s own come first and are marked', async ({ app }) => {
  await cells(app).first().click()
  await app.keyboard.press('l')
  await app.getByRole('combobox', { name: 'Add label' }).fill('trip')
  await app.getByRole('option', { name: 'New label “trip”' }).click()
  await open(app)
  await expect(things(app).first()).toHaveAccessibleName('Your labels')
  await expect(card(app, 'trip (your label), 1 photo').locator('img.there')).toBeVisible()
})
