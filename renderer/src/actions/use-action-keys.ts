import { nextTick } from 'vue'
import { useScreens } from '../app/screens.ts'
import { isPressed, useShortcut } from '../app/shortcuts.ts'
import { waitForField, waitWhile } from '../app/typed-ahead.ts'
import type { Action, ActionContext, ActionPlace, ActionTarget } from './action.ts'
import { actions } from './table.ts'

/** What acts are done with, where they are begun. */
export interface ActionReach {
  /** Asked for every key and whenever buttons are drawn. */
  readonly context: () => ActionContext
  /** Asked once the act is begun. */
  readonly target: () => ActionTarget | Promise<ActionTarget>
}

async function runWithTarget(action: Action, reach: ActionReach): Promise<void> {
  const target = await reach.target()
  // The selection that was waited for was taken back meanwhile.
  if (target.source === 'selection' && target.photoIds.length === 0) return
  await action.run(target)
}

/** Does an act with what is at hand there. */
export async function perform(action: Action, reach: ActionReach): Promise<void> {
  if (action.aboutSelection === true) {
    await action.run({ source: 'selection', photoIds: [], index: null })
    return
  }
  if (action.asksForText?.() !== true) {
    await runWithTarget(action, reach)
    return
  }
  waitForField()
  try {
    await runWithTarget(action, reach)
    // A field in the page itself comes with the next drawing.
    await nextTick()
  } finally {
    waitWhile(() => useScreens().dialog !== null)
  }
}

/** While the component lives, the keys of all acts that have one there. @param free nothing lies over the place */
export function useActionKeys(place: ActionPlace, reach: ActionReach, free: () => boolean): void {
  for (const action of actions) {
    if (action.onlyInGrid === true) continue
    for (const combo of action.keys?.[place] ?? [])
      useShortcut(
        combo,
        () => void perform(action, reach),
        () => free() && action.available(reach.context()),
      )
  }
}

/** The act that a key means which was pressed while the wall itself had the focus. */
export function gridAction(event: KeyboardEvent, reach: ActionReach): Action | undefined {
  return actions.find(
    (action) =>
      action.onlyInGrid === true &&
      action.keys?.wall?.some((combo) => isPressed(event, combo)) === true &&
      action.available(reach.context()),
  )
}
