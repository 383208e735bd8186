import { firstOwnId } from '../labels/term.ts'
import {
  examplesOf,
  learnings,
  type Example,
  type Learning,
  type LearntProposals,
} from '../library/decisions/taught.ts'
import { prepare, reading, type Reader } from '../library/statements.ts'
import type { Features } from './features.ts'
import { learn, type Learnt } from './learn.ts'
import { byNeighbours } from './neighbours.ts'
import { bestRows, proposalsOf, questionsOf, standing } from './propose.ts'
import { spreadOf, type Spread } from './spread.ts'

/** Learns the words of a library from its decisions and features. Keeps what is dear to make from one word to the next. */
export interface Learner {
  /** What a word proposes now; `null` while none of its examples has features, or where it is not taught. */
  readonly learn: (ownId: number) => LearntProposals | null
  /** Up to ten photos on the wall that are worth asking about. @param leftOut that are not to be asked about */
  readonly questions: (ownId: number, leftOut: readonly number[]) => number[]
}

/** A word as it was learnt. */
interface LearntWord {
  readonly learning: Learning
  readonly learnt: Learnt
  readonly standing: Float32Array
  /** Of all examples. */
  readonly rows: ReadonlySet<number>
  readonly marks: number
  readonly answers: number
}

/** Questions are chosen from so many of the best, as some of them may not be on the wall. */
const considered = 80
const mostQuestionsFrom = 40
/** The spread of a library is made anew when it has grown by so much. */
const growth = 1.1

export function createLearner(reader: Reader, loadFeatures: () => Features): Learner {
  let known: { readonly version: string | null; readonly count: number; readonly spread: Spread } | null =
    null
  const spreadFor = (features: Features): Spread => {
    const { version, count } = features
    if (known?.version !== version || count > known.count * growth || count < known.count / growth)
      known = { version, count, spread: spreadOf(features) }
    return known.spread
  }

  const wordOf = (ownId: number, features: Features): LearntWord | null => {
    const learning = learnings(reader).find((each) => each.ownId === ownId)
    if (learning === undefined || features.version === null) return null
    const spread = spreadFor(features)
    const examples = examplesOf(reader, firstOwnId + ownId)
    const rowsOf = (is: (example: Example) => boolean): number[] =>
      examples
        .filter(is)
        .map(({ photoId }) => features.rowOf(photoId))
        .filter((row) => row >= 0)
    const given = rowsOf(({ verdict }) => verdict === 'added')
    const confirmed = rowsOf(({ verdict }) => verdict === 'confirmed')
    const removed = rowsOf(({ verdict }) => verdict === 'removed')
    // While features are made anew, say by another network, what was learnt before stands.
    if ((given.length + confirmed.length + removed.length) * 2 < examples.length) return null
    const known = { given, confirmed, removed }
    const learnt = learn(features, spread, known)
    if (learnt === null) return null
    return {
      learning,
      learnt,
      standing: byNeighbours(features, spread, standing(features, spread, learnt), known),
      rows: new Set([...given, ...confirmed, ...removed]),
      marks: given.length + confirmed.length,
      answers: confirmed.length + removed.length,
    }
  }

  /** A word that no photo has any more proposes nothing, and waits for nothing. */
  const nothing = (ownId: number, features: Features): LearntProposals | null => {
    const learning = learnings(reader).find((each) => each.ownId === ownId)
    const isOver = examplesOf(reader, firstOwnId + ownId).every(({ verdict }) => verdict === 'removed')
    if (learning === undefined || features.version === null || !isOver) return null
    const { examples } = learning
    const none = { claims: false, photoIds: new Uint32Array(0), scores: new Uint16Array(0) }
    return { ownId, examples, features: features.version, ...none }
  }

  return {
    learn: (ownId) =>
      reading(reader, () => {
        const features = loadFeatures()
        const word = wordOf(ownId, features)
        if (word === null || features.version === null) return nothing(ownId, features)
        const proposals = proposalsOf(features, word.standing, word.learnt, word, (row) => word.rows.has(row))
        return { ownId, examples: word.learning.examples, features: features.version, ...proposals }
      }),
    questions: (ownId, leftOut) =>
      reading(reader, () => {
        const features = loadFeatures()
        const word = wordOf(ownId, features)
        if (word === null) return []
        const out = new Set(leftOut)
        const best = bestRows(word.standing, considered, (row) => {
          const id = features.photos[row] ?? 0
          return id === 0 || out.has(id) || word.rows.has(row)
        })
        const isShown = prepare<[number]>(
          reader,
          'SELECT 1 FROM photo WHERE id = ? AND visible = 1 AND hidden = 0',
        )
        const ids = best.map((row) => features.photos[row] ?? 0).filter((id) => isShown.get(id) !== undefined)
        return questionsOf(ids.slice(0, mostQuestionsFrom))
      }),
  }
}
