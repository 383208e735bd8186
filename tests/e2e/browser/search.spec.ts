import {
  ask,
  cells,
  expect,
  expectFound,
  openPhoto,
  photoCount,
  searchBox,
  sortBy,
  test,
} from './kartoteka.ts'

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
  await sortBy(app, 'By date')
  await expect(app.locator('.day', { hasText: 'Sun, 2 June 2024' }).first()).toBeVisible()
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

test('what is clicked in the rail narrows the question; clicked again, or with Ctrl, it stands alone', async ({
  sharedApp: app,
}) => {
  const things = app.getByRole('tree', { name: 'Things' })
  const folder = app.getByRole('tree', { name: 'Folders' }).getByRole('treeitem').first()
  await things.getByRole('treeitem', { name: /^animal/u }).click()
  await expect(searchBox(app)).toHaveValue('category:animal')
  await expectFound(app, 6)
  await expect(folder).toHaveAttribute('title', /\nClick: add to the search\. Ctrl\+click: only this\.$/u)
  await folder.click({ modifiers: ['Alt'] })
  await expect(searchBox(app)).toHaveValue(/^category:animal folder:/u)
  await expectFound(app, 6)
  await expect(folder).toHaveAttribute('title', /\nClick: only this\.$/u)
  await folder.click()
  await expect(searchBox(app)).toHaveValue(/^folder:/u)
  await expectFound(app, photoCount)
  await things.getByRole('treeitem', { name: /^animal/u }).click({ modifiers: ['Control'] })
  await expect(searchBox(app)).toHaveValue('category:animal')
  await folder.hover()
  await folder.getByText('only this').click()
  await expect(searchBox(app)).toHaveValue(/^folder:/u)
  await things.getByRole('treeitem', { name: /^animal/u }).press('Control+Enter')
  await expect(searchBox(app)).toHaveValue('category:animal')
})

test('a folder opened alone goes by date, and the page is called by it', async ({ sharedApp: app }) => {
  await ask(app, 'animal')
  await expect(app).toHaveTitle('animal (category) – Kartoteka')
  const folder = app.getByRole('tree', { name: 'Folders' }).getByRole('treeitem').first()
  await folder.click({ modifiers: ['Control'] })
  await expectFound(app, photoCount)
  await expect(app.getByRole('button', { name: /^Sorted by date/u })).toBeVisible()
  await expect(app.locator('.day', { hasText: 'Sun, 2 June 2024' }).first()).toBeVisible()
  await expect(app.getByRole('heading', { level: 1 })).toHaveText(/^kartoteka-shared-photos-\w+$/u)
  await expect(app.getByRole('heading', { level: 1 })).toBeInViewport()
  await expect(app).toHaveTitle(/^folder .* – Kartoteka$/u)
  await ask(app, '')
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('All photos')
  await expect(app).toHaveTitle('Kartoteka')
})

test('a word tells what it can mean; one meaning can be had alone', async ({ sharedApp: app, picture }) => {
  await ask(app, 'zebra')
  await expectFound(app, 1)
  const meanings = app.getByRole('group', { name: 'What “zebra” can mean' })
  await expect(meanings.getByRole('button')).toHaveText([/^seen: zebra 1$/u, /^in file names 1$/u])
  await picture('search-meanings')
  await meanings.getByRole('button', { name: 'in file names 1' }).click()
  await expect(searchBox(app)).toHaveValue('name:"zebra"')
  await expectFound(app, 1)
  await expect(meanings).toHaveCount(0)
})

test('a word that nothing is called by is left out; it can be asked for, and let go again', async ({
  sharedApp: app,
  picture,
}) => {
  await ask(app, 'zebra sunset')
  await expectFound(app, 1)
  await expect(app.getByText('Nothing is called “sunset”.', { exact: true })).toBeVisible()
  await expect(chips(app).filter({ hasText: 'left out' })).toContainText('“sunset”')
  await expect(app.locator('#main > [role=status]')).toHaveText('1 photo. Nothing is called “sunset”.')
  await picture('search-left-out')
  await app.getByRole('button', { name: 'Only photos with all words' }).click()
  await expect(searchBox(app)).toHaveValue('zebra +sunset')
  await expect(app.getByRole('heading', { name: 'Nothing found for “zebra +sunset”' })).toBeVisible()
  await app.getByRole('button', { name: 'Search without “sunset”' }).click()
  await expect(searchBox(app)).toHaveValue('zebra sunset')
  await expectFound(app, 1)
})

