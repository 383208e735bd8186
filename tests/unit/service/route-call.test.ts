import { describe, expect, it, vi } from 'vitest'
import { maxMessageBytes } from '../../../electron/core/contract/border.ts'
import type { ShellHandlers } from '../../../electron/core/contract/contract.ts'
import { routeCall } from '../../../electron/service/route-call.ts'
import type { Supervisor } from '../../../electron/service/supervisor.ts'

const own = { chooseFolders: vi.fn<() => string[]>(() => []) }
const service = vi.fn<Supervisor['call']>(() => Promise.resolve({ ok: true, value: null }))
const routes = { own: own as unknown as ShellHandlers, supervisor: { call: service }, checkOutput: true }

const flood = [...'abcdefghij'].map((letter) => letter.repeat(maxMessageBytes / 8))
let nest: unknown = null
for (let level = 0; level < 100_000; level += 1) nest = [nest]

describe('a call of the page', () => {
  it('is answered by whoever the contract says', async () => {
    await routeCall('chooseFolders', null, routes)
    expect(own.chooseFolders).toHaveBeenCalledOnce()
    expect(service).not.toHaveBeenCalled()
    await routeCall('removeFolder', { id: 1, keepTags: true }, routes)
    expect(service).toHaveBeenCalledExactlyOnceWith('removeFolder', { id: 1, keepTags: true })
  })

  it('is refused when its input is a flood or a nest, before anything reads it or passes it on', async () => {
    vi.clearAllMocks()
    for (const name of ['chooseFolders', 'removeFolder', 'nobody', 7])
      for (const [input, why] of [
        [flood, /larger than/u],
        [nest, /nested too deeply/u],
      ] as const)
        expect(await routeCall(name, input, routes)).toMatchObject({
          ok: false,
          error: { code: 'invalid-input', message: expect.stringMatching(why) as string },
        })
    expect(own.chooseFolders).not.toHaveBeenCalled()
    expect(service).not.toHaveBeenCalled()
  })
})
