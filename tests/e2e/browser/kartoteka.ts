import { expect, test as base, type BrowserContext, type Locator, type Page } from '@playwright/test'
import { copyFile, cp, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { indexFolder } from '../../fixtures/served-shell.ts'
import { serveHere, type ServedHere } from '../../fixtures/shell-here.ts'

/** Photos the tests look at, and the day each was "taken": the files carry no date of their own. */
const photos: readonly (readonly [file: string, day: string])[] = [
  ['n02391049_zebra.JPEG', '2024-06-02'],
  ['n02007558_flamingo.JPEG', '2024-06-02'],
  ['n02128925_jaguar.JPEG', '2024-06-01'],
  ['n02480495_orangutan.JPEG', '2024-06-01'],
  ['n02484975_guenon.JPEG', '2024-06-01'],
  ['n01806567_quail.JPEG', '2023-10-12'],
  ['n09193705_alp.JPEG', '2023-10-11'],
  ['n09472597_volcano.JPEG', '2023-10-10'],
  ['n02793495_barn.JPEG', '2023-10-10'],
  ['n02727426_apiary.JPEG', '2022-05-01'],
  ['n02948072_candle.JPEG', '2021-12-24'],
  ['n03297495_espresso_maker.JPEG', '2021-12-24'],
  ['n04399382_teddy.JPEG', '2021-12-24'],
  ['n03874599_padlock.JPEG', '2021-12-24'],
  ['n07747607_orange.JPEG', '2021-12-24'],
]
export const photoCount = photos.length

/** What was never a photo, and why. */
const broken = ['empty.jpg', 'letter.jpg', 'half.jpg'] as const
export const brokenCount = broken.length

async function layOut(folder: string): Promise<void> {
  await mkdir(join(folder, 'not photos'), { recursive: true })
  for (const [file, day] of photos) {
    const to = join(folder, file)
    await copyFile(join(photosFolder, file), to)
    const taken = new Date(`${day}T12:00:00Z`)
    await utimes(to, taken, taken)
  }
  await writeFile(join(folder, 'not photos/empty.jpg'), '')
  await writeFile(join(folder, 'not photos/letter.jpg'), 'Dear Anna,\nthe photos are in the other folder.\n')
  await writeFile(join(folder, 'not photos/half.jpg'), Buffer.from('ffd8ffe000104a46494600', 'hex'))
}

interface SharedLibrary {
  readonly folder: string
  readonly address: string
  /** What the browser keeps that was let in with the link. */
  readonly letIn: Awaited<ReturnType<BrowserContext['storageState']>>
}

interface Ready {
  /** A folder with a few photos and three files that are none. */
  readonly photoFolder: string
  /** A library in which that folder is indexed; never opened itself. */
  readonly indexedLibrary: string
  /** A library like it, of other copies of the photos, that is served to all tests that change neither. */
  readonly shared: SharedLibrary
}

interface Kartoteka {
  /** An empty library of the test's own. */
  readonly emptyLibrary: string
  /** The page on a copy of the indexed library, photos on the screen. */
  readonly app: Page
  /** The same on a library that tests share: for those that decide nothing and set nothing. Takes half the time. */
  readonly sharedApp: Page
  /** Starts a browser shell that ends with the test. */
  readonly serve: (library: string) => Promise<ServedHere>
  /** Keeps a picture of the screen, in test-results/screens. */
  readonly picture: (name: string) => Promise<void>
}

async function temporary(name: string, use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), `kartoteka-${name}-`))
  try {
    await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What a test may not change in a library that others look at as well. */
function keptState(folder: string): unknown {
  const database = new DatabaseSync(join(folder, 'library.sqlite'), { readOnly: true })
  try {
    return [
      database.prepare("SELECT value FROM setting WHERE key = 'settings'").get(),
      database.prepare('SELECT count(*) FROM decision_step').get(),
    ]
  } finally {
    database.close()
  }
}

export const test = base.extend<Kartoteka, Ready>({
  photoFolder: [
    async ({ browserName }, use) => {
      await temporary(`photos-${browserName}`, async (folder) => {
        await layOut(folder)
        await use(folder)
      })
    },
    { scope: 'worker' },
  ],
  indexedLibrary: [
    async ({ photoFolder }, use) => {
      await temporary('indexed', async (library) => {
        await indexFolder(library, photoFolder)
        await use(library)
      })
    },
    { scope: 'worker' },
  ],
  shared: [
    async ({ browser }, use) => {
      await temporary('shared-photos', async (photoFolder) => {
        await layOut(photoFolder)
        await temporary('shared', async (folder) => {
          await indexFolder(folder, photoFolder)
          const server = await serveHere(folder)
          const page = await browser.newPage()
          await page.goto(server.url)
          await cells(page).first().waitFor()
          const letIn = await page.context().storageState()
          const address = page.url()
          await page.close()
          await use({ folder, address, letIn })
          await server.stop()
        })
      })
    },
    { scope: 'worker' },
  ],
  emptyLibrary: async ({ browserName }, use) => {
    await temporary(`library-${browserName}`, use)
  },
  // Playwright asks for a pattern even where nothing is needed.
  // oxlint-disable-next-line no-empty-pattern
  serve: async ({}, use) => {
    const servers: ServedHere[] = []
    await use(async (library) => {
      const server = await serveHere(library)
      servers.push(server)
      return server
    })
    for (const server of servers) await server.stop()
  },
  app: async ({ page, serve, indexedLibrary, emptyLibrary }, use) => {
    await cp(indexedLibrary, emptyLibrary, { recursive: true })
    const server = await serve(emptyLibrary)
    await page.goto(server.url)
    await cells(page).first().waitFor()
    await use(page)
  },
  sharedApp: async ({ context, page, shared: { folder, address, letIn } }, use) => {
    const before = keptState(folder)
    await context.setStorageState(letIn)
    await page.goto(address)
    await cells(page).first().waitFor()
    await use(page)
    expect(keptState(folder), 'A test that changes the library needs one of its own: `app`').toEqual(before)
  },
  picture: async ({ page }, use, testInfo) => {
    await use(async (name) => {
      const path = join('test-results/screens', `${name}.png`)
      await page.screenshot({ path, animations: 'disabled' })
      await testInfo.attach(name, { path, contentType: 'image/png' })
    })
  },
})

export { expect } from '@playwright/test'

export const wall = (page: Page): Locator => page.getByRole('listbox', { name: /\d+ photos?$/u })
export const cells = (page: Page): Locator => wall(page).getByRole('option')
/** What can be done with the selected photos. */
export const selectionBar = (page: Page): Locator => page.getByRole('region', { name: 'Selected photos' })
export const searchBox = (page: Page): Locator => page.getByRole('combobox', { name: 'Search your photos' })

/** Through the first run: chooses a folder by its path and starts. @returns the card that tells how indexing goes */
export async function beginWith(page: Page, folder: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Choose folders…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Choose a folder' })
  // The path of the first folder is written into the box when its list has come.
  await dialog.getByRole('list').waitFor()
  await dialog.getByRole('textbox', { name: 'Path of the folder' }).fill(folder)
  await dialog.getByRole('textbox', { name: 'Path of the folder' }).press('Enter')
  await dialog.getByRole('button', { name: `Choose ${folder}` }).click()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  return page.getByRole('region', { name: 'Indexing' })
}

/** Waits until the search finds `count` photos and they have come; only those near the screen exist as elements. */
export async function expectFound(page: Page, count: number): Promise<void> {
  const name = `${count} photo${count === 1 ? '' : 's'}`
  await expect(page.getByRole('listbox', { name, exact: true })).toBeVisible()
  await expect(page.getByRole('option', { name: 'Loading photo' })).toHaveCount(0)
}

/** Asks, and waits until the answer is on the screen. */
export async function ask(page: Page, text: string): Promise<void> {
  await searchBox(page).fill(text)
  await searchBox(page).press('Enter')
  await expect(page.locator('#main')).toHaveAttribute('aria-busy', 'false')
}

/** Loads the page anew; from then on requests of that name wait until they are let go. @returns lets them go */
export async function holdRequests(page: Page, call: string): Promise<() => void> {
  const held: (() => void)[] = []
  let isHeld = true
  await page.routeWebSocket(/\/rpc$/u, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      const asked = JSON.parse(String(message)) as { readonly call: string }
      if (isHeld && asked.call === call) held.push(() => server.send(message))
      else server.send(message)
    })
  })
  await page.reload()
  await cells(page).first().waitFor()
  return () => {
    isHeld = false
    for (const send of held) send()
  }
}

/** Types, whether the field that a key or button asked for is there yet or not, and waits until the words stand in it. */
export async function typeInField(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text)
  await expect(page.getByRole('combobox').and(page.locator(':focus'))).toHaveValue(text)
}

/** Opens the photo whose best tag or name says `name`, and gives its viewer. */
export async function openPhoto(page: Page, name: RegExp): Promise<Locator> {
  await cells(page)
    .filter({ has: page.locator('img.there') })
    .and(page.getByRole('option', { name }))
    .first()
    .dblclick()
  const viewer = page.getByRole('dialog')
  await viewer.getByRole('list', { name: 'What is in it' }).waitFor()
  return viewer
}

/** Puts the photos in another order, by the menu. */
export async function sortBy(page: Page, order: 'By date' | 'Best first' | 'By stars'): Promise<void> {
  await page.getByRole('button', { name: /^(?:Sorted by|Best matches)/u }).click()
  await page.getByRole('menuitemradio', { name: order }).click()
}
