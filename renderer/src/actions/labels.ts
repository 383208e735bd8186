import { Check, Plus, X } from '@lucide/vue'
import { nextTick } from 'vue'
import { useLabelChooser } from '../labels/label-chooser.ts'
import { useSelection } from '../selection/selection.ts'
import type { Action, ActionTarget } from './action.ts'

/** An act that asks for a label first, where the photos are: in the bar of the selection, or in the viewer's panel. */
export interface LabelAction extends Action {
  readonly verdict: 'confirmed' | 'removed' | 'added'
}

async function choose(verdict: LabelAction['verdict'], { source, index }: ActionTarget): Promise<void> {
  if (source === 'wall cell' && index !== null) {
    await useSelection().pick(index, 'only')
    // The bar comes with the selection.
    await nextTick()
  }
  useLabelChooser().choose(verdict)
}

const looks = [
  { id: 'confirm-label', verdict: 'confirmed', words: 'confirmLabel', icon: Check, key: 'C' },
  { id: 'remove-label', verdict: 'removed', words: 'removeLabel', icon: X, key: 'X' },
  { id: 'add-label', verdict: 'added', words: 'addLabel', icon: Plus, key: 'L' },
] as const

/** What a person says of labels. */
export const labelActions: readonly LabelAction[] = looks.map(({ key, ...look }) => ({
  ...look,
  keys: { wall: [key], viewer: [key] },
  group: 'labels',
  inBar: true,
  asksForText: () => true,
  available: ({ count, index }) => count > 0 || index !== null,
  run: (target) => choose(look.verdict, target),
}))
