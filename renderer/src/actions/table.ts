import type { Action } from './action.ts'
import { datingActions } from './dating.ts'
import { albumActions } from './albums.ts'
import { fileActions } from './files.ts'
import { giveAwayActions } from './give-away.ts'
import { labelActions } from './labels.ts'
import { mapActions } from './map.ts'
import { openActions } from './open.ts'
import { placingActions } from './placing.ts'
import { hidingActions } from './hiding.ts'
import { ratingActions } from './rating.ts'
import { selectionActions } from './selection.ts'
import { similarActions } from './similar.ts'
import { stackingActions } from './stacking.ts'
import { teachingActions } from './teaching.ts'
import { turningActions } from './turning.ts'

/**
 * Everything that can be done with photos, in the order of the menu. An act is written once, here; the keys of wall and
 * viewer, the bar of the selection, the context menu and the sheet of keys show whatever stands in the table.
 *
 * To add one:
 *
 * 1. Write it in a file beside this one, by its subject: `rating.ts` exports `ratingActions: readonly Action[]`.
 * 2. List that below, where it is to stand in the menu. Another `group` gives a line before it; the same `submenu`
 *    object puts neighbours into a menu of their own.
 * 3. Give its words a message under `act.` in both languages.
 *
 * `available(context)` is asked whenever something is drawn: it looks at what is in memory. `run(target)` gets the ids
 * and may take its time; what needs a store fetches it there. Nothing else is to be done: no key is registered
 * elsewhere, no button is drawn.
 *
 * The selection stays as it is. What `undo` takes back is done within `useDecisions().undoable(…)`: that says what was
 * done, with a way back, and undo and redo bring the selection back as it was.
 */
export const actions: readonly Action[] = [
  ...openActions,
  ...similarActions,
  ...stackingActions,
  ...ratingActions,
  ...labelActions,
  ...teachingActions,
  ...albumActions,
  ...turningActions,
  ...datingActions,
  ...placingActions,
  ...mapActions,
  ...giveAwayActions,
  ...hidingActions,
  ...fileActions,
  ...selectionActions,
]
