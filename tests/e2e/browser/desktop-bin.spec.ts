import type { Locator, Page } from '@playwright/test'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { expect, photoCount, test, type Desktop } from './desktop.ts'
import { expectFound, selectionBar, typeInField } from './kartoteka.ts'

const cell = (page: Page, name: string): Locator => page.getByRole('option', { name: new RegExp(name, 'u') })

/** By the mouse: the menu of a photo, its line for the bin, and what is answered to the questions. */
async function toTheBin(
  { window, answers }: Desktop,
  name: string,
  ...said: Desktop['answers']
): Promise<void> {
  answers.push(...said)
  await cell(window, name).click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Move to trash' }).click()
}

/** Selects photos one after the other, and asks for the bin with its key. */
async function allToTheBin(
  { window, answers }: Desktop,
  names: readonly string[],
  ...said: Desktop['answers']
) {
  answers.push(...said)
  for (const name of names) await cell(window, name).click({ modifiers: ['ControlOrMeta'] })
  await window.keyboard.press('Delete')
}

const no = { button: 'Cancel' }
const yes = { button: 'Move to Trash' }
const linesOf = (box: Desktop['boxes'][number] | undefined): readonly string[] =>
  box?.detail?.split('\n') ?? []

test('a photo goes to the system’s bin after a question with its path, and comes back from there', async ({
  desktop,
}) => {
  const { window, boxes, bin, photo } = desktop
  await toTheBin(desktop, 'barn', no)
  await expect.poll(() => boxes.length).toBe(1)
  expect(boxes[0]).toMatchObject({
    message: 'Move “barn.jpg” to the trash?',
    buttons: ['Cancel', 'Move to Trash'],
  })
  expect(linesOf(boxes[0])).toContain(photo('barn.jpg'))
  expect(boxes[0]?.checkboxLabel).toBeUndefined()

  await toTheBin(desktop, 'barn', yes)
  await expect(window.getByText('1 photo is in the trash.')).toBeVisible()
  await expectFound(window, photoCount - 1)
  await expect(cell(window, 'barn')).toHaveCount(0)
  expect(existsSync(photo('barn.jpg'))).toBe(false)
  expect(bin.map(({ from }) => from)).toEqual([photo('barn.jpg')])
  expect(boxes).toHaveLength(2)

  // Undo takes back what was said of photos here; a file is put back by the system.
  await window.keyboard.press('Control+z')
  await expect(window.getByText('There is nothing to undo.')).toBeVisible()
  expect(existsSync(photo('barn.jpg'))).toBe(false)
  await desktop.putBack()
  await expect(cell(window, 'barn')).toBeVisible({ timeout: 60_000 })
  await expectFound(window, photoCount)
})

test('of a photo with a copy only the file that was chosen goes, unless the copy is chosen, too', async ({
  desktop,
}) => {
  const { window, boxes, bin, photo } = desktop
  await toTheBin(desktop, 'zebra.*, 2 files', yes)
  await expect(window.getByText('1 file is in the trash. A copy of the photo stays.')).toBeVisible()
  expect(boxes[0]?.checkboxLabel).toBe('Move the copy, too')
  const lines = linesOf(boxes[0])
  const staying = lines.indexOf('Copies of the same photos, which stay where they are:')
  expect(lines.indexOf(photo('zebra.jpg'))).toBeLessThan(staying)
  expect(lines.slice(staying)).toContain(photo('backup/old zebra.jpg'))
  expect(bin.map(({ from }) => from)).toEqual([photo('zebra.jpg')])
  expect(existsSync(photo('backup/old zebra.jpg'))).toBe(true)
  await expect(cell(window, 'zebra')).not.toHaveAccessibleName(/\d files?/u)
  await expectFound(window, photoCount)

  await desktop.putBack()
  await expect(cell(window, 'zebra.*, 2 files')).toBeVisible({ timeout: 60_000 })
  await toTheBin(desktop, 'zebra', { ...yes, checkbox: true })
  await expect(window.getByText('1 photo is in the trash.')).toBeVisible()
  await expectFound(window, photoCount - 1)
  expect(bin.map(({ from }) => from)).toEqual([photo('zebra.jpg'), photo('backup/old zebra.jpg')])
})

