import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMessage, readRequest } from '../../../electron/core/contract/wire.ts'

describe('what crosses the WebSocket', () => {
  it('is read when it is a request', () => {
    const request = { id: 1, call: 'getStatus', input: null }
    expect(readRequest(JSON.stringify(request))).toEqual(request)
  })

  it.each([
    'not JSON',
    '{}',
    '[]',
    'null',
    '{"id":0,"call":"undo","input":null}',
    '{"id":1.5,"call":"undo","input":null}',
    '{"id":"1","call":"undo","input":null}',
    '{"id":1,"call":"","input":null}',
    '{"id":1,"call":"undo","input":null,"more":1}',
    `{"id":1,"call":"${'x'.repeat(61)}","input":null}`,
  ])('is nothing when it is %s', (text) => {
    expect(readRequest(text)).toBeNull()
  })

  it('is read when it is an answer or an event', () => {
    const answer = { id: 4, result: { ok: true, value: [1] } }
    const failure = { id: 4, result: { ok: false, error: { code: 'offline', message: 'Away.' } } }
    const event = { event: 'notice', payload: { code: 'disk-full', message: 'Full.' } }
    for (const message of [answer, failure, event]) {
      expect(readMessage(JSON.stringify(message))).toEqual(message)
    }
    expect(readMessage('{"event":"nonsense","payload":1}')).toBeNull()
    expect(readMessage('{"id":4,"result":{"ok":false,"error":{"code":"?","message":""}}}')).toBeNull()
  })

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => [readRequest(text), readMessage(text)]).not.toThrow()
      }),
    )
  })
})
