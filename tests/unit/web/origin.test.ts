import { describe, expect, it } from 'vitest'
import { askedByOthers, inAddress, ownHosts, refusal } from '../../../electron/web/origin.ts'

const hosts = ownHosts('127.0.0.1', 8080)

describe('who may ask', () => {
  it('is this computer by its usual names, with the port', () => {
    for (const host of ['127.0.0.1:8080', 'localhost:8080', 'LOCALHOST:8080', '[::1]:8080']) {
      expect(refusal({ host }, hosts, false)).toBeNull()
      expect(refusal({ host, origin: `http://${host.toLowerCase()}` }, hosts, true)).toBeNull()
    }
  })

  it.each([
    undefined,
    '',
    '127.0.0.1',
    'localhost:8081',
    'rebind.example:8080',
    '127.0.0.1:8080.example',
    '0:8080',
  ])('is nobody who calls us %s', (host) => {
    expect(refusal(host === undefined ? {} : { host }, hosts, false)).toBe('foreign-host')
  })

  it.each([
    'http://localhost:8081',
    'https://localhost:8080',
    'null',
    '',
    'http://evil.example',
    'http://127.0.0.1:8080',
  ])('is no page of %s when we are called localhost', (origin) => {
    expect(refusal({ host: 'localhost:8080', origin }, hosts, false)).toBe('foreign-origin')
  })

  it('is nobody without an origin where browsers always send one', () => {
    expect(refusal({ host: 'localhost:8080' }, hosts, true)).toBe('foreign-origin')
  })

  it('is also the address that was asked for, and no other name', () => {
    expect(refusal({ host: '192.168.1.5:8080' }, ownHosts('192.168.1.5', 8080), false)).toBeNull()
    expect(refusal({ host: '[fe80::1]:80' }, ownHosts('fe80::1', 80), false)).toBeNull()
    expect(refusal({ host: '192.168.1.6:8080' }, ownHosts('192.168.1.5', 8080), false)).toBe('foreign-host')
    expect([...ownHosts('0.0.0.0', 80)].every((host) => host.endsWith(':80'))).toBe(true)
  })

  it('is not a page of another site, as far as the browser says', () => {
    expect(askedByOthers({ 'sec-fetch-site': 'cross-site' })).toBe(true)
    expect(askedByOthers({ 'sec-fetch-site': 'same-site' })).toBe(true)
    for (const site of ['same-origin', 'none']) expect(askedByOthers({ 'sec-fetch-site': site })).toBe(false)
    expect(askedByOthers({})).toBe(false)
  })

  it('stands in an address with brackets when it is IPv6', () => {
    expect(inAddress('::1')).toBe('[::1]')
    expect(inAddress('127.0.0.1')).toBe('127.0.0.1')
  })
})
