import { describe, expect, it } from 'vitest'
import { createLink, serviceDown } from '../../../electron/service/link.ts'
import type { ToService } from '../../../electron/service/protocol.ts'

describe('calls to the service', () => {
  it('are answered each by its number, in whatever order the answers come', async () => {
    const sent: ToService[] = []
    const link = createLink((message) => sent.push(message))
    const first = link.call('getStatus', null)
    const second = link.inner('locateFiles', [1])
    expect(sent).toEqual([
      { kind: 'call', id: 1, name: 'getStatus', input: null },
      { kind: 'inner', id: 2, name: 'locateFiles', input: [1] },
    ])
    link.receive({ kind: 'answer', id: 2, result: { ok: true, value: [] } })
    link.receive({ kind: 'answer', id: 1, result: { ok: true, value: 'status' } })
    link.receive({ kind: 'answer', id: 9, result: { ok: true, value: 'nobody asked' } })
    expect(await first).toEqual({ ok: true, value: 'status' })
    expect(await second).toEqual({ ok: true, value: [] })
  })

  it('are all answered when the process is gone, and so is every later one', async () => {
    const link = createLink(() => {})
    const open = [link.call('getStatus', null), link.call('undo', null)]
    link.close(serviceDown)
    for (const each of [...open, link.call('redo', null)]) {
      expect(await each).toEqual({ ok: false, error: serviceDown })
    }
  })

  it('are answered when they cannot even be sent', async () => {
    const link = createLink(() => {
      throw new Error('channel closed')
    })
    expect(await link.call('undo', null)).toMatchObject({ ok: false, error: { code: 'service-down' } })
  })
})
