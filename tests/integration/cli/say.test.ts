import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { addPhoto, hashOf } from '../../fixtures/temp-library.ts'
import { kartotekaHere, kartotekaJsonHere, newFolder, removeFolder } from './kartoteka.ts'

const here = newFolder()
let folder = ''
let ids: number[] = []
const paths = ['/photos/sea/a.jpg', '/photos/sea/b.jpg', '/photos/hill/c.jpg']

beforeAll(() => {
  const library = openLibrary(join(here, 'library'), { mode: 'write' })
  ids = paths.map((path, at) =>
    addPhoto(library, { path, reading: { contentHash: hashOf(at + 1), metadata: { rating: 2 } } }),
  )
  folder = library.folder
  closeLibrary(library)
  return () => {
    removeFolder(here)
  }
})

const inLibrary = <Value>(ask: (library: Library) => Value): Value => {
  const library = openLibrary(folder, { mode: 'write' })
  try {
    return ask(library)
  } finally {
    closeLibrary(library)
  }
}
const ratings = (): unknown[] =>
  inLibrary((library) => ids.map((id) => readPhoto(library, id)?.rating ?? null))
const document = (...args: string[]): Promise<unknown> => kartotekaJsonHere([...args, '--library', folder])
const refused = async (...args: string[]): Promise<string> => {
  const { status, stdout, stderr } = await kartotekaHere([...args, '--library', folder])
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  return stderr
}

describe('rate', () => {
  it('gives stars to photos named by their paths, and to what a search finds', async () => {
    expect(await document('rate', '/photos/hill/c.jpg', '--stars', '5')).toEqual({
      query: null,
      photos: 1,
      changed: { stars: 1 },
    })
    expect(await document('rate', 'folder:sea', '--stars', 'none', '--favourite')).toEqual({
      query: 'folder:sea',
      photos: 2,
      changed: { stars: 2, favourite: 2 },
    })
    expect(ratings()).toEqual([0, 0, 5])
    expect(await document('rate', 'is:favourite', '--no-favourite')).toMatchObject({ photos: 2 })
    expect(await document('rate', 'stars:>=5', '--stars', 'file')).toMatchObject({ changed: { stars: 1 } })
    expect(ratings()).toEqual([0, 0, 2])
  })

  it('is a step of the history that the window can undo', () => {
    inLibrary(undo)
    expect(ratings()).toEqual([0, 0, 5])
  })

  it('says in words what it did', async () => {
    const { stdout } = await kartotekaHere(['rate', 'folder:hill', '--stars', '4', '--library', folder])
    expect(stdout).toBe('1 photo meant. Changed: stars: 1.\n')
  })
})

describe('hide', () => {
  it('takes photos out of searches, and puts them back', async () => {
    expect(await document('hide', 'folder:sea')).toEqual({
      query: 'folder:sea',
      photos: 2,
      changed: { hidden: 2 },
    })
    expect(await document('search', '')).toMatchObject({ total: 1 })
    expect(await refused('hide', 'folder:sea')).toContain('No photo is found by "folder:sea"')
    expect(await document('hide', '--show-again', 'folder:sea')).toMatchObject({ changed: { hidden: 2 } })
    expect(await document('search', '')).toMatchObject({ total: 3 })
  })
})

describe('what is said of photos is refused', () => {
  it.each([
    [['rate', 'folder:sea'], 'say what they are to have'],
    [['rate', 'folder:sea', '--stars', '6'], 'whole number, 0 to 5'],
    [['rate', '--stars', '3'], "missing required argument 'photos'"],
    [['hide', ''], 'must not be empty'],
  ])('where it is not clear: %j', async (args, said) => {
    const { status, stderr } = await kartotekaHere([...args, '--library', folder])
    expect(status).toBe(64)
    expect(stderr).toContain(said)
  })

  it('where a word is unknown, a path is in no indexed folder, or nothing is found', async () => {
    expect(await refused('hide', 'folder:sea', 'zzyzx')).toContain('Nothing is called zzyzx')
    expect(await refused('hide', import.meta.filename)).toContain(
      `no photo or folder ${import.meta.filename}`,
    )
    expect(await refused('rate', '/photos/sea/a.jpg', 'dog', '--stars', '1')).toContain(
      'no photo or folder dog',
    )
    expect(await refused('rate', 'keyword:nothing', '--stars', '1')).toContain('Nothing was changed')
    expect(ratings()).toEqual([0, 0, 4])
  })

  it('where there is no library, and while another program has it', async () => {
    const { stderr } = await kartotekaHere(['hide', 'dog', '--library', `${folder}-none`])
    expect(stderr).toContain('There is no library in')
    const library = openLibrary(folder, { mode: 'write' })
    expect(await refused('hide', 'folder:sea')).toContain(`Process ${process.pid} is using the library`)
    closeLibrary(library)
  })
})
