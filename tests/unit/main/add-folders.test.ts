import type { BrowserWindow } from 'electron'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { CallInput } from '../../../electron/core/contract/contract.ts'
import { addFolders } from '../../../electron/main/add-folders.ts'
import { textsFor } from '../../../electron/main/texts.ts'
import { electron } from '../../fixtures/electron-stand-in.ts'

vi.mock('electron', async () => (await import('../../fixtures/electron-stand-in.ts')).electron())

const { dialog } = electron()
const texts = textsFor('en', 'en')
const unusual = { code: 'folder-unusual', message: '/home/anna holds all that people keep.' } as const

const moved = { code: 'folder-moved', message: 'The photos of /before seem to be in /now.' } as const
const before = {
  id: 3,
  parentId: null,
  path: '/before',
  name: 'before',
  photos: 4,
  state: 'offline',
  root: true,
}

let asked: unknown[] = []
let logged: string[] = []
beforeEach(() => {
  asked = []
  logged = []
  vi.clearAllMocks()
})

/** A service that knows `/home/anna` for an unusual folder, and takes `/now` for `/before`, until it is told. */
function call(name: string, input: unknown) {
  asked.push([name, input])
  const { paths = [], sure, asCopies } = input as Partial<CallInput<'addFolders'>>
  const refused = paths.flatMap((path): unknown[] => {
    if (path === '/now' && asCopies !== true) return [{ path, failure: moved, movedFrom: before }]
    return path === '/home/anna' && sure !== true ? [{ path, failure: unusual }] : []
  })
  return Promise.resolve({ ok: true, value: { added: [], refused } } as never)
}

function deps(window: BrowserWindow | null) {
  return { supervisor: { call }, window, texts, log: (line: string) => logged.push(line) }
}

describe('folders named in the menu or by the system', () => {
  it.each([
    [0, []],
    [1, [['addFolders', { paths: ['/home/anna'], sure: true }]]],
  ])('are asked for once where they hold more than photos: answer %i', async (response, more) => {
    dialog.showMessageBox.mockResolvedValueOnce({ response })
    await addFolders(['/home/anna'], deps({} as BrowserWindow))
    expect(dialog.showMessageBox.mock.calls).toHaveLength(1)
    expect(dialog.showMessageBox.mock.calls[0]?.[1]).toMatchObject({
      detail: unusual.message,
      defaultId: 0,
      cancelId: 0,
    })
    expect(asked).toEqual([
      ['addFolders', { paths: ['/home/anna'] }],
      ...more,
      ['startIndexing', { folderId: null, again: false }],
    ])
  })

  it('are left out without a window, and the log says why', async () => {
    await addFolders(['/home/anna'], deps(null))
    expect(dialog.showMessageBox).not.toHaveBeenCalled()
    expect(asked).toHaveLength(2)
    expect(logged.join()).toContain(unusual.message)
  })
})

describe('a folder that looks like one that is away', () => {
  it.each([
    ['is left out', 0, []],
    ['is added as a copy', 1, [['addFolders', { paths: ['/now'], asCopies: true }]]],
    ['takes its place', 2, [['relocateFolder', { id: 3, path: '/now' }]]],
  ])('%s when the person says so', async (_, response, more) => {
    dialog.showMessageBox.mockResolvedValueOnce({ response })
    await addFolders(['/now'], deps({} as BrowserWindow))
    expect(dialog.showMessageBox.mock.calls[0]?.[1]).toMatchObject({
      message: texts.sameFolder('/before', '/now'),
      defaultId: 0,
      cancelId: 0,
    })
    expect(asked).toEqual([
      ['addFolders', { paths: ['/now'] }],
      ...more,
      ['startIndexing', { folderId: null, again: false }],
    ])
  })

  it('is asked about alone; what else is asked about comes after it', async () => {
    dialog.showMessageBox.mockResolvedValue({ response: 0 })
    await addFolders(['/home/anna', '/now'], deps({} as BrowserWindow))
    expect(dialog.showMessageBox.mock.calls.map(([, options]) => options)).toMatchObject([
      { message: texts.sameFolder('/before', '/now') },
      { message: texts.lookInUnusual },
    ])
  })
})
