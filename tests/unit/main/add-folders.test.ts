import type { BrowserWindow } from 'electron'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { addFolders } from '../../../electron/main/add-folders.ts'
import { textsFor } from '../../../electron/main/texts.ts'
import { electron } from '../../fixtures/electron-stand-in.ts'

vi.mock('electron', async () => (await import('../../fixtures/electron-stand-in.ts')).electron())

const { dialog } = electron()
const texts = textsFor('en', 'en')
const unusual = { code: 'folder-unusual', message: '/home/anna holds all that people keep.' } as const

let asked: unknown[] = []
let logged: string[] = []
beforeEach(() => {
  asked = []
  logged = []
  vi.clearAllMocks()
})

function call(name: string, input: unknown) {
  asked.push([name, input])
  const refused = [{ path: '/home/anna', failure: unusual }]
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
