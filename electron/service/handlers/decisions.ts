import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { KartotekaError } from '../../core/contract/failure.ts'
import type { TermKey } from '../../core/contract/values.ts'
import { firstOwnId, type TermId } from '../../core/labels/term.ts'
import { decide } from '../../core/library/decisions/decisions.ts'
import {
  decideByName,
  ownLabels,
  removeOwnLabel,
  renameOwnLabel,
} from '../../core/library/decisions/own-labels.ts'
import { say, turnPhotos } from '../../core/library/decisions/person-facts.ts'
import { queueCounts } from '../../core/library/files/queue.ts'
import { redo, undo } from '../../core/library/decisions/undo.ts'
import { labelFollower } from '../../core/search/follow-label.ts'
import type { Context } from '../context.ts'
import { stepsOf } from '../in-steps.ts'

type DecisionCalls =
  'decide' | 'say' | 'turnPhotos' | 'undo' | 'redo' | 'renameOwnLabel' | 'getOwnLabels' | 'removeOwnLabel'

/** What people say about photos, and taking it back. */
export function decisionHandlers(context: Context): Pick<ServiceHandlers, DecisionCalls> {
  const { library, lexicon, searches, changes, offlineHiding, indexing } = context
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
  /** Photos may have come or gone, or stand elsewhere. */
  const toldOfPhotos = (count: number): { changed: number } => {
    changes.now('decisions', 'tags', 'photos', 'albums', 'folders')
    return { changed: count }
  }
  /** Photos that are turned again by it are looked at again. */
  const travelled = (count: number): { changed: number } => {
    if (queueCounts(library).pending > 0) indexing.rescan([])
    return toldOfPhotos(count)
  }
  const inSteps = stepsOf(context)
  return {
    decide: async ({ photoIds, verdict, label }) => {
      const count = await inSteps(() =>
        label.kind === 'term'
          ? decide(library, photoIds, known(label.term), verdict)
          : decideByName(library, photoIds, label.name, verdict),
      )
      return count > 0 ? told(count) : { changed: 0 }
    },
    say: async ({ photoIds, fact }) => {
      const count = await inSteps(() => say(library, photoIds, fact))
      return count > 0 ? toldOfPhotos(count) : { changed: 0 }
    },
    turnPhotos: async ({ photoIds, degrees }) => {
      const count = await inSteps(() => turnPhotos(library, photoIds, degrees))
      indexing.rescan([])
      return count > 0 ? toldOfPhotos(count) : { changed: 0 }
    },
    // What is taken back may be a label that no photo has, or photos that were hidden.
    undo: async () => {
      const shown = await offlineHiding.undo()
      return shown === null ? travelled(await inSteps(() => undo(library))) : { changed: shown }
    },
    redo: async () => {
      const hidden = await offlineHiding.redo()
      return hidden === null ? travelled(await inSteps(() => redo(library))) : { changed: hidden }
    },
    renameOwnLabel: async ({ term, name }) => {
      const id = known(term)
      const follow = labelFollower(library, lexicon, id)
      const result = await inSteps(() => renameOwnLabel(library, id, name, follow))
      changes.now('decisions', 'tags', 'albums')
      return { term: lexicon.keyOf(result.term), merged: result.merged }
    },
    getOwnLabels: async () =>
      (await searches.ask('getOwnLabels', null)).map(({ id, name, count }) => {
        return { term: lexicon.keyOf(id), name, count }
      }),
    removeOwnLabel: async ({ term }) => told(await inSteps(() => removeOwnLabel(library, known(term)))),
  }
}
