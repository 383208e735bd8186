import type { Page } from '@playwright/test'
import { cp, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from './kartoteka.ts'

test.use({ locale: 'ru-RU' })

/** Names that are the same in every language: of the program, of the tests' network and other things in it, of keys and units of files. */
const names =
  /^(?:Kartoteka|GoogLeNet|seeded|CUDA|NVIDIA|DirectML|Windows|Core|ML|Mac|WebGPU|int8|fp32|cpu|linux|MIT|JPEG|ISO|English|Alt|Ctrl|PageUp|PageDown|Shift|Enter|Home|End|Tab|F11|Delete|Esc|damaged|[A-Z])$/u

/** Latin words on the screen, spoken names and tips included, that are neither names nor part of a path. */
async function latinWords(page: Page, folder: string): Promise<readonly string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = []
    const walk = (element: Element): void => {
      if (element.closest('[lang="en"]') !== null || element.matches('bdi, script, style, .search input'))
        return
      if (element instanceof HTMLElement && element.classList.contains('shown-path')) return
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext'])
        found.push(element.getAttribute(name) ?? '')
      for (const node of element.childNodes) {
        if (node instanceof Element) walk(node)
        else if (node instanceof Text) found.push(node.data)
      }
    }
    walk(document.body)
    return found
  })
  return texts
    .flatMap((text) => text.replaceAll(folder, '').split(/[\s·,:;()«»“”…?!+]+/u))
    .filter((word) => /[a-z]{2}|^[A-Z]/iu.test(word) && !/[/\\._]|[а-яё]/iu.test(word) && !names.test(word))
}

async function openLibrary(
  page: Page,
  serve: (library: string) => Promise<{ readonly url: string }>,
  [indexed, copy]: readonly [string, string],
): Promise<void> {
  await cp(indexed, copy, { recursive: true })
  await page.goto((await serve(copy)).url)
  await page.getByRole('option').first().waitFor()
}

const screens: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'the wall': async () => {},
  'a selection': async (page) => {
    await page.getByRole('option').first().click()
    await page.getByRole('list', { name: 'Метки выбранных фотографий' }).waitFor()
  },
  'the menu of photos': async (page) => {
    await page.getByRole('option').first().click({ button: 'right' })
    await page.getByRole('menu').waitFor()
  },
  'the viewer': async (page) => {
    await page.getByRole('option').first().dblclick()
    await page.getByRole('list', { name: 'Что на снимке' }).waitFor()
  },
  things: async (page) => {
    await page.getByRole('button', { name: 'Показать всё…' }).click()
    await page.getByRole('button', { name: 'зебра, 1 фотография' }).waitFor()
  },
  problems: async (page) => {
    await page.getByRole('button', { name: /^Проблемы/u }).click()
    await page.getByText('Пустой файл').waitFor()
  },
  'the map': async (page) => {
    await page.getByRole('button', { name: 'Карта', exact: true }).click()
    await page.getByRole('option').first().waitFor()
  },
  folders: async (page) => {
    await page.getByRole('button', { name: 'Папки', exact: true }).click()
    await page.getByRole('button', { name: 'Просмотреть все ещё раз' }).waitFor()
  },
  'keyboard sheet': async (page) => {
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
  },
  'general settings': (page) => settingsPage(page, 'Общие'),
  'labels settings': (page) => settingsPage(page, 'Ваши метки'),
  'indexing settings': async (page) => {
    await settingsPage(page, 'Индексирование')
    await page.getByRole('region', { name: 'Проверенные процессоры' }).waitFor()
  },
  'library settings': async (page) => {
    await settingsPage(page, 'Библиотека')
    await page.getByRole('button', { name: 'Проверить' }).click()
    await page.getByText('База данных', { exact: true }).waitFor()
  },
  'about the program': (page) => settingsPage(page, 'О программе'),
  'a word that was left out': async (page) => {
    await page.keyboard.press('/')
    await page.getByRole('combobox', { name: 'Поиск по фотографиям' }).fill('зебра закат')
    await page.keyboard.press('Enter')
    await page.getByText('Нет ничего с названием «закат».', { exact: true }).waitFor()
    await page.getByRole('listbox', { name: '1 фотография', exact: true }).waitFor()
  },
  'a search that finds nothing': async (page) => {
    await page.keyboard.press('/')
    await page.getByRole('combobox', { name: 'Поиск по фотографиям' }).fill('зебрра -дом 2031')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /ничего не найдено/u }).waitFor()
  },
}

async function settingsPage(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name }).click()
}

test('nothing English is left on any screen', async ({
  page,
  serve,
  indexedLibrary,
  emptyLibrary,
  photoFolder,
  picture,
}) => {
  await openLibrary(page, serve, [indexedLibrary, emptyLibrary])
  for (const [name, show] of Object.entries(screens)) {
    await show(page)
    expect([name, await latinWords(page, basename(photoFolder))]).toEqual([name, []])
    await picture(`russian-${name.replaceAll(' ', '-')}`)
    await page.keyboard.press('Escape')
  }
})

test('what exactly is wrong with a file is one click away', async ({
  page,
  serve,
  indexedLibrary,
  emptyLibrary,
}) => {
  await openLibrary(page, serve, [indexedLibrary, emptyLibrary])
  await page.getByRole('button', { name: /^Проблемы/u }).click()
  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: 'empty.jpg' })
  await expect(row).toContainText('Скопируйте снимок ещё раз')
  const sentence = row.locator('[lang="en"]')
  await expect(sentence).toBeHidden()
  await row.getByText('Подробности').click()
  await expect(sentence).toBeVisible()
  await expect(sentence).toContainText('0 bytes')
})

test('a failure is told in Russian, the program’s own sentence on demand', async ({
  page,
  serve,
  indexedLibrary,
  emptyLibrary,
}) => {
  await openLibrary(page, serve, [indexedLibrary, emptyLibrary])
  await page.getByRole('button', { name: 'Добавить папку…' }).first().click()
  const path = page.getByRole('dialog').getByRole('textbox', { name: 'Путь к папке' })
  await path.fill('/there/is/no/such/folder')
  await path.press('Enter')
  const message = page.getByRole('status', { name: 'Сообщения' })
  await expect(message).toContainText('Папки нет на месте.')
  await message.getByText('Подробности').click()
  await expect(message.locator('[lang="en"]')).toContainText('/there/is/no/such/folder')
  await expect(page.getByRole('dialog')).toBeVisible()
})

test('the window speaks the system’s language also where no settings can be read', async ({
  page,
  serve,
  emptyLibrary,
  picture,
}) => {
  await writeFile(join(emptyLibrary, 'library.sqlite'), 'words, not a database. '.repeat(4096))
  await page.goto((await serve(emptyLibrary)).url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Библиотека повреждена.')
  expect(await latinWords(page, emptyLibrary)).toEqual([])
  await picture('russian-damaged')
})

test('the search box and what is offered are Russian too', async ({
  page,
  serve,
  indexedLibrary,
  emptyLibrary,
}) => {
  await openLibrary(page, serve, [indexedLibrary, emptyLibrary])
  await page.getByRole('treeitem', { name: /^животное/u }).click()
  const box = page.getByRole('combobox', { name: 'Поиск по фотографиям' })
  await expect(box).toHaveValue('категория:животное')
  await expect(page.getByRole('listbox', { name: '6 фотографий', exact: true })).toBeVisible()
  await page.getByRole('option').first().click()
  await page.keyboard.press('c')
  await expect(page.getByRole('listbox', { name: 'Подтвердить' }).getByRole('option').first()).toHaveText(
    'животное',
  )
})
