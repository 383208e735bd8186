import { AxeBuilder } from '@axe-core/playwright'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NetworkInterface } from '../../../electron/core/contract/networks.ts'
import { otherNetwork } from '../../fixtures/other-network.ts'
import { expect, test } from './kartoteka.ts'

/** As the form has it. */
const how: NetworkInterface = {
  input: { layout: 'nhwc', order: 'rgb', mean: [127, 127, 127], deviation: [128, 128, 128] },
  output: 'logits',
}

test('a network from the disk is added, tried and used with the keyboard, and GoogLeNet again in Russian', async ({
  app,
  picture,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'kartoteka-networks-'))
  const file = join(folder, 'Mine.onnx')
  await writeFile(file, otherNetwork([], how))
  try {
    await app.keyboard.press('Control+,')
    await app.getByRole('tab', { name: 'Indexing' }).click()
    const list = app.getByRole('list', { name: 'Network' })
    const row = (name: string) => list.getByRole('listitem').filter({ hasText: name })
    await expect(list.getByRole('listitem').first()).toContainText('GoogLeNet In use')
    await expect(row('ResNet50, int8')).toContainText('Right at first guess: 74.8%')
    await expect(row('ResNet50, int8')).toContainText('no similar photos')
    const [layout, details] = [
      row('ResNet50, int8').getByText('Takes NCHW, RGB'),
      app.getByLabel('Details: ResNet50, int8'),
    ]
    await expect(layout).toBeHidden()
    await details.press('Enter')
    await expect(layout).toBeVisible()
    expect((await new AxeBuilder({ page: app }).include('section').analyze()).violations).toEqual([])
    await picture('networks')

    await app.getByRole('button', { name: 'Add an ONNX file…' }).press('Enter')
    const path = app.getByRole('textbox', { name: 'Path of the file' })
    await path.fill(file)
    await path.press('Enter')
    const form = app.getByRole('form', { name: 'Add an ONNX file…' })
    await form
      .getByRole('combobox', { name: 'Photos are prepared' })
      .selectOption({ label: 'as for TensorFlow: from −1 to 1' })
    await form.getByRole('combobox', { name: 'Layout' }).selectOption('nhwc')
    expect((await new AxeBuilder({ page: app }).include('form').analyze()).violations).toEqual([])
    await form.getByRole('button', { name: 'Add' }).press('Enter')
    await expect(row('Mine')).toContainText('is not known yet: try it first')
    await app.getByRole('button', { name: 'Try Mine' }).press('Enter')
    await expect(row('Mine')).toContainText('It recognised the test pictures')
    await expect(row('Mine')).toContainText(/recognises [\d,]+ photos a second here/u)
    await app.getByRole('button', { name: 'Use Mine' }).press('Enter')
    await expect(row('Mine')).toContainText('In use')
    expect((await new AxeBuilder({ page: app }).include('section').analyze()).violations).toEqual([])

    await app.getByRole('tab', { name: 'General' }).click()
    await app.getByRole('combobox', { name: 'Language' }).selectOption('Русский')
    await app.getByRole('tab', { name: 'Индексирование' }).click()
    await picture('networks-russian')
    await app.getByRole('button', { name: 'Использовать GoogLeNet', exact: true }).press('Enter')
    const own = app.getByRole('list', { name: 'Сеть' }).getByRole('listitem').first()
    await expect(own).toContainText('GoogLeNet Используется')
  } finally {
    await rm(folder, { recursive: true })
  }
})
