import type { WebSocketRoute } from '@playwright/test'
import type { EventPayload } from '../../../electron/core/contract/contract.ts'
import { cells, expect, searchBox, test } from './kartoteka.ts'

/** The window's menu is the desktop app's; here its event comes over the same wire as all others. */
test('find, settings and shortcuts of the menu work from every page', async ({
  page,
  serve,
  indexedLibrary,
}) => {
  const sockets: WebSocketRoute[] = []
  await page.routeWebSocket(/\/rpc$/u, (socket) => {
    socket.connectToServer()
    sockets.push(socket)
  })
  await page.goto((await serve(indexedLibrary)).url)
  await cells(page).first().waitFor()
  const choose = (command: EventPayload<'menu'>['command']) => {
    sockets.at(-1)?.send(JSON.stringify({ event: 'menu', payload: { command } }))
  }

  choose('settings')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  choose('shortcuts')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  choose('find')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(searchBox(page)).toBeFocused()

  await page.getByRole('button', { name: /^Problems/u }).click()
  await expect(searchBox(page)).toHaveCount(0)
  choose('find')
  await expect(searchBox(page)).toBeFocused()

  await cells(page).first().dblclick()
  await expect(page.getByRole('dialog')).toBeVisible()
  choose('find')
  await expect(searchBox(page)).toBeFocused()
})

test('the keys of the search lead to it from every page', async ({ sharedApp: app }) => {
  await app.getByRole('button', { name: /^Problems/u }).click()
  await app.keyboard.press('Control+f')
  await expect(searchBox(app)).toBeFocused()
})
