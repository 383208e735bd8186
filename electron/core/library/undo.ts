import { KartotekaError } from '../contract/failure.ts'
import { applySteps } from './decisions.ts'
import { forgetUndone, markUndone, nextChange } from './history.ts'
import { write, type Library } from './library.ts'
import { freeName, setOwnName } from './own-labels.ts'

/**
 * Takes back the last decision (or renaming, or merging) that still stands. The history survives restarts.
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
      setOwnName(library, renaming.ownId, name)
    }
    applySteps(
      library,
      direction === 'redo'
        ? change.steps
        : change.steps.map((step) => ({ ...step, before: step.after, after: step.before })),
    )
    markUndone(library, change.id, direction === 'undo')
    return new Set(change.steps.map(({ photoId }) => photoId)).size
  })
}
