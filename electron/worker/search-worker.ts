import { setImmediate as yieldToEventLoop, setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { closeSimilar } from '../core/alike/similar.ts'
import { toFailure } from '../core/contract/failure.ts'
import { lazy } from '../core/contract/lazy.ts'
import { loadLexicon } from '../core/labels/lexicon.ts'
import { explainedFor } from '../core/library/sqlite-errors.ts'
import { openReader } from '../core/library/upkeep/open.ts'
import { searchHandlers } from '../core/search/answer.ts'
import { onSlowStatement } from '../core/search/engine/statements.ts'
import { keepPrepared, prepareSearches } from '../core/search/prepare.ts'
import type { SearchCalls, SearchWorkerData } from '../core/search/search-protocol.ts'
import { answerCalls, send } from './answer-calls.ts'

/**
 * The search thread: answers all that only reads the library, on a connection of its own, so that neither waits for
 * indexing nor keeps the service from anything else. Each answer is one short read transaction.
 */
if (parentPort === null) throw new Error('search-worker must be started as a worker thread')
const port = parentPort
const { library } = workerData as SearchWorkerData

/** Milliseconds between two times that what is in memory is brought up to date although nobody asks. */
const upkeepEvery = 1000

const lexicon = loadLexicon()
const prepared = Promise.withResolvers<null>()
let reader: ReturnType<typeof openReader> | null = null
answerCalls<SearchCalls>(
  port,
  // The thread starts before the service has made or migrated the library; calls come when that is done.
  lazy(() => {
    const opened = openReader(library)
    reader = opened
    onSlowStatement(opened, (statement, milliseconds) => {
      send(port, { kind: 'log', line: `Slow statement: ${statement} took ${Math.round(milliseconds)} ms.` })
    })
    // Whoever called comes first.
    setImmediate(() => void prepareWhileIdle(opened))
    return { ...searchHandlers(opened, lexicon), whenPrepared: () => prepared.promise }
  }),
  () => {
    prepared.resolve(null)
    if (reader === null) return
    closeSimilar(reader)
    reader.close()
  },
  (thrown) => explainedFor(thrown, library),
)

async function prepareWhileIdle(reader: ReturnType<typeof openReader>): Promise<void> {
  try {
    for (
      let steps = prepareSearches(reader, lexicon);
      reader.db.open;
      steps = keepPrepared(reader, lexicon)
    ) {
      for (const _ of steps) {
        await yieldToEventLoop()
        if (!reader.db.open) return
      }
      prepared.resolve(null)
      await wait(upkeepEvery, undefined, { ref: false })
    }
  } catch (error) {
    prepared.resolve(null)
    // The next call is told the same.
    send(port, { kind: 'log', line: `Searches could not be prepared: ${toFailure(error).message}` })
  }
}
