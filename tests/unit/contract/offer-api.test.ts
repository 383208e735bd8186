import { describe, expect, it } from 'vitest'
import { calls, events, type CallName } from '../../../electron/core/contract/contract.ts'
import { offerApi, type Transport } from '../../../electron/core/contract/offer-api.ts'

describe('the API that a shell offers', () => {
  it('has one function for each call of the contract and nothing else', () => {
    const api = offerApi(transport())
    expect(Object.keys(api).toSorted()).toEqual(
      [...Object.keys(calls), 'on', 'mediaUrl', 'droppedFolders'].toSorted(),
    )
  })

  it('passes on the name and the input of a call, `null` when it takes none', async () => {
    const made: [CallName, unknown][] = []
    const api = offerApi(transport(made))
    await api.getStatus()
    await api.removeFolder({ id: 3, keepTags: true })
    expect(made).toEqual([
      ['getStatus', null],
      ['removeFolder', { id: 3, keepTags: true }],
    ])
  })

  it('subscribes to the events of the contract only', () => {
    const names: string[] = []
    const api = offerApi({
      ...transport(),
      on: (name) => {
        names.push(name)
        return () => {}
      },
    })
    for (const name of Object.keys(events)) api.on(name as 'notice', () => {})
    api.on('__proto__' as 'notice', () => {})
    expect(names).toEqual(Object.keys(events))
  })
})

function transport(made: [CallName, unknown][] = []): Transport {
  return {
    call: (name, input) => {
      made.push([name, input])
      return Promise.resolve({ ok: true, value: null })
    },
    on: () => () => {},
    mediaUrl: () => '',
    droppedFolders: () => [],
  }
}
