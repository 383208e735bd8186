import { parentPort, workerData } from 'node:worker_threads'
import { components } from '../core/alike/descriptor.ts'
import { openFeatureReader, type FeatureReader } from '../core/alike/load-features.ts'
import { explainedFor } from '../core/library/sqlite-errors.ts'
import { openReader } from '../core/library/upkeep/open.ts'
import { createLearner, type Learner } from '../core/teach/learner.ts'
import type { TeachCalls, TeachWorkerData } from '../core/teach/teach-protocol.ts'
import { answerCalls } from './answer-calls.ts'

/**
 * The thread that learns words: features of a million photos are 256 MB and a fifth of a second a word, which is neither
 * for the service's thread nor to be kept in memory while nobody teaches.
 */
if (parentPort === null) throw new Error('teach-worker must be started as a worker thread')
const { library } = workerData as TeachWorkerData

/** Milliseconds without a call after which the features are let go of. */
const keptFor = 60_000

const reader = openReader(library)
let held: { readonly learner: Learner; readonly features: FeatureReader } | null = null
let timer: NodeJS.Timeout | undefined

function letGo(): void {
  held?.features.close()
  held = null
}

function learner(): Learner {
  clearTimeout(timer)
  timer = setTimeout(letGo, keptFor)
  timer.unref()
  if (held === null) {
    const features = openFeatureReader(library)
    const load = () => ({ ...features.loadFeatures(), size: components })
    held = { features, learner: createLearner(reader, load) }
  }
  return held.learner
}

answerCalls<TeachCalls>(
  parentPort,
  {
    learn: ({ ownId }) => learner().learn(ownId),
    questions: ({ ownId, leftOut }) => learner().questions(ownId, leftOut),
  },
  () => {
    clearTimeout(timer)
    letGo()
    reader.close()
  },
  (thrown) => explainedFor(thrown, library),
)
