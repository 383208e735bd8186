import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { KartotekaError } from '../../core/contract/failure.ts'
import type { TermKey } from '../../core/contract/values.ts'
import { firstOwnId, type TermId } from '../../core/labels/term.ts'
import { decide } from '../../core/library/decisions.ts'
import { decideByName, ownLabels, removeOwnLabel, renameOwnLabel } from '../../core/library/own-labels.ts'
import { redo, undo } from '../../core/library/undo.ts'
import { sessionOf } from '../../core/search/session.ts'
import type { Context } from '../context.ts'

type DecisionCalls = 'decide' | 'undo' | 'redo' | 'renameOwnLabel' | 'getOwnLabels' | 'removeOwnLabel'

/** What people say about photos, and taking it back. */
export function decisionHandlers({
  library,
  lexicon,
  changes,
}: Context): Pick<ServiceHandlers, DecisionCalls> {
  const known = (key: TermKey): TermId => {
    const id = lexicon.idOf(key)
    const exists = id !== null && (id < firstOwnId || ownLabels(library).some(({ term }) => term === id))
    if (!exists) throw new KartotekaError('not-found', `There is no label ${key}.`)
    return id
  }
  const told = (count: number): { changed: number } => {
    changes.now('decisions', 'tags')
    return { changed: count }
  }
  return {
    decide: ({ photoIds, verdict, label }) => {
      const count =
        label.kind === 'term'
          ? decide(library, photoIds, known(label.term), verdict)
          : decideByName(library, photoIds, label.name, verdict)
      return count > 0 ? told(count) : { changed: 0 }
    },
    // What is taken back may be a label that no photo has.
    undo: () => told(undo(library)),
    redo: () => told(redo(library)),
    renameOwnLabel: ({ term, name }) => {
      const result = renameOwnLabel(library, known(term), name)
      changes.now('decisions', 'tags')
      return { term: lexicon.keyOf(result.term), merged: result.merged }
    },
    getOwnLabels: () => {
      const { sureCount } = sessionOf(library, lexicon)
      return ownLabels(library).map(({ term, name }) => {
        return { term: lexicon.keyOf(term), name, count: sureCount(term) }
      })
    },
    removeOwnLabel: ({ term }) => told(removeOwnLabel(library, known(term))),
  }
}