test('the last files of photos with stars, an album or a label ask once more, and come back with them', async ({
  desktop,
}) => {
  const { window, boxes, bin, photo } = desktop
  await cell(window, 'barn').click()
  await window.keyboard.press('4')
  await expect(window.getByText('4 stars: 1 photo.')).toBeVisible()
  await cell(window, 'flamingo').click()
  await window.keyboard.press('a')
  await typeInField(window, 'Zoo')
  await window.keyboard.press('Enter')
  await expect(window.getByText('Album “Zoo” created with 1 photo.')).toBeVisible()
  await cell(window, 'volcano').click()
  await window.keyboard.press('l')
  await typeInField(window, 'trip')
  await window.keyboard.press('Enter')
  await expect(window.getByText('“trip” added to 1 photo.')).toBeVisible()
  await window.keyboard.press('Escape')

  await allToTheBin(desktop, ['barn', 'flamingo', 'volcano', 'zebra'], yes, no)
  await expect.poll(() => boxes.length).toBe(2)
  expect(boxes[0]?.message).toBe('Move 4 photos to the trash?')
  const own = ['barn.jpg', 'flamingo.jpg', 'volcano.jpg', 'zebra.jpg'].map(photo)
  expect(
    linesOf(boxes[0])
      .filter((line) => line.startsWith('/'))
      .toSorted(),
  ).toEqual([...own, photo('backup/old zebra.jpg')].toSorted())
  expect(boxes[1]?.message).toMatch(/^These are the last files of 3 photos that mean something to you/u)
  expect(
    linesOf(boxes[1])
      .filter((line) => line.startsWith('/'))
      .toSorted(),
  ).toEqual(own.slice(0, 3))
  await expect(selectionBar(window)).toContainText('4 selected')
  expect(bin).toEqual([])
  await expectFound(window, photoCount)

  await window.keyboard.press('Escape')
  await toTheBin(desktop, 'barn', yes, yes)
  await expectFound(window, photoCount - 1)
  expect(bin.map(({ from }) => from)).toEqual([photo('barn.jpg')])
  await desktop.putBack()
  await expect(cell(window, 'barn.*, 4 stars')).toBeVisible({ timeout: 60_000 })
})

test('a file that changed since it was indexed stays, and the window says so', async ({ desktop }) => {
  const { window, boxes, bin, photo } = desktop
  const another = readFileSync(photo('volcano.jpg'))
  const meanwhile = () => writeFile(photo('barn.jpg'), another)
  await allToTheBin(desktop, ['barn', 'flamingo'], { ...yes, meanwhile })
  await expect(window.getByText('1 photo is in the trash.')).toBeVisible()
  expect(boxes[1]).toMatchObject({
    message: 'One file was not moved.',
    detail: `${photo('barn.jpg')}: the file changed since it was indexed`,
  })
  expect(bin.map(({ from }) => from)).toEqual([photo('flamingo.jpg')])
  expect(readFileSync(photo('barn.jpg')).equals(another)).toBe(true)
})

test.describe('in Russian, with the keyboard alone', () => {
  test.use({ locale: 'ru-RU' })

  test('a photo goes to the bin', async ({ desktop }) => {
    const { window, answers, boxes, bin, photo } = desktop
    await window.keyboard.press('/')
    await window.keyboard.type('амбар')
    await window.keyboard.press('Enter')
    await expect(window.getByRole('listbox', { name: '1 фотография', exact: true })).toBeVisible()
    await window.keyboard.press('ArrowDown')
    answers.push({ button: 'Отмена' }, { button: 'В корзину' })
    for (const asked of [1, 2]) {
      await window.keyboard.press('Delete')
      await expect.poll(() => boxes.length).toBe(asked)
    }
    expect(boxes[1]?.message).toBe('Переместить «barn.jpg» в корзину?')
    expect(boxes[1]?.detail).toContain(photo('barn.jpg'))
    await expect(window.getByText('1 фотография перемещена в корзину.')).toBeVisible()
    expect(bin.map(({ from }) => from)).toEqual([photo('barn.jpg')])
    await window.keyboard.press('Control+z')
    await expect(window.getByText('Отменять нечего.')).toBeVisible()
  })
})
