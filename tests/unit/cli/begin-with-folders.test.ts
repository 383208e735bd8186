import { expect, it } from 'vitest'
import { beginWithFolders } from '../../../electron/cli/begin-with-folders.ts'
import type { Failure, Result } from '../../../electron/core/contract/failure.ts'

const failure = (message: string): Failure => ({ code: 'not-found', message })

function answering(answers: Readonly<Record<string, Result<unknown>>>): {
  asked: string[]
  call: (name: string) => Promise<Result<unknown>>
} {
  const asked: string[] = []
  const call = (name: string): Promise<Result<unknown>> => {
    asked.push(name)
    return Promise.resolve(answers[name] ?? { ok: true, value: null })
  }
  return { asked, call }
}

it('says of every folder that is refused why it is, and indexes the others', async () => {
  const refused = ['/gone', '/shut'].map((path) => ({ path, failure: failure(`${path} does not exist.`) }))
  const service = answering({ addFolders: { ok: true, value: { added: [], refused } } })
  expect(await beginWithFolders(service, ['/gone', '/shut', '/photos'])).toEqual([
    '/gone does not exist.',
    '/shut does not exist.',
  ])
  expect(service.asked).toEqual(['addFolders', 'startIndexing'])
})

it('says why nothing could be added, or begun', async () => {
  const down = { ok: false, error: failure('The service is down.') } as const
  const none = { ok: true, value: { added: [], refused: [] } } as const
  expect(await beginWithFolders(answering({ addFolders: down }), ['/photos'])).toEqual([
    'The service is down.',
  ])
  expect(await beginWithFolders(answering({ addFolders: none, startIndexing: down }), ['/photos'])).toEqual([
    'The service is down.',
  ])
})
