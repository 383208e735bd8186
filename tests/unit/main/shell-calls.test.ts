import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { BrowserWindow } from 'electron'
import type { ShownFile } from '../../../electron/core/contract/shell-calls.ts'
import { electronShellCalls } from '../../../electron/main/shell-calls.ts'
import { textsFor } from '../../../electron/main/texts.ts'
import { electron } from '../../fixtures/electron-stand-in.ts'

vi.mock('electron', async () => (await import('../../fixtures/electron-stand-in.ts')).electron())

const { dialog, shell } = electron()
const window = {} as BrowserWindow
let open: BrowserWindow | null = window
let windowState: { bounds: null; lastFolder: string | null } = { bounds: null, lastFolder: null }
const known = new Map([
  ['photo 7', '/photos/zebra.jpg'],
  ['photo 9', '/photos/zebra.bat'],
  ['copies ', '/for Ann/zebra.jpg'],
  ['file 7', '/photos/broken.jpg'],
])
const named = (which: ShownFile): string => `${which.kind} ${which.kind === 'copies' ? '' : which.id}`
const restart = vi.fn<() => void>()
const calls = electronShellCalls({
  window: () => open,
  supervisor: {
    restart,
    inner: (_name, input) =>
      Promise.resolve({
        ok: true,
        value: known.get(named(input as ShownFile)) ?? null,
      } as never),
  },
  windowState: {
    get: () => windowState,
    set: (change) => {
      windowState = { ...windowState, ...(change as { lastFolder: string | null }) }
    },
  },
  texts: () => textsFor('en', 'en'),
})

beforeEach(() => {
  open = window
  windowState = { bounds: null, lastFolder: null }
  vi.clearAllMocks()
})

describe('choosing folders', () => {
  it('starts among the pictures, and next time where the person was', async () => {
    expect(await calls.chooseFolders(null)).toEqual(['/photos'])
    expect(await calls.chooseFolders(null)).toEqual(['/photos'])
    const places = dialog.showOpenDialog.mock.calls.map(
      (call) => (call as unknown as [unknown, { defaultPath: string }])[1].defaultPath,
    )
    expect(places).toEqual(['/nowhere/pictures', '/photos'])
  })

  it('gives nothing, and remembers nothing, when the person changes their mind', async () => {
    dialog.showOpenDialog.mockResolvedValueOnce({ canceled: true, filePaths: ['/elsewhere'] })
    expect(await calls.chooseFolders(null)).toEqual([])
    expect(windowState.lastFolder).toBeNull()
  })

  it('needs a window to ask in', () => {
    open = null
    expect(() => calls.chooseFolders(null)).toThrow('There is no window to ask in.')
  })
})

describe('showing a photo or a file in its folder', () => {
  it('shows what the library knows by that number, and only that', async () => {
    await calls.showInFolder({ kind: 'photo', id: 7 })
    await calls.showInFolder({ kind: 'file', id: 7 })
    expect(shell.showItemInFolder.mock.calls).toEqual([['/photos/zebra.jpg'], ['/photos/broken.jpg']])
  })

  it('shows the copies that were saved last', async () => {
    await calls.showInFolder({ kind: 'copies' })
    expect(shell.showItemInFolder.mock.calls).toEqual([['/for Ann/zebra.jpg']])
  })

  it('says so when there is none', async () => {
    await expect(calls.showInFolder({ kind: 'photo', id: 8 })).rejects.toMatchObject({
      code: 'not-found',
      message: 'There is no photo 8.',
    })
    expect(shell.showItemInFolder).not.toHaveBeenCalled()
  })
})

it('starts the service again when asked, and says what this shell can do', () => {
  void calls.restartService(null)
  expect(restart).toHaveBeenCalledOnce()
  expect(calls.getShell(null)).toEqual({
    kind: 'electron',
    chooseFolders: true,
    showInFolder: true,
    trash: true,
  })
})

describe('opening a photo with another program', () => {
  it('opens what is called like a photo, and says why it could not', async () => {
    await calls.openPhoto({ id: 7 })
    expect(shell.openPath.mock.calls).toEqual([['/photos/zebra.jpg']])
    shell.openPath.mockResolvedValueOnce('no program for it')
    await expect(calls.openPhoto({ id: 7 })).rejects.toThrow(
      '/photos/zebra.jpg could not be opened: no program',
    )
  })

  it('opens nothing that the system would run, whatever picture is in it', async () => {
    await expect(calls.openPhoto({ id: 9 })).rejects.toMatchObject({ code: 'unsupported' })
    expect(shell.openPath).not.toHaveBeenCalled()
  })
})

describe('a folder for copies', () => {
  it('is asked for, and can be made there', async () => {
    expect(await calls.chooseCopyFolder(null)).toBe('/photos')
    const [, options] = dialog.showOpenDialog.mock.calls[0] as unknown as [unknown, { properties: string[] }]
    expect(options.properties).toContain('createDirectory')
    dialog.showOpenDialog.mockResolvedValueOnce({ canceled: true, filePaths: [] })
    expect(await calls.chooseCopyFolder(null)).toBeNull()
  })
})
