import { describe, expect, it } from 'vitest'
import { createGate } from '../../../electron/web/gate.ts'

describe('the gate', () => {
  it('takes each token once and gives a session for it', () => {
    const gate = createGate('kartoteka-1')
    const token = gate.token()
    expect(gate.isUnused(token)).toBe(true)
    const entered = gate.exchange(token)
    if (entered === null || entered === 'used') throw new Error('not let in')
    expect(gate.isUnused(token)).toBe(false)
    expect(entered.cookie).toMatch(/^kartoteka-1=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(gate.exchange(token)).toBe('used')
    expect(gate.exchange('something else')).toBeNull()
    expect(gate.admits(entered.cookie.split(';')[0])).toBe(true)
  })

  it('lets several browsers in, each with its own link', () => {
    const gate = createGate('k')
    const cookies = [gate.token(), gate.token()].map((token) => {
      const entered = gate.exchange(token)
      return entered === null || entered === 'used' ? '' : (entered.cookie.split(';')[0] ?? '')
    })
    expect(new Set(cookies).size).toBe(2)
    for (const cookie of cookies) expect(gate.admits(`theme=dark; ${cookie}; other=1`)).toBe(true)
  })

  it('opens calls and pictures with the key for each, and neither without the cookie', () => {
    const gate = createGate('k')
    const [first, second] = [gate.token(), gate.token()].map((token) => {
      const entered = gate.exchange(token)
      if (entered === null || entered === 'used') throw new Error('not let in')
      return { ...entered, cookie: entered.cookie.split(';')[0] }
    })
    expect(gate.admitsWith(first?.cookie, 'call', first?.callKey ?? '')).toBe(true)
    expect(gate.admitsWith(first?.cookie, 'picture', first?.pictureKey ?? '')).toBe(true)
    // The tabs of a browser share a cookie, whichever link it came with.
    expect(gate.admitsWith(second?.cookie, 'call', first?.callKey ?? '')).toBe(true)
    expect(gate.admitsWith(undefined, 'call', first?.callKey ?? '')).toBe(false)
    expect(gate.admitsWith(first?.cookie, 'call', first?.pictureKey ?? '')).toBe(false)
    expect(gate.admitsWith(first?.cookie, 'picture', first?.callKey ?? '')).toBe(false)
    const secret = first?.cookie?.slice('k='.length) ?? ''
    for (const key of ['', 'x', secret]) expect(gate.admitsWith(first?.cookie, 'call', key)).toBe(false)
  })

  it('forgets links that nobody opened when there are many', () => {
    const gate = createGate('k')
    const tokens = Array.from({ length: 40 }, () => gate.token())
    expect(gate.exchange(tokens[0] ?? '')).toBeNull()
    expect(gate.exchange(tokens[39] ?? '')).toMatchObject({ cookie: expect.stringContaining('k=') })
  })

  it('knows the sessions of an earlier run by what was kept of them, which is none of their secrets', () => {
    const before = createGate('k')
    const entered = before.exchange(before.token())
    if (entered === null || entered === 'used') throw new Error('not let in')
    const [cookie = ''] = entered.cookie.split(';')
    const after = createGate('k', before.sessions())
    expect(after.admitsWith(cookie, 'call', entered.callKey)).toBe(true)
    expect(after.admitsWith(cookie, 'picture', entered.pictureKey)).toBe(true)
    const kept = JSON.stringify(before.sessions())
    for (const secret of [cookie.slice('k='.length), entered.callKey, entered.pictureKey])
      expect(kept).not.toContain(secret)
    const [session] = before.sessions()
    expect(after.admits(`k=${session?.cookie}`)).toBe(false)
  })

  it('does not know the sessions of another gate, nor its cookies by another name', () => {
    const gate = createGate('k')
    const other = createGate('k')
    const entered = other.exchange(other.token())
    if (entered === null || entered === 'used') throw new Error('not let in')
    const [cookie = ''] = entered.cookie.split(';')
    expect(gate.admits(cookie)).toBe(false)
    expect(other.admits(`x${cookie}`)).toBe(false)
    for (const header of [undefined, '', 'k', 'k=', 'k=;k=x', '=']) expect(other.admits(header)).toBe(false)
  })
})
