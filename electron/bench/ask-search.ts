import type { Search } from '../core/contract/values.ts'
import type { SearchCalls, SearchWorkerData } from '../core/search/search-protocol.ts'
import { createCallingThread, type CallingThread } from '../service/calling-thread.ts'
import { threadEntries } from '../worker/entries.ts'
import { rounded } from './measure.ts'

/** Asks the search thread as the window does, and measures how long it takes. */

/** Photos of a first page. */
export const page = 100

export type Thread = CallingThread<SearchCalls>

export const startThread = (folder: string): Thread =>
  createCallingThread<SearchCalls>({
    entry: threadEntries.search,
    workerData: { role: 'search-worker', library: folder } satisfies SearchWorkerData,
    died: 'The thread that searches has ended.',
  })

export const searchFor = (
  text: string,
  sort: Search['sort'] = 'confidence',
  minConfidence: number | null = null,
): Search => ({
  text,
  sort,
  minConfidence,
  language: 'en',
})

export function firstPage(
  thread: Thread,
  text: string,
  sort?: Search['sort'],
  minConfidence?: number | null,
): Promise<number> {
  return timed(() => thread.ask('search', { search: searchFor(text, sort, minConfidence), limit: page }))
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return rounded(performance.now() - start, 2)
}

export function p95(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? Number.NaN
}
