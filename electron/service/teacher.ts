import { performance } from 'node:perf_hooks'
import { toFailure } from '../core/contract/failure.ts'
import { firstOwnId, type TermId } from '../core/labels/term.ts'
import { flushDeferred } from '../core/library/decisions/deferred-index.ts'
import { learnings, storeProposals, type Learning } from '../core/library/decisions/taught.ts'
import type { Library } from '../core/library/library.ts'
import type { TeachCalls } from '../core/teach/teach-protocol.ts'
import type { CallingThread } from './calling-thread.ts'

/** Keeps what taught words propose in line with their examples, and with the photos there are. */
export interface Teacher {
  /** Something was decided: words of which that is true are learnt when it has come to rest. */
  readonly soon: () => void
  /** There are features of more photos, or of another network: all words look at all photos again, not too often. */
  readonly later: () => void
  /** Learns a word now if that is due, and says which photos to ask about. */
  readonly questions: (term: TermId, leftOut: readonly number[]) => Promise<number[]>
  /** What is in work is finished; the rest is due the next time. */
  readonly end: () => Promise<void>
}

export interface TeacherOptions {
  readonly library: Library
  readonly thread: Pick<CallingThread<TeachCalls>, 'ask'>
  /** Proposals are others than before. */
  readonly onProposed: () => void
  readonly log: (line: string) => void
  /** For tests. Milliseconds without a decision; default: 300. */
  readonly rest?: number
  /** For tests. Milliseconds between two looks at all photos, at least; default: 3000. */
  readonly pause?: number
}

/** Of the time a look at all photos takes, the least that passes before the next. */
const timesAsLong = 10

const isDue = ({ examples, learnt }: Learning): boolean => examples !== learnt

export function createTeacher(options: TeacherOptions): Teacher {
  const { library, thread, onProposed, log, rest = 300, pause = 3000 } = options
  const ending = new AbortController()
  let restTimer: NodeJS.Timeout | undefined
  let laterTimer: NodeJS.Timeout | undefined
  /** One word after the other; each step follows the one before. */
  let last: Promise<void> = Promise.resolve()
  /** Milliseconds of the last look at all photos. */
  let took = 0

  const learnOne = async ({ ownId }: Learning): Promise<void> => {
    if (ending.signal.aborted) return
    const proposals = await thread.ask('learn', { ownId })
    if (proposals === null || !library.db.open) return
    if (storeProposals(library, proposals)) {
      await flushDeferred(library, undefined, ending.signal)
      onProposed()
    }
  }
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work).catch((error: unknown) => {
      if (!ending.signal.aborted) log(`What you taught is learnt later: ${toFailure(error).message}`)
    })
    return last
  }
  const learnAll = (which: (each: Learning) => boolean): Promise<void> =>
    inTurn(async () => {
      for (const each of learnings(library).filter(which)) await learnOne(each)
    })

  return {
    soon: () => {
      if (ending.signal.aborted) return
      clearTimeout(restTimer)
      restTimer = setTimeout(() => void learnAll(isDue), rest)
      restTimer.unref()
    },
    later: () => {
      if (ending.signal.aborted || laterTimer !== undefined) return
      const look = async (): Promise<void> => {
        const from = performance.now()
        await learnAll(() => true)
        took = performance.now() - from
        laterTimer = undefined
      }
      laterTimer = setTimeout(() => void look(), Math.max(pause, timesAsLong * took))
      laterTimer.unref()
    },
    questions: async (term, leftOut) => {
      const ownId = term - firstOwnId
      await learnAll((each) => each.ownId === ownId && isDue(each))
      return thread.ask('questions', { ownId, leftOut })
    },
    end: async () => {
      ending.abort()
      clearTimeout(restTimer)
      clearTimeout(laterTimer)
      await last
    },
  }
}
