import { parentPort, workerData } from 'node:worker_threads'
import { components } from '../core/alike/descriptor.ts'
import { createPhotoComparer } from '../core/alike/compare-photos.ts'
import { openFeatureReader } from '../core/alike/load-features.ts'
import { explainedFor } from '../core/library/sqlite-errors.ts'
import { openReader } from '../core/library/upkeep/open.ts'
import { createLearner } from '../core/teach/learner.ts'
import type { CompareCalls, TeachCalls, TeachWorkerData } from '../core/teach/teach-protocol.ts'
import { answerCalls } from './answer-calls.ts'

/**
 * The thread that learns words and compares photos: features of a million photos are 256 MB and a fifth of a second a word, which is neither
 * for the service's thread nor to be kept in memory while nobody teaches and nothing is new.
 */
if (parentPort === null) throw new Error('teach-worker must be started as a worker thread')
const { library } = workerData as TeachWorkerData

/** Milliseconds without a call after which what a call needs is let go of. */
const keptFor = 60_000

interface Kept {
  readonly close: () => void
}

const reader = openReader(library)

/** Makes a thing when it is needed, and lets go of it when it was not needed for a while. */
function keptWhileUsed<Thing extends Kept>(make: () => Thing) {
  let held: Thing | null = null
  let timer: NodeJS.Timeout | undefined
  let inUse = 0
  const letGo = (): void => {
    held?.close()
    held = null
  }
  return {
    use: async <Value>(work: (thing: Thing) => Value | Promise<Value>): Promise<Value> => {
      clearTimeout(timer)
      inUse += 1
      try {
        held ??= make()
        return await work(held)
      } finally {
        inUse -= 1
        if (inUse === 0) timer = setTimeout(letGo, keptFor).unref()
      }
    },
    letGo: (): void => {
      clearTimeout(timer)
      letGo()
    },
  }
}

const learner = keptWhileUsed(() => {
  const features = openFeatureReader(library)
  const load = () => ({ ...features.loadFeatures(), size: components })
  return { ...createLearner(reader, load), close: features.close }
})
const comparer = keptWhileUsed(() => createPhotoComparer(reader))

answerCalls<TeachCalls & CompareCalls>(
  parentPort,
  {
    learn: ({ ownId }) => learner.use((now) => now.learn(ownId)),
    questions: ({ ownId, leftOut }) => learner.use((now) => now.questions(ownId, leftOut)),
    compare: () => comparer.use((now) => now.compare()),
  },
  () => {
    learner.letGo()
    comparer.letGo()
    reader.close()
  },
  (thrown) => explainedFor(thrown, library),
)
