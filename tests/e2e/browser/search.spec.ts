import { ask, cells, expect, expectFound, photoCount, searchBox, test } from './kartoteka.ts'

test('completion finds the word, the word finds the photo, the chip can be taken away', async ({
  sharedApp: app,
  picture,
}) => {
  await app.keyboard.press('/')
  await expect(searchBox(app)).toBeFocused()
  await app.keyboard.type('zeb')
  const suggestions = app.getByRole('listbox', { name: 'Suggestions' })
  await expect(suggestions.getByRole('option').first()).toContainText('zebra')
  await app.keyboard.press('ArrowDown')
  await expect(suggestions.getByRole('option').first()).toHaveAttribute('aria-selected', 'true')
  await picture('search-completion')
  await app.keyboard.press('Enter')

  await expectFound(app, 1)
  await expect(cells(app).first()).toHaveAccessibleName(/zebra \d+%/u)
  const understood = app.getByRole('list', { name: 'How the search was understood' })
  await expect(understood.getByRole('listitem')).toContainText('zebra')
  await picture('search-zebra')

  await understood.getByRole('button', { name: /^Remove/u }).click()
  await expectFound(app, photoCount)
  await expect(searchBox(app)).toHaveValue('')
})

test('what is marked stays marked when the answer to the last letter comes', async ({ sharedApp: app }) => {
  const held: (() => void)[] = []
  await app.routeWebSocket(/\/rpc/u, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((sent) => {
      const { call, input } = JSON.parse(sent.toString()) as { call: string; input: { text?: string } | null }
      if (call === 'complete' && input?.text === 'zeb') held.push(() => server.send(sent))
      else server.send(sent)
    })
  })
  await app.reload()
  await cells(app).first().waitFor()
  await app.keyboard.press('/')
  await app.keyboard.type('ze')
  const offers = app.getByRole('listbox', { name: 'Suggestions' }).getByRole('option')
  const zebra = offers.filter({ hasText: 'zebra' })
  await zebra.waitFor()
  await app.keyboard.type('b')
  await expect.poll(() => held.length).toBe(1)
  const before = await offers.count()
  while ((await zebra.getAttribute('aria-selected')) !== 'true') await app.keyboard.press('ArrowDown')
  for (const release of held) release()
  await expect.poll(() => offers.count()).not.toBe(before)
  await expect(zebra).toHaveAttribute('aria-selected', 'true')
  await app.keyboard.press('Enter')
  await expectFound(app, 1)
  await expect(searchBox(app)).toHaveValue(/zebra/u)
})

test('a category finds what lies in it, in English and in Russian', async ({ sharedApp: app }) => {
  await ask(app, 'animal -monkey')
  const understood = app.getByRole('list', { name: 'How the search was understood' })
  await expect(understood.getByRole('listitem')).toHaveCount(2)
  await expect(cells(app).and(app.getByRole('option', { name: /zebra/u }))).toHaveCount(1)
  await expect(cells(app).and(app.getByRole('option', { name: /guenon/u }))).toHaveCount(0)
  await ask(app, 'зебра')
  await expectFound(app, 1)
})

test('the slider leaves out what is not sure enough, and the keys move it', async ({
  sharedApp: app,
  picture,
}) => {
  await ask(app, 'animal or building or food or mountain or kitchenware')
  await expect(chips(app)).toHaveCount(5)
  const before = await cells(app).count()
  expect(before).toBeGreaterThan(2)
  const slider = app.getByRole('slider', { name: 'Confidence' })
  await expect(slider).toHaveAttribute('aria-valuetext', 'Automatic')
  await slider.press('End')
  await expect(slider).toHaveAttribute('aria-valuetext', 'at least 95%')
  await expect.poll(() => cells(app).count()).toBeLessThan(before)
  await picture('search-slider')
  await slider.press('Home')
  await expect(cells(app)).toHaveCount(before)
})

test('an answer begins with what fits best; it can be put in order of time', async ({ sharedApp: app }) => {
  await ask(app, 'animal')
  await expectFound(app, 6)
  await expect(app.getByRole('button', { name: /Best matches first/u })).toBeVisible()
  const shares = await cells(app).evaluateAll((all) =>
    all.map((cell) => Number(/(\d+)%/u.exec(cell.getAttribute('aria-label') ?? '')?.[1])),
  )
  expect(shares).toEqual(shares.toSorted((a, b) => b - a))
  await app.getByRole('button', { name: /Best matches first/u }).click()
  await expect(app.getByText('Sun, 2 June 2024')).toBeVisible()
})

test('nothing found: it says so and offers what does find something', async ({ sharedApp: app, picture }) => {
  await ask(app, 'zebbra')
  await expect(app.getByRole('heading', { name: 'Nothing found for “zebbra”' })).toBeVisible()
  await picture('search-nothing')
  await app
    .getByRole('button', { name: /^zebra/u })
    .first()
    .click()
  await expectFound(app, 1)
})

test('the rail asks for things and folders', async ({ sharedApp: app }) => {
  await app
    .getByRole('tree', { name: 'Things' })
    .getByRole('treeitem', { name: /^animal/u })
    .click()
  await expect(searchBox(app)).toHaveValue('category:animal')
  await expect(cells(app).first()).toBeVisible()
  await app.getByRole('tree', { name: 'Folders' }).getByRole('treeitem').first().click()
  await expectFound(app, photoCount)
})

test('a part of the query is told once, whatever it is about, in both languages', async ({
  app,
  picture,
}) => {
  const query =
    'flower -cat folder:photos camera:canon type:jpeg 2019 has:place is:confirmed confidence:>50% name:img keyword:sea zebbra'
  await ask(app, query)
  const parts = app.locator('.chip .meaning')
  const twice = async () => {
    const texts = await parts.allTextContents()
    expect(texts).toHaveLength(12)
    return texts.filter((text) => {
      const words = text.toLocaleLowerCase().match(/\p{L}+/gu) ?? []
      return new Set(words).size < words.length
    })
  }
  await expect(parts.first()).toHaveText('flower (category)')
  await expect(parts.nth(1)).toHaveText(/^not\scat/u)
  expect(await twice()).toEqual([])
  await app.keyboard.press('Control+,')
  await app.getByRole('combobox', { name: 'Language' }).selectOption('Русский')
  await app.keyboard.press('Escape')
  await expect(parts.first()).toHaveText('цветок (категория)')
  expect(await twice()).toEqual([])
  await picture('search-chips')
})

function chips(app: Parameters<typeof cells>[0]) {
  return app.getByRole('list', { name: 'How the search was understood' }).locator('.chip')
}
