import { expect, it, onTestFinished } from 'vitest'
import type { SearchCalls, SearchWorkerData } from '../../../electron/core/search/search-protocol.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { createCallingThread, type CallingThread } from '../../../electron/service/calling-thread.ts'
import { threadEntries } from '../../../electron/worker/entries.ts'
import { addPhoto, tempLibrary } from '../../fixtures/temp-library.ts'

function threadOn(library: string): CallingThread<SearchCalls> {
  const thread = createCallingThread<SearchCalls>({
    entry: threadEntries.search,
    workerData: { role: 'search-worker', library } satisfies SearchWorkerData,
    died: 'The thread died.',
  })
  onTestFinished(thread.stop)
  return thread
}

function libraryOfOne(): string {
  const library = tempLibrary()
  addPhoto(library, { path: '/photos/zebra.jpg' })
  closeLibrary(library)
  return library.folder
}

it('the search thread says when it has read ahead, once and whenever it is asked later', async () => {
  const thread = threadOn(libraryOfOne())
  expect(await thread.ask('whenPrepared', null)).toBeNull()
  expect(await thread.ask('whenPrepared', null)).toBeNull()
  expect(await thread.ask('getTotals', null)).toMatchObject({ photos: 1 })
})

it('who waits for that is let go of when the thread is stopped on its way', async () => {
  const thread = threadOn(libraryOfOne())
  const waiting = thread.ask('whenPrepared', null).catch(({ code }: { code: string }) => code)
  await thread.stop()
  expect([null, 'service-down']).toContain(await waiting)
})
