import { KartotekaError } from '../../contract/failure.ts'
import { applyAlbumSteps } from './albums.ts'
import { applySteps, decisionsAbout } from './decisions.ts'
import { applyFactSteps } from './person-facts.ts'
import { applyDistinctSteps } from './distinct-pairs.ts'
import { firstOwnId } from '../../labels/term.ts'
import { forgetUndone, markUndone, nextChange, type Renaming } from './history.ts'
import { write, type Library } from '../library.ts'
import { freeName, setOwnName } from './own-labels.ts'
import { applyPlaceSteps } from './place-steps.ts'
import { applySavedSearchSteps } from './saved-searches.ts'
import { applyStackSteps } from './stacking.ts'
import { applyTeachingSteps } from './teaching-steps.ts'

/**
 * Takes back the last thing that was decided or said, renamed, merged, taught, ordered or saved, and still stands. The history
 * survives restarts.
 * @returns photos changed
 * @throws KartotekaError `nothing-to-undo`
 */
export function undo(library: Library): number {
  return travel(library, 'undo')
}

/**
 * Makes the last undone decision again.
 * @returns photos changed
 * @throws KartotekaError `nothing-to-undo`
 */
export function redo(library: Library): number {
  return travel(library, 'redo')
}

function travel(library: Library, direction: 'undo' | 'redo'): number {
  return write(library, () => {
    const change = nextChange(library, direction)
    if (change === null) throw new KartotekaError('nothing-to-undo', `There is nothing to ${direction}.`)
    const { renaming } = change
    if (renaming !== null) {
      const name = direction === 'undo' ? renaming.nameBefore : renaming.nameAfter
      // The name may have been given anew meanwhile, to a label that no photo has any more: what was said of that one
      // would be said of a label without a name.
      if (name !== null && freeName(library, renaming.ownId, name)) forgetUndone(library)
      if (name !== null) setOwnName(library, renaming.ownId, name)
    }
    applySteps(library, directed(change.steps, direction))
    applyFactSteps(library, directed(change.facts, direction))
    applyAlbumSteps(library, directed(change.albums, direction))
    applyPlaceSteps(library, directed(change.places, direction))
    applySavedSearchSteps(library, directed(change.searches, direction))
    applyDistinctSteps(library, directed(change.distincts, direction))
    applyTeachingSteps(library, directed(change.teachings, direction))
    applyStackSteps(library, directed(change.stacks, direction))
    if (renaming !== null) losesName(library, renaming, direction)
    markUndone(library, change.id, direction === 'undo')
    const { steps, facts, places, stacks } = change
    return new Set([...steps, ...facts, ...places, ...stacks].map(({ photoId }) => photoId)).size
  })
}

function directed<Step extends { readonly before: unknown; readonly after: unknown }>(
  steps: readonly Step[],
  direction: 'undo' | 'redo',
): readonly Step[] {
  return direction === 'redo'
    ? steps
    : steps.map((step) => ({ ...step, before: step.after, after: step.before }))
}

/**
 * A label that was made by what is taken back, or that goes again, has no name any more. One that another photo has
 * got with a copy of the first keeps it.
 */
function losesName(
  library: Library,
  { ownId, nameBefore, nameAfter }: Renaming,
  direction: 'undo' | 'redo',
): void {
  if ((direction === 'undo' ? nameBefore : nameAfter) !== null) return
  if (decisionsAbout(library, firstOwnId + ownId).length === 0) setOwnName(library, ownId, null)
}
