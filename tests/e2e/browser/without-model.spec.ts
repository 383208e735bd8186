import { AxeBuilder } from '@axe-core/playwright'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { modelsFolder } from '../../fixtures/synthetic.ts'
import { seededSource } from '../../fixtures/network.ts'
import { photoPath } from '../../fixtures/photos.ts'
import { ask, beginWith, expect, expectFound, test as base } from './kartoteka.ts'
import { startWithoutModel, type RunningServer } from '../../fixtures/served-shell.ts'

interface Checkout {
  /** A folder of the test's own, with a folder of photos in it. */
  readonly work: string
  /** Starts the browser shell, in whose checkout no model was made. */
  readonly open: (home?: string) => Promise<void>
}

const test = base.extend<Checkout>({
  // oxlint-disable-next-line no-empty-pattern
  work: async ({}, use) => {
    const work = await mkdtemp(join(tmpdir(), 'kartoteka-without-model-'))
    await mkdir(join(work, 'photos'))
    for (const name of ['n02391049_zebra.JPEG', 'n02793495_barn.JPEG']) {
      await copyFile(photoPath(name), join(work, 'photos', name))
    }
    // A model that is listed and is not there: no other folder is asked.
    await mkdir(join(work, 'models'))
    const gone = { file: 'gone.onnx', bytes: 1, sha256: '00' }
    await writeFile(
      join(work, 'models/models.json'),
      JSON.stringify({
        models: [{ ...gone, name: 'GoogLeNet', precision: 'fp32' }],
        classifier: gone,
        projection: gone,
      }),
    )
    await use(work)
    await rm(work, { recursive: true, force: true })
  },
  open: async ({ page, work, emptyLibrary }, use) => {
    const servers: RunningServer[] = []
    await use(async (home) => {
      const server = await startWithoutModel(emptyLibrary, join(work, 'models'), home)
      servers.push(server)
      await page.goto(server.url)
    })
    for (const server of servers) await server.stop()
  },
})

const [weights] = seededSource(modelsFolder).weights
if (weights === undefined) throw new Error('The seeded network has no weights')

const banner = (page: Page): Locator =>
  page.getByRole('region', { name: 'Notices' }).getByRole('status').filter({ hasText: 'model' })

/** Photos are on the wall, and no tag finds them. */
async function showUntagged(page: Page, work: string): Promise<void> {
  const card = await beginWith(page, join(work, 'photos'))
  await expect(card.getByText('Everything is up to date')).toBeVisible()
  await expectFound(page, 2)
  await ask(page, 'label:zebra')
  await expect(page.getByText('Nothing found')).toBeVisible()
}

test('without a model the window says so; the file with the weights is chosen, and the tags arrive', async ({
  page,
  work,
  open,
  picture,
}) => {
  const file = join(work, 'download (1).onnx')
  await copyFile(join(modelsFolder, weights.fileName), file)
  await writeFile(join(work, 'other.onnx'), 'not the weights')
  await open()
  await expect(banner(page)).toContainText('You can see your photos, but Kartoteka cannot recognise them')
  await showUntagged(page, work)
  await picture('model-missing')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  await banner(page).getByRole('button', { name: 'Choose the file…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Choose the file with the network’s weights' })
  const path = dialog.getByRole('textbox', { name: 'Path of the file' })
  await path.fill(work)
  await path.press('Enter')
  await expect(dialog.getByRole('list', { name: work }).getByRole('listitem')).toHaveText([
    'models',
    'photos',
    'download (1).onnx',
    'other.onnx',
  ])
  await picture('model-choose')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await dialog.getByRole('button', { name: 'other.onnx' }).click()
  await dialog.getByRole('button', { name: `Use ${join(work, 'other.onnx')}` }).click()
  const refused = page.getByText(/other\.onnx does not hold the weights of the network: it has 15 bytes/)
  await expect(refused.first()).toBeAttached()
  await expect(banner(page)).toContainText('You can see your photos, but Kartoteka cannot recognise them')

  await banner(page).getByRole('button', { name: 'Choose the file…' }).click()
  await path.fill(file)
  await path.press('Enter')
  await expect(banner(page)).toHaveCount(0)
  await expectFound(page, 1)
})

test('the weights are fetched when that is tried again, and the window shows how far it is', async ({
  page,
  work,
  open,
}) => {
  // Gives half of the file and waits for the test.
  const held: ServerResponse[] = []
  let gone = true
  const path = join(modelsFolder, weights.fileName)
  const home = createServer((request, response) => {
    if (gone) {
      response.writeHead(404).end()
      return
    }
    const start = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? '')?.[1] ?? 0)
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': weights.bytes - start })
    createReadStream(path, { start, end: Math.floor(weights.bytes / 2) }).pipe(response, { end: false })
    held.push(response)
  })
  await new Promise<void>((listening) => home.listen(0, '127.0.0.1', listening))
  try {
    await open(`http://127.0.0.1:${(home.address() as AddressInfo).port}/weights.onnx`)
    await showUntagged(page, work)
    await banner(page).getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByText(/weights\.onnx answered 404/).first()).toBeAttached()

    gone = false
    await banner(page).getByRole('button', { name: 'Try again' }).click()
    const fetching = page.getByRole('progressbar', { name: 'Downloading the network’s weights.' })
    await expect(fetching).toBeVisible()
    await expect
      .poll(() => fetching.evaluate((bar: HTMLProgressElement) => bar.position))
      .toBeGreaterThan(0.3)
    expect(await fetching.evaluate((bar: HTMLProgressElement) => bar.position)).toBeLessThan(0.6)

    const [response] = held
    if (response === undefined) throw new Error('Nobody asked for the weights')
    createReadStream(path, { start: Math.floor(weights.bytes / 2) + 1 }).pipe(response)
    await expect(fetching).toHaveCount(0)
    await expectFound(page, 1)
  } finally {
    home.closeAllConnections()
    home.close()
  }
})