test('a photo tells why it was found, on the wall and in the viewer', async ({ sharedApp: app }) => {
  await ask(app, 'zebra')
  await expectFound(app, 1)
  await expect(cells(app).first()).toHaveAttribute(
    'title',
    /^seen: zebra \d+% · file name n02391049_zebra\.JPEG$/u,
  )
  const viewer = await openPhoto(app, /zebra/u)
  await expect(viewer.getByRole('heading', { name: 'Found because' })).toBeVisible()
  await expect(viewer.getByText(/^seen: zebra \d+% · file name n02391049_zebra\.JPEG$/u)).toBeVisible()
  await app.keyboard.press('Escape')
  await ask(app, 'zebra 2024')
  await openPhoto(app, /zebra/u)
  await expect(viewer.getByText('date: year 2024', { exact: true })).toBeVisible()
  await expect(viewer.locator('dt:empty')).toHaveCount(0)
  await app.keyboard.press('Escape')
  await ask(app, '')
  await expect(cells(app).first()).not.toHaveAttribute('title', /./u)
})

test('the keys go from the box to the photos: down, and Enter when the answer is there', async ({
  sharedApp: app,
}) => {
  // Without Enter, which goes to the photos where the answer is there by then.
  await searchBox(app).fill('animal')
  await expectFound(app, 6)
  await expect(searchBox(app)).toBeFocused()
  await searchBox(app).press('Enter')
  await expect(app.locator('#wall')).toBeFocused()
  await expect(app.locator('#wall')).toHaveAttribute('aria-activedescendant', 'photo-0')
  await app.keyboard.press('/')
  await expect(searchBox(app)).toBeFocused()
  await app.keyboard.press('ArrowDown')
  await expect(app.locator('#wall')).toBeFocused()
  await app.keyboard.press('ArrowRight')
  await expect(app.locator('#wall')).toHaveAttribute('aria-activedescendant', 'photo-1')
})

test('the empty box offers what was asked last; it can be forgotten', async ({ sharedApp: app, picture }) => {
  const recent = app.getByRole('listbox', { name: 'Recent searches' }).getByRole('option')
  for (const [text, count] of [
    ['animal', 6],
    ['zebra', 1],
    ['flamingo', 1],
  ] as const) {
    await ask(app, text)
    await expectFound(app, count)
  }
  await ask(app, '')
  await expectFound(app, photoCount)
  await app.locator('#wall').focus()
  await app.keyboard.press('/')
  await expect(recent).toHaveText(['flamingo', 'zebra', 'animal', 'Clear recent searches'])
  await picture('search-recent')
  await app.keyboard.press('ArrowDown')
  await app.keyboard.press('ArrowDown')
  await app.keyboard.press('Delete')
  await expect(recent).toHaveText(['flamingo', 'animal', 'Clear recent searches'])
  await app.keyboard.press('Enter')
  await expect(searchBox(app)).toHaveValue('animal')
  await expectFound(app, 6)
  await ask(app, '')
  await searchBox(app).click()
  await recent.filter({ hasText: 'Clear' }).click()
  await expect(recent).toHaveCount(0)
  await expect(searchBox(app)).toBeFocused()
  await searchBox(app).click()
  await expect(recent).toHaveCount(0)
})

test('the cut-off is that of one question', async ({ sharedApp: app }) => {
  await ask(app, 'label:zebra')
  const slider = app.getByRole('slider', { name: 'Confidence' })
  await slider.press('ArrowRight')
  await expect(slider).toHaveAttribute('aria-valuetext', 'at least 5%')
  await ask(app, 'label:zebra 2024')
  await expect(slider).toHaveAttribute('aria-valuetext', 'at least 5%')
  await ask(app, 'label:flamingo')
  await expect(slider).toHaveAttribute('aria-valuetext', 'Automatic')
})

test('a part of the query is told once, whatever it is about, in both languages', async ({
  app,
  picture,
}) => {
  const query =
    'animal -cat folder:photos camera:canon type:jpeg 2019 has:place is:confirmed confidence:>50% name:img keyword:sea zebbra'
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
  await expect(parts.first()).toHaveText('animal (category)')
  await expect(parts.nth(1)).toHaveText(/^not\scat/u)
  expect(await twice()).toEqual([])
  await app.keyboard.press('Control+,')
  await app.getByRole('combobox', { name: 'Language' }).selectOption('Русский')
  await app.keyboard.press('Escape')
  await expect(parts.first()).toHaveText('животное (категория)')
  expect(await twice()).toEqual([])
  await picture('search-chips')
})

function chips(app: Parameters<typeof cells>[0]) {
  return app.getByRole('list', { name: 'How the search was understood' }).locator('.chip')
}
