import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { KartotekaError } from '../../core/contract/failure.ts'
import type { teachingCalls } from '../../core/contract/teaching.ts'
import type { TermKey } from '../../core/contract/values.ts'
import { firstOwnId, type TermId } from '../../core/labels/term.ts'
import { taughtLabels, teach, unlearn } from '../../core/library/decisions/taught.ts'
import type { Context } from '../context.ts'
import { stepsOf } from '../in-steps.ts'

/** Words that are taught. */
export function teachingHandlers(context: Context): Pick<ServiceHandlers, keyof typeof teachingCalls> {
  const { library, lexicon, teacher, changes } = context
  const inSteps = stepsOf(context)
  const own = (key: TermKey): TermId => {
    const term = lexicon.idOf(key)
    if (term === null || term < firstOwnId)
      throw new KartotekaError('not-found', `There is no label of your own ${key}.`)
    return term
  }
  return {
    getTaughtLabels: () =>
      taughtLabels(library).map(({ term, ...label }) => ({ term: lexicon.keyOf(term), ...label })),
    teach: async ({ name, yes, no }) => {
      const { term, changed, begun } = await inSteps(() => teach(library, name, yes, no))
      changes.now('decisions', 'tags')
      return { term: lexicon.keyOf(term), changed, begun }
    },
    unlearn: async ({ term }) => {
      await inSteps(() => {
        unlearn(library, own(term))
      })
      changes.now('decisions', 'tags')
    },
    getQuestions: ({ term, leftOut }) => teacher.questions(own(term), leftOut),
  }
}
