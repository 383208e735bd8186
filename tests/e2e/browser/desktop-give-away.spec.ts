import type { Locator, Page } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from './desktop.ts'
import { selectionBar } from './kartoteka.ts'
import { changesSince, originalsIn } from '../../fixtures/originals.ts'

const cell = (page: Page, name: string): Locator =>
  page.getByRole('option', { name: new RegExp(name, 'u') }).filter({ has: page.locator('img.there') })

test('a photo is opened with the system’s program and shown in its folder; its picture is put on the clipboard', async ({
  desktop: { window, opened, shown, clipboard, photo },
}) => {
  await cell(window, 'barn').click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Open with another program' }).click()
  await expect.poll(() => opened).toEqual([photo('barn.jpg')])
  await cell(window, 'zebra').click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Show in folder' }).click()
  await expect.poll(() => shown).toEqual([photo('zebra.jpg')])

  // A menu has all keys for itself.
  await expect(window.getByRole('menu')).toHaveCount(0)
  await window.keyboard.press('Control+c')
  await expect(window.getByText('The picture is on the clipboard.')).toBeVisible()
  expect(await sharp(clipboard[0]).metadata()).toMatchObject({ width: 500 })

  await cell(window, 'barn').dblclick()
  const viewer = window.getByRole('dialog')
  await viewer.getByRole('list', { name: 'What is in it' }).waitFor()
  await window.keyboard.press('Control+c')
  await expect.poll(() => clipboard.length).toBe(2)
  expect(clipboard[1]?.equals(clipboard[0] ?? Buffer.of())).toBe(false)
  await viewer.getByRole('button', { name: 'Show in folder' }).click()
  await expect.poll(() => shown).toEqual([photo('zebra.jpg'), photo('barn.jpg')])
})

test('photos are dragged out of the window with Alt held: the one that is dragged, or all that are selected', async ({
  desktop: { window, dragged, photo },
}) => {
  const dragOut = async (name: string): Promise<void> => {
    const { x = 0, y = 0, width = 0, height = 0 } = (await cell(window, name).boundingBox()) ?? {}
    await window.keyboard.down('Alt')
    await window.mouse.move(x + width / 2, y + height / 2)
    await window.mouse.down()
    await window.mouse.move(x + width / 2 + 80, y + height / 2 + 60, { steps: 8 })
    await expect(window.locator('.band')).toHaveCount(0)
    await window.mouse.move(0, 0, { steps: 4 })
    await window.mouse.up()
    await window.keyboard.up('Alt')
  }
  await dragOut('barn')
  await expect.poll(() => dragged).toEqual([[photo('barn.jpg')]])
  await expect(selectionBar(window)).toHaveCount(0)

  await cell(window, 'zebra').click()
  await cell(window, 'volcano').click({ modifiers: ['ControlOrMeta'] })
  await dragOut('volcano')
  await expect.poll(() => dragged.length).toBe(2)
  // Of the zebra and its copy one file is enough.
  expect(dragged[1]?.toSorted()).toEqual([photo('volcano.jpg'), photo('zebra.jpg')])
  await expect(selectionBar(window)).toContainText('2 selected')
  await dragOut('barn')
  await expect.poll(() => dragged[2]).toEqual([photo('barn.jpg')])

  // Without Alt a box is drawn that selects, and nothing leaves the window.
  const { x = 0, y = 0, width = 0, height = 0 } = (await cell(window, 'barn').boundingBox()) ?? {}
  await window.keyboard.press('Escape')
  await window.mouse.move(x + width / 2, y + height / 2)
  await window.mouse.down()
  await window.mouse.move(x + width / 2 + 20, y + height / 2 + 20, { steps: 4 })
  await expect(window.locator('.band')).toBeVisible()
  await window.mouse.up()
  await expect(selectionBar(window)).toContainText('1 selected')
  expect(dragged).toHaveLength(3)
})

test('copies are saved into a folder that is chosen in a dialog of the system; originals stay as they were', async ({
  desktop: { window, folders, shown, photo, elsewhere },
}) => {
  const before = originalsIn(photo(''))
  await cell(window, 'barn').click()
  await cell(window, 'volcano').click({ modifiers: ['ControlOrMeta'] })
  await window.keyboard.press('Control+s')
  const dialog = window.getByRole('dialog', { name: 'Save copies of 2 photos' })
  await expect(dialog.getByRole('radio', { name: 'Download as a ZIP' })).toHaveCount(0)
  const save = dialog.getByRole('button', { name: 'Save', exact: true })
  const path = dialog.getByRole('textbox', { name: 'Path of the folder' })
  folders.push(null, elsewhere)
  await dialog.getByRole('button', { name: 'Choose…' }).click()
  await expect.poll(() => folders).toHaveLength(1)
  await expect(path).toHaveValue('')
  await expect(save).toBeDisabled()
  await dialog.getByRole('button', { name: 'Choose…' }).click()
  await expect(path).toHaveValue(elsewhere)
  await save.click()
  await expect(window.getByText('2 copies saved.')).toBeVisible()
  await expect(dialog).toHaveCount(0)
  expect(readdirSync(elsewhere).toSorted()).toEqual(['barn.jpg', 'volcano.jpg'])
  for (const name of ['barn.jpg', 'volcano.jpg'])
    expect(readFileSync(join(elsewhere, name)).equals(readFileSync(photo(name)))).toBe(true)
  await window.getByRole('button', { name: 'Show in folder' }).last().click()
  await expect.poll(() => shown).toHaveLength(1)
  expect([join(elsewhere, 'barn.jpg'), join(elsewhere, 'volcano.jpg')]).toContain(shown[0])
  expect(changesSince(before, photo(''))).toEqual([])

  // Copies belong to whoever they were made for: undo leaves them alone, and says that there is nothing of it.
  await window.keyboard.press('Control+z')
  await expect(window.getByText('There is nothing to undo.')).toBeVisible()
  expect(readdirSync(elsewhere)).toHaveLength(2)
})
