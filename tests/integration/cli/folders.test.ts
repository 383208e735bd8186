import { chmodSync, cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { photoPath } from '../../fixtures/photos.ts'
import { kartoteka, newFolder, removeFolder, type Ended } from './kartoteka.ts'

const here = newFolder()
const library = join(here, 'library')
const [zebras = '', dogs = ''] = ['zebras', 'dogs'].map((name) => join(here, name))
/** Nothing is forbidden to root, so root runs it as nobody. */
const nobody = process.geteuid?.() === 0 ? 65_534 : undefined

beforeAll(() => {
  chmodSync(here, 0o755)
  mkdirSync(library, { mode: 0o777 })
  chmodSync(library, 0o777)
  cpSync(photoPath('n02391049_zebra.JPEG'), join(zebras, 'zebra.jpg'), { recursive: true })
  cpSync(photoPath('n02391049_zebra.JPEG'), join(dogs, 'dog.jpg'), { recursive: true })
})
afterAll(() => {
  removeFolder(here)
})

const index = (...folders: string[]): Promise<Ended> =>
  kartoteka(
    ['index', ...folders, '--library', library, '--json'],
    { HOME: library, XDG_CACHE_HOME: library },
    nobody,
  )

/** With the rights of a folder taken away. */
async function shut(folder: string, act: () => Promise<Ended>): Promise<Ended> {
  chmodSync(folder, 0)
  try {
    return await act()
  } finally {
    chmodSync(folder, 0o755)
  }
}

describe.skipIf(process.platform === 'win32')('folders to index, some of which cannot be opened', () => {
  it('all of them can', async () => {
    const { status, stdout } = await index(zebras, dogs)
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ found: 2, failed: 0 })
  })

  it('the only one is known and shut: the reason, and nothing done', async () => {
    const { status, stdout, stderr } = await shut(zebras, () => index(zebras))
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain(`You do not have permission to read the folder ${zebras}.\n`)
    expect(stderr).toContain('Its photos and tags are kept until it is back.')
  })

  it('one is known and shut: it is named, the other is done', async () => {
    const { status, stdout, stderr } = await shut(zebras, () => index(zebras, dogs))
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ found: 1, unchanged: 1, missing: 0 })
    expect(stderr).toContain(`You do not have permission to read the folder ${zebras}.\n`)
  })

  it('one is not known and not there: it is named, the other is done', async () => {
    const { status, stdout, stderr } = await index(join(here, 'nowhere'), dogs)
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ found: 1 })
    expect(stderr).toContain(`${join(here, 'nowhere')} does not exist. Check how it is written`)
  })

  it('none is there: each is named, and nothing done', async () => {
    const { status, stderr } = await index(join(here, 'nowhere'), join(here, 'never'))
    expect(status).toBe(1)
    expect(stderr).toContain(`${join(here, 'nowhere')} does not exist`)
    expect(stderr).toContain(`${join(here, 'never')} does not exist`)
  })

  it('the only one has lost all it had: its disk is away, and nothing done', async () => {
    rmSync(join(dogs, 'dog.jpg'))
    const { status, stderr } = await index(dogs)
    expect(status).toBe(1)
    expect(stderr).toContain(`The folder ${dogs} is empty, and the library knows photos in it.`)
  })

  it('one that is empty and new is done', async () => {
    mkdirSync(join(here, 'empty'))
    const { status, stdout } = await index(join(here, 'empty'))
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ found: 0 })
  })
})
