import type { Page } from '@playwright/test'
import { cells, expect, photoCount, selectionBar, test, wall } from './kartoteka.ts'

test.use({ viewport: { width: 640, height: 400 } })

/** Where the photo stands on which the keys are, and what of the wall is free: below the heading, above the bar. */
async function place(app: Page) {
  const [cell, port, heading, bar] = await Promise.all(
    ['.cell.active', '#wall', '.heading', '.batch'].map((selector) =>
      app
        .locator(selector)
        .evaluateAll(([first]) => first?.getBoundingClientRect().toJSON() as DOMRect | undefined),
    ),
  )
  return {
    top: cell?.top ?? NaN,
    bottom: cell?.bottom ?? NaN,
    from: (port?.top ?? NaN) + (heading?.height ?? NaN),
    to: bar?.top ?? port?.bottom ?? NaN,
  }
}

/** All of it where there is room enough, otherwise as much as there is room for, from its head. */
async function expectClear(app: Page): Promise<void> {
  await expect
    .poll(async () => {
      const { top, bottom, from, to } = await place(app)
      return top >= from - 1 && (bottom <= to + 1 || Math.abs(top - from) < 1)
    })
    .toBe(true)
}

/** Turns the wheel over the wall until it has gone so far, or to its end, which late shapes of photos may put off. */
async function scrollDown(app: Page, pixels: number): Promise<void> {
  await wall(app).hover()
  await expect
    .poll(async () => {
      const left = await wall(app).evaluate(
        ({ scrollTop, scrollHeight, clientHeight }, wanted) =>
          Math.min(wanted, scrollHeight - clientHeight) - scrollTop,
        pixels,
      )
      if (Math.abs(left) >= 1) await app.mouse.wheel(0, left)
      return Math.abs(left)
    })
    .toBeLessThan(1)
}

async function heightOfPhoto(app: Page): Promise<number | undefined> {
  return (await cells(app).first().boundingBox())?.height
}

/** 80 pixels: they fit; as large as can be: none fits. */
for (const size of ['Home', 'End'] as const)
  test(`the photo on which the keys stand lies under no heading, thumbnails ${size === 'End' ? 'large' : 'small'}`, async ({
    app,
    picture,
  }) => {
    const before = await heightOfPhoto(app)
    await app.keyboard.press('Control+,')
    await app.getByRole('dialog').getByRole('slider', { name: 'Thumbnail size' }).press(size)
    await app.keyboard.press('Escape')
    // The wall takes the size over a moment later, and then stands as it stood, wherever the keys are.
    await expect.poll(() => heightOfPhoto(app)).not.toBe(before)
    await wall(app).focus()
    const steps = size === 'End' ? 4 : 2
    for (const key of ['ArrowDown', 'ArrowUp', 'PageDown', 'End', 'ArrowUp', 'PageUp', 'ArrowRight'])
      for (let step = 0; step < steps; step++) {
        await app.keyboard.press(key)
        await expectClear(app)
      }
    await picture(`focus-${size.toLowerCase()}`)
  })

test('the bar of the selection does not lie over it either, not even over the last one', async ({
  app,
  picture,
}) => {
  const before = await heightOfPhoto(app)
  await app.keyboard.press('Control+,')
  await app.getByRole('dialog').getByRole('slider', { name: 'Thumbnail size' }).press('Home')
  await app.keyboard.press('Escape')
  await expect.poll(() => heightOfPhoto(app)).not.toBe(before)
  await wall(app).focus()
  await app.keyboard.press('End')
  await app.keyboard.press('Space')
  await expect(selectionBar(app)).toBeVisible()
  await expectClear(app)
  await picture('focus-selection')
})

test('coming back with Tab shows the photo on which the keys stand, however the wall was scrolled', async ({
  sharedApp: app,
}) => {
  await wall(app).focus()
  for (const key of ['Home', 'ArrowDown', 'ArrowDown']) await app.keyboard.press(key)
  const stays = await app.locator('.cell.active').getAttribute('aria-posinset')
  await scrollDown(app, 5000)
  await expect(app.locator('.cell.active')).toHaveCount(0)
  await app.getByRole('button', { name: 'Keyboard shortcuts' }).focus()
  await app.keyboard.press('Tab')
  await expect(wall(app)).toBeFocused()
  await expect(app.locator('.cell.active')).toHaveAttribute('aria-posinset', stays ?? '')
  await expectClear(app)
})

test('coming with Tab for the first time marks the first photo that is seen', async ({ sharedApp: app }) => {
  await scrollDown(app, 500)
  await app.getByRole('button', { name: 'Keyboard shortcuts' }).focus()
  await app.keyboard.press('Tab')
  await expect(app.locator('.cell.active')).toHaveCount(1)
  await expectClear(app)
  expect(Number(await app.locator('.cell.active').getAttribute('aria-posinset'))).toBeGreaterThan(1)
})

/** What has the focus and of which nothing is seen, going with Tab from the first to the last. */
async function hidden(app: Page): Promise<readonly string[]> {
  const found: string[] = []
  const seen = new Set<string>()
  for (let step = 0; step < 60; step++) {
    await app.keyboard.press('Tab')
    const here = await app.evaluate(() => {
      const { activeElement } = document
      // After the last comes the window's own, then the first.
      if (activeElement === null || activeElement === document.body) return null
      // A button of a group may be seen as its label.
      const seenAs = activeElement.closest('label') ?? activeElement
      const { left, top, width, height } = seenAs.getBoundingClientRect()
      const parts = [0.1, 0.3, 0.5, 0.7, 0.9]
      const shown = parts.some((x) =>
        parts.some((y) => {
          const at = document.elementFromPoint(left + width * x, top + height * y)
          return at !== null && seenAs.contains(at)
        }),
      )
      const name = activeElement.getAttribute('aria-label') ?? activeElement.textContent ?? ''
      return { name: `${activeElement.tagName} ${name.trim()}`, at: `${left} ${top}`, shown }
    })
    if (here === null) continue
    if (seen.has(here.name + here.at)) break
    seen.add(here.name + here.at)
    if (!here.shown) found.push(here.name)
  }
  expect(seen.size).toBeGreaterThan(2)
  return found
}

test('nothing that has the focus is hidden by something else', async ({ sharedApp: app }) => {
  expect(['wall', await hidden(app)]).toEqual(['wall', []])
  const show = app.getByRole('button', { name: 'Show the sidebar' })
  await show.click()
  await expect(app.getByRole('button', { name: 'Hide the sidebar' })).toBeFocused()
  expect(['side bar', await hidden(app)]).toEqual(['side bar', []])
  await app.getByRole('button', { name: 'Hide the sidebar' }).focus()
  await app.keyboard.press('Escape')
  await expect(wall(app)).toBeFocused()

  await cells(app).first().dblclick()
  const viewer = app.getByRole('dialog')
  await expect(viewer.getByText(`1 of ${photoCount}`)).toBeVisible()
  expect(['viewer', await hidden(app)]).toEqual(['viewer', []])
  await app.keyboard.press('i')
  await viewer.getByRole('list', { name: 'What is in it' }).waitFor()
  expect(['panel', await hidden(app)]).toEqual(['panel', []])
})
