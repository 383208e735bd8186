import { describe, expect, it } from 'vitest'
import { createGate } from '../../../electron/web/gate.ts'

describe('the gate', () => {
  it('takes each token once and gives a session for it', () => {
    const gate = createGate('kartoteka-1')
    const token = gate.token()
    const entered = gate.exchange(token)
    if (entered === null || entered === 'used') throw new Error('not let in')
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
