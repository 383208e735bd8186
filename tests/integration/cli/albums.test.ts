import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { addPhoto, hashOf } from '../../fixtures/temp-library.ts'
import { kartotekaHere, kartotekaJsonHere, newFolder, removeFolder } from './kartoteka.ts'

const library = newFolder()
let ids: readonly number[] = []

beforeAll(() => {
  const opened = openLibrary(library, { mode: 'write' })
  ids = [1, 2, 3].map((at) =>
    addPhoto(opened, { path: `/photos/${at}.jpg`, reading: { contentHash: hashOf(at) } }),
  )
  closeLibrary(opened)
})
afterAll(() => {
  removeFolder(library)
})

const album = (...args: readonly string[]) => kartotekaHere(['album', ...args, '--library', library])
const albumJson = (...args: readonly string[]) => kartotekaJsonHere(['album', ...args, '--library', library])
const list = () => albumJson('list')

describe('kartoteka album', () => {
  it('makes, fills, renames and removes albums', async () => {
    expect((await album('list')).stdout).toContain('There are no albums yet.')
    const made = await albumJson('make', 'Rome', '/photos/1.jpg', String(ids[1]))
    expect(made).toMatchObject({ name: 'Rome', changed: 2 })
    expect(await albumJson('add', 'rome', '/photos/3.jpg')).toMatchObject({ name: 'Rome', changed: 1 })
    expect(await list()).toMatchObject([{ name: 'Rome', photos: 3, order: 'date' }])
    expect(await albumJson('take-out', 'ROME', '/photos/1.jpg', '/photos/2.jpg')).toMatchObject({
      changed: 2,
    })
    expect((await album('rename', 'Rome', 'Roma')).stdout).toBe('Renamed the album Roma.\n')
    expect((await album('list')).stdout).toMatch(/photos {2}album {2}order\n +1 {2}Roma {3}date/u)
    expect(await albumJson('remove', 'roma')).toMatchObject({ name: 'Roma', changed: 1 })
    expect(await list()).toEqual([])
  })

  it('takes --json and --library before the command, too', async () => {
    const { stdout } = await kartotekaHere(['--library', library, '--json', 'album', 'list'])
    expect(JSON.parse(stdout)).toEqual([])
  })

  it.each([
    [['add', 'Oslo', '/photos/1.jpg'], 'There is no album Oslo.'],
    [['rename', 'Oslo', 'Bergen'], 'There is no album Oslo.'],
    [['make', 'Oslo', '/photos/none.jpg'], 'The library has no photo /photos/none.jpg.'],
    [['make', 'Oslo', '99999'], 'The library has no photo 99999.'],
    [['make', ' \u0301'], 'at least one letter or digit'],
  ])('%j: a sentence, and nothing changed', async (args, message) => {
    const { status, stdout, stderr } = await album(...args)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain(message)
    expect(await list()).toEqual([])
  })

  it('refuses a name that another album has', async () => {
    await albumJson('make', 'Oslo')
    await albumJson('make', 'Bergen')
    expect((await album('rename', 'Bergen', 'oslo')).stderr).toContain('There is an album “Oslo” already.')
    for (const name of ['Oslo', 'Bergen']) await albumJson('remove', name)
  })

  it('says who has the library while it is open elsewhere', async () => {
    const opened = openLibrary(library, { mode: 'write' })
    try {
      expect(await album('make', 'Oslo')).toMatchObject({
        status: 1,
        stderr: expect.stringContaining(`Process ${process.pid} is using the library`),
      })
      expect(await list()).toEqual([])
    } finally {
      closeLibrary(opened)
    }
  })

  it.each([[['make']], [['add', 'Rome']], [['fill']]])('%j: wrong usage', async (args) => {
    expect((await album(...args)).status).toBe(64)
  })
})
