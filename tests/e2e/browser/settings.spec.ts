import { ask, cells, expect, test } from './kartoteka.ts'

test('the theme changes at once and is remembered', async ({ app, picture }) => {
  const ground = () => app.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await ground()
  await app.keyboard.press('Control+,')
  const dialog = app.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('combobox', { name: 'Appearance' }).selectOption('Dark')
  await expect.poll(ground).not.toBe(light)
  await picture('settings-dark')
  await app.keyboard.press('Escape')
  await picture('wall-dark')
  await app.reload()
  await cells(app).first().waitFor()
  expect(await ground()).not.toBe(light)
})

test('the whole window speaks Russian, tags included', async ({ app, picture }) => {
  await app.keyboard.press('Control+,')
  await app.getByRole('combobox', { name: 'Language' }).selectOption('Русский')
  await expect(app.getByRole('dialog', { name: 'Настройки' })).toBeVisible()
  await expect(app.locator('html')).toHaveAttribute('lang', 'ru')
  await app.keyboard.press('Escape')
  await app.getByRole('combobox', { name: 'Поиск по фотографиям' }).fill('зебра')
  const found = app.getByRole('option', { name: /зебра \d+/u })
  await expect(found).toHaveCount(1)
  await picture('russian-search')
  // A picture that comes between the two clicks takes the second one.
  await found.locator('img.there').waitFor()
  await found.dblclick()
  await expect(app.getByRole('list', { name: 'Что на снимке' })).toContainText('зебра')
  await picture('russian-viewer')
})

test('indexing speed, battery, watching and the cut-off are kept', async ({ app }) => {
  await app.keyboard.press('Control+,')
  await app.getByRole('combobox', { name: /^Show labels/u }).selectOption('at least 90%')
  await app.getByRole('tab', { name: 'Indexing' }).click()
  await app.getByRole('combobox', { name: /^Indexing speed/u }).selectOption('Gentle')
  await app.getByRole('checkbox', { name: /Find new photos/u }).uncheck()
  await app.reload()
  await cells(app).first().waitFor()
  await app.keyboard.press('Control+,')
  await app.getByRole('tab', { name: 'Indexing' }).click()
  await expect(app.getByRole('combobox', { name: /^Indexing speed/u })).toHaveValue('gentle')
  await expect(app.getByRole('checkbox', { name: /Find new photos/u })).not.toBeChecked()
  await app.keyboard.press('Escape')
  await ask(app, 'animal')
  await expect(app.getByRole('slider', { name: 'Confidence' })).toHaveAttribute(
    'aria-valuetext',
    'at least 90%',
  )
})

test('how carefully photos are recognised is chosen with the keyboard, in Russian, and kept', async ({
  app,
}) => {
  await app.keyboard.press('Control+,')
  await app.getByRole('combobox', { name: 'Language' }).selectOption('Русский')
  await app.getByRole('tab', { name: 'Индексирование' }).click()
  const choice = app.getByRole('group', { name: 'Тщательное распознавание' })
  await choice.getByRole('radio', { name: /^Выключено/u }).focus()
  await app.keyboard.press('ArrowDown')
  const mirror = choice.getByRole('radio', { name: /^С зеркальным отражением: верны 78,9 из 100/u })
  await expect(mirror).toBeChecked()
  await expect(mirror).toBeFocused()
  await app.reload()
  await app.getByRole('option').first().waitFor()
  await app.keyboard.press('Control+,')
  await app.getByRole('tab', { name: 'Индексирование' }).click()
  await expect(mirror).toBeChecked()
})

test('how dates and seasons in searches are read is kept', async ({ app }) => {
  await app.keyboard.press('Control+,')
  const order = app.getByRole('combobox', { name: /^Dates in searches/u })
  const half = app.getByRole('combobox', { name: /^Seasons/u })
  await expect(order).toHaveValue('system')
  await expect(half).toHaveValue('northern')
  await order.selectOption('Month first')
  await half.selectOption('Southern hemisphere')
  await app.reload()
  await cells(app).first().waitFor()
  await app.keyboard.press('Control+,')
  await expect(order).toHaveValue('month-first')
  await expect(half).toHaveValue('southern')
})

test('the library page tells where it is and examines itself; about tells the model', async ({
  app,
  picture,
}) => {
  await app.keyboard.press('Control+,')
  await app.getByRole('tab', { name: 'Library' }).click()
  await app.getByRole('button', { name: 'Check now' }).click()
  await expect(
    app
      .getByRole('status')
      .filter({ has: app.getByRole('listitem') })
      .first(),
  ).toBeVisible()
  await picture('settings-library')
  await app.getByRole('tab', { name: 'About' }).click()
  await expect(app.getByRole('tabpanel')).toContainText('GoogLeNet')
})

test('what was tried for the model is told, tried again, and can be chosen over', async ({
  app,
  picture,
}) => {
  await app.keyboard.press('Control+,')
  await app.getByRole('tab', { name: 'Indexing' }).click()
  const report = app.getByRole('region', { name: 'Processors that were tried' })
  await expect(report.getByRole('status')).toContainText('In use: CPU')
  await report.getByText('Processors that were tried').press('Enter')
  await expect(report.getByRole('listitem').filter({ hasText: 'CPU' }).first()).toContainText(
    /works, [\d.]+ ms a photo/u,
  )
  await picture('settings-processors')
  await report.getByRole('button', { name: 'Try all again' }).click()
  await expect(report.getByRole('button', { name: 'Try all again' })).toBeEnabled()
  await expect(report.getByRole('status')).toContainText('In use: CPU')
  const choice = app.getByRole('combobox', { name: /^Processor/u })
  await choice.selectOption('CPU')
  await app.reload()
  await cells(app).first().waitFor()
  await app.keyboard.press('Control+,')
  await app.getByRole('tab', { name: 'Indexing' }).click()
  await expect(choice).toHaveValue('cpu')
})
