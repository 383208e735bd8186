import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { KartotekaError } from '../../core/contract/failure.ts'
import type { TermKey } from '../../core/contract/values.ts'
import { firstOwnId, type TermId } from '../../core/labels/term.ts'
import { decide } from '../../core/library/decisions.ts'
import { ownLabels, ownTerm, renameOwnLabel } from '../../core/library/own-labels.ts'
import { redo, undo } from '../../core/library/undo.ts'
import type { Context } from '../context.ts'

/** What people say about photos, and taking it back. */
export function decisionHandlers({
  library,
  lexicon,
  changes,
}: Context): Pick<ServiceHandlers, 'decide' | 'undo' | 'redo' | 'renameOwnLabel'> {
  const known = (key: TermKey): TermId => {
    const id = lexicon.idOf(key)
    const exists = id !== null && (id < firstOwnId || ownLabels(library).some(({ term }) => term === id))
    if (!exists) throw new KartotekaError('not-found', `There is no label ${key}.`)
    return id
  }
  const changed = (count: number): { changed: number } => {
    if (count > 0) changes.now('decisions', 'tags')
    return { changed: count }
  }
  return {
    decide: ({ photoIds, verdict, label }) => {
      const term = label.kind === 'term' ? known(label.term) : ownTerm(library, label.name)
      return changed(decide(library, photoIds, term, verdict))
    },
    undo: () => changed(undo(library)),
    redo: () => changed(redo(library)),
    renameOwnLabel: ({ term, name }) => {
      const result = renameOwnLabel(library, known(term), name)
      changes.now('decisions', 'tags')
      return { term: lexicon.keyOf(result.term), merged: result.merged }
    },
  }
}
