import { rm } from 'node:fs/promises'
import { runtimeFileOf } from '../../../electron/web/runtime-file.ts'
import { cells, expect, test } from './kartoteka.ts'
import { startServer } from '../../fixtures/served-shell.ts'

test('the keys of a page are not in its address, and it can be loaded anew', async ({ app }) => {
  expect(new URL(app.url()).hash).toBe('')
  expect(new URL(app.url()).search).toBe('')
  await app.reload()
  await expect(cells(app).first().locator('img.there')).toBeVisible()
})

test('another tab of the same browser needs no other link, and disturbs none', async ({ app, context }) => {
  const other = await context.newPage()
  await other.goto(new URL('/', app.url()).href)
  await expect(cells(other).first().locator('img.there')).toBeVisible()
  await app.reload()
  await expect(cells(app).first()).toBeVisible()
})

test('a tab of a browser that has lost its keys says what to do', async ({ app, context }) => {
  await app.evaluate(() => {
    localStorage.clear()
  })
  const other = await context.newPage()
  await other.goto(new URL('/', app.url()).href)
  await expect(other.getByText('This page needs a new link.')).toBeVisible()
})

test('cookies of other servers keep nobody out, up to the most that the browser keeps', async ({
  context,
  page,
  serve,
  indexedLibrary,
}) => {
  const { url } = await serve(indexedLibrary)
  const { href } = new URL('/', url)
  // With ours 180: Chromium throws the oldest of a host away when there are more.
  await context.addCookies(
    Array.from({ length: 179 }, (_, index) => ({
      name: `other${index}`,
      value: 'x'.repeat(4000),
      url: href,
    })),
  )
  await page.goto(url)
  await expect(cells(page).first().locator('img.there')).toBeVisible()
  expect(await context.cookies(href)).toHaveLength(180)
})

test('what other servers on this computer are sent opens no picture', async ({ app, context }) => {
  const [cookie] = await context.cookies(app.url())
  const headers = { cookie: `${cookie?.name}=${cookie?.value}`, 'sec-fetch-site': 'same-origin' }
  const answers = await Promise.all(
    ['/', '/media/thumb/1', '/media/view/1'].map(async (path) => {
      const { status } = await fetch(new URL(path, app.url()), { headers })
      return status
    }),
  )
  expect(answers).toEqual([200, 403, 403])
})

test('a page whose server was started anew goes on by itself', async ({ page, emptyLibrary }) => {
  const first = await startServer(emptyLibrary)
  await page.goto(first.url)
  await expect(page.getByRole('button', { name: 'Choose folders…' })).toBeVisible()
  await first.stop()
  await expect(page.getByRole('alert')).toContainText('is restarting')
  const second = await startServer(emptyLibrary)
  try {
    expect(new URL(second.url).port).toBe(new URL(first.url).port)
    await expect(page.getByRole('alert')).toHaveCount(0)
    await page.getByRole('button', { name: 'Choose folders…' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
  } finally {
    await second.stop()
  }
})

test('what could not be fetched while the server was away opens when it is back', async ({
  page,
  emptyLibrary,
}) => {
  const part = '**/assets/BrowseFolders-*.js'
  const first = await startServer(emptyLibrary)
  await page.goto(first.url)
  await page.route(part, (route) => route.abort())
  await Promise.all([
    page.waitForEvent('requestfailed', (request) => request.url().includes('BrowseFolders')),
    page.getByRole('button', { name: 'Choose folders…' }).click(),
  ])
  await first.stop()
  await expect(page.getByRole('alert')).toContainText('is restarting')
  await page.unroute(part)
  const second = await startServer(emptyLibrary)
  try {
    await expect(page.getByRole('alert')).toHaveCount(0)
    await page.getByRole('button', { name: 'Choose folders…' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
  } finally {
    await second.stop()
  }
})

test('a page that its server does not know any more says that it needs a new link', async ({
  page,
  emptyLibrary,
}) => {
  const first = await startServer(emptyLibrary)
  await page.goto(first.url)
  await expect(page.getByRole('button', { name: 'Choose folders…' })).toBeVisible()
  await first.stop()
  await rm(runtimeFileOf(emptyLibrary))
  const second = await startServer(emptyLibrary, { port: Number(new URL(first.url).port) })
  try {
    await expect(page.getByText('Open Kartoteka with the link it printed when it was started.')).toBeVisible()
  } finally {
    await second.stop()
  }
})

test.describe('in a browser that prefers Russian', () => {
  test.use({ locale: 'ru-RU' })

  test('a page that is not let in says so in Russian', async ({ page, serve, emptyLibrary, picture }) => {
    const { url } = await serve(emptyLibrary)
    await page.goto(new URL('/', url).href)
    await expect(
      page.getByText('Откройте Kartoteka по ссылке, которую программа вывела при запуске.'),
    ).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
    await page.goto(new URL('/?token=wrong', url).href)
    await expect(page.getByText('Эта ссылка недействительна.')).toBeVisible()
    await picture('link-not-valid')
  })
})
