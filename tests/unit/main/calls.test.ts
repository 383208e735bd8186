import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { WebContents } from 'electron'
import { calls, type ShellHandlers } from '../../../electron/core/contract/contract.ts'
import { answerCalls } from '../../../electron/main/calls.ts'
import { callChannel } from '../../../electron/preload/channels.ts'
import { electron } from '../../fixtures/electron-stand-in.ts'

vi.mock('electron', async () => (await import('../../fixtures/electron-stand-in.ts')).electron())

const window = { name: 'our window' } as unknown as WebContents
const ours = { url: 'app://kartoteka/', parent: null }
const log: string[] = []
const asked: unknown[][] = []
const answered: unknown[][] = []
const own: ShellHandlers = {
  chooseFolders: () => ['/photos'],
  chooseWeights: () => '/downloads/googlenet-12.onnx',
  showInFolder: () => null,
  openPhoto: () => null,
  copyPicture: () => null,
  dragPhotos: () => null,
  chooseCopyFolder: () => '/copies',
  downloadCopies: () => ({ address: 'download/x' }),
  trashPhotos: ({ photoIds }) => ({ trashed: photoIds, files: photoIds.length }),
  restartService: () => null,
  getShell: () => ({ kind: 'electron', chooseFolders: true, showInFolder: true, trash: true }),
}

answerCalls({
  window: () => window,
  supervisor: {
    call: (name, input) => {
      asked.push([name, input])
      return Promise.resolve({ ok: true, value: 'from the service' })
    },
  },
  own,
  onAnswered: (...args) => answered.push(args),
  checkOutput: true,
  log: (line) => log.push(line),
})

const call = (event: unknown, ...args: unknown[]): unknown =>
  electron().handlers.get(callChannel)?.(event, ...args)
const fromPage = { sender: window, senderFrame: ours }

beforeEach(() => {
  log.length = 0
  asked.length = 0
  answered.length = 0
})

describe('a call of the page', () => {
  it('goes to the service when the service answers it', async () => {
    expect(await call(fromPage, 'undo', null)).toEqual({ ok: true, value: 'from the service' })
    expect(asked).toEqual([['undo', null]])
    expect(answered).toEqual([['undo', 'from the service']])
  })

  it('is answered here when only the shell can', async () => {
    expect(await call(fromPage, 'trashPhotos', { photoIds: [4] })).toEqual({
      ok: true,
      value: { trashed: [4], files: 1 },
    })
    expect(asked).toEqual([])
  })

  it.each(Object.keys(calls))('%s has somebody who answers it', async (name) => {
    const result = (await call(fromPage, name, null)) as { ok: boolean; error?: { message: string } }
    expect(result.error?.message ?? '').not.toContain('There is no call')
  })

  it.each([
    ['another window', { sender: {}, senderFrame: ours }],
    ['a frame inside the page', { sender: window, senderFrame: { url: 'app://kartoteka/', parent: ours } }],
    ['another page', { sender: window, senderFrame: { url: 'https://example.org/', parent: null } }],
    [
      'a page with a similar name',
      { sender: window, senderFrame: { url: 'app://kartoteka.evil/', parent: null } },
    ],
    ['a blank page', { sender: window, senderFrame: { url: 'about:blank', parent: null } }],
    ['a frame that is gone', { sender: window, senderFrame: null }],
  ])('is refused and logged when it comes from %s', async (_who, event) => {
    expect(await call(event, 'undo', null)).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
    expect(asked).toEqual([])
    expect(log).toHaveLength(1)
  })

  it.each([['nobody'], ['__proto__'], ['toString'], [12], [null]])(
    'is refused when its name is %s',
    async (name) => {
      expect(await call(fromPage, name, null)).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
      expect(asked).toEqual([])
      expect(log).toHaveLength(1)
    },
  )

  it('is not even passed on when it is a flood', async () => {
    const text = 'x'.repeat(5_000_000)
    expect(await call(fromPage, 'complete', { text })).toMatchObject({ ok: false })
    expect(asked).toEqual([])
  })
})
