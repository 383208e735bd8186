import { describe, expect, it, vi } from 'vitest'
import type { KartotekaApi } from '../../../electron/core/contract/api.ts'
import { calls } from '../../../electron/core/contract/contract.ts'
import { callChannel, eventChannel } from '../../../electron/preload/channels.ts'

const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  listeners: new Map<string, (...args: unknown[]) => void>(),
  invoke: vi.fn<(...args: unknown[]) => Promise<unknown>>(() => Promise.resolve({ ok: true, value: null })),
}))
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, value: unknown) => electron.exposed.set(name, value),
  },
  ipcRenderer: {
    invoke: electron.invoke,
    on: (channel: string, listener: (...args: unknown[]) => void) =>
      electron.listeners.set(channel, listener),
  },
  webUtils: { getPathForFile: (file: { path: string }) => file.path },
}))
await import('../../../electron/preload/preload.ts')
const api = electron.exposed.get('kartoteka') as KartotekaApi

describe('what the page sees of Electron', () => {
  it('is one object with exactly the contract', () => {
    expect([...electron.exposed.keys()]).toEqual(['kartoteka'])
    expect(Object.keys(api).toSorted()).toEqual(
      [...Object.keys(calls), 'on', 'mediaUrl', 'droppedFolders'].toSorted(),
    )
  })

  it('sends each call over the one channel', async () => {
    for (const name of Object.keys(calls) as (keyof typeof calls)[]) {
      electron.invoke.mockClear()
      await (api[name] as (input: unknown) => Promise<unknown>)({ some: 'input' })
      expect(electron.invoke.mock.calls).toEqual([[callChannel, name, { some: 'input' }]])
    }
  })

  it('never rejects', async () => {
    electron.invoke.mockRejectedValueOnce(new Error('no handler'))
    expect(await api.getStatus()).toEqual({ ok: false, error: { code: 'internal', message: 'no handler' } })
  })

  it('hands events to those who asked, without Electron’s event object, until they have enough', () => {
    const heard: unknown[] = []
    const end = api.on('notice', (...args) => heard.push(args))
    const tell = electron.listeners.get(eventChannel)
    const notice = { code: 'disk-full', message: 'Full.' }
    tell?.({ sender: 'secret' }, 'notice', notice)
    tell?.({ sender: 'secret' }, 'indexing', {})
    end()
    tell?.({ sender: 'secret' }, 'notice', notice)
    expect(heard).toEqual([[notice]])
  })

  it('makes addresses of pictures from numbers and versions only', () => {
    expect(api.mediaUrl('thumb', { id: 12, version: '00112233' })).toBe(
      'kartoteka-media://photo/thumb/12?v=00112233',
    )
    const odd = api.mediaUrl('view', { id: '../etc' as unknown as number, version: '&path=/etc' })
    expect(odd).toBe('kartoteka-media://photo/view/NaN?v=%26path%3D%2Fetc')
  })

  it('knows the paths of dropped folders', () => {
    const files = [{ path: '/photos/2019' }, { path: '' }] as unknown as File[]
    expect(api.droppedFolders(files)).toEqual(['/photos/2019'])
  })
})
