import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerCall, faultOfMessage, maxMessageBytes } from '../../../electron/core/contract/border.ts'
import { KartotekaError } from '../../../electron/core/contract/failure.ts'

const strict = { checkOutput: true }
const handlers = {
  getBackups: () => [],
  undo: () => {
    throw new KartotekaError('nothing-to-undo', 'There is nothing to undo.')
  },
  redo: () => Promise.reject(new Error('disk on fire')),
  removeFolder: ({ id }: { id: number; keepTags: boolean }) => ({ changed: id }),
  getIds: () => [0.5],
}

describe('a call at the border', () => {
  it('reaches its handler and comes back as a value', async () => {
    expect(await answerCall(handlers, 'removeFolder', { id: 3, keepTags: true }, strict)).toEqual({
      ok: true,
      value: { changed: 3 },
    })
  })

  it('is refused when nobody has that name, in the contract or here', async () => {
    for (const name of ['nobody', 'toString', '__proto__', 'constructor', 'getPhoto', 7, null, {}]) {
      const result = await answerCall(handlers, name, null, strict)
      expect(result).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
    }
  })

  it('is refused when its input does not fit, and says where', async () => {
    const result = await answerCall(handlers, 'removeFolder', { id: -3, keepTags: true }, strict)
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
    expect(result.ok ? '' : result.error.message).toContain('removeFolder does not fit at id')
  })

  it('repeats only the beginning of what does not fit', async () => {
    const keepTags = 'x'.repeat(1_000_000)
    const result = await answerCall(handlers, 'removeFolder', { id: 1, keepTags }, strict)
    expect(result.ok ? '' : result.error.message).toMatch(/does not fit at keepTags: .{0,400}$/)
  })

  it('turns what a handler throws into a failure with a stable code', async () => {
    expect(await answerCall(handlers, 'undo', null, strict)).toEqual({
      ok: false,
      error: { code: 'nothing-to-undo', message: 'There is nothing to undo.' },
    })
    expect(await answerCall(handlers, 'redo', null, strict)).toEqual({
      ok: false,
      error: { code: 'internal', message: 'disk on fire' },
    })
  })

  it('does not let out what the contract does not promise', async () => {
    const input = {
      search: { text: '', sort: 'date', minConfidence: null, language: 'en' },
      offset: 0,
      limit: 1,
    }
    expect(await answerCall(handlers, 'getIds', input, strict)).toMatchObject({
      ok: false,
      error: { code: 'internal' },
    })
    expect(await answerCall(handlers, 'getIds', input, { checkOutput: false })).toMatchObject({ ok: true })
  })

  it('never rejects, whatever arrives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), fc.anything(), async (name, input) => {
        const result = await answerCall(handlers, name, input, strict)
        expect(typeof result.ok).toBe('boolean')
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (input) => {
        const result = await answerCall(handlers, 'removeFolder', input, strict)
        expect(typeof result.ok).toBe('boolean')
      }),
    )
  })
})

describe('the weight of a message', () => {
  const most = maxMessageBytes

  it('counts text, bytes and everything around them', () => {
    expect(faultOfMessage('x'.repeat(most))).toBeNull()
    const floods = [
      'x'.repeat(most + 1),
      new Uint8Array(most + 1),
      new ArrayBuffer(most + 1),
      { key: ['x'.repeat(most - 3), 1] },
      new Set(['x'.repeat(most)]),
      new Map([['key', 'x'.repeat(most)]]),
      Array.from({ length: most }),
    ]
    for (const flood of floods) expect(faultOfMessage(flood)).toContain('is larger than')
  })

  it('refuses cycles and nests without end, and says so', () => {
    const circle: { self?: unknown } = {}
    circle.self = circle
    expect(faultOfMessage(circle)).toContain('nested too deeply')
    let nest: unknown = null
    for (let level = 0; level < 100_000; level += 1) nest = [nest]
    expect(faultOfMessage(nest)).toContain('nested too deeply')
    expect(faultOfMessage({ photoIds: [[[[1]]]] })).toBeNull()
  })

  it('lets 200,000 photo ids through', () => {
    expect(faultOfMessage({ photoIds: Array.from({ length: 200_000 }, (_, id) => id) })).toBeNull()
  })
})
