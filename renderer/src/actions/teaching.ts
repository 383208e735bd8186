import { GraduationCap } from '@lucide/vue'
import { useScreens } from '../app/screens.ts'
import { useTeaching } from '../teaching/teaching.ts'
import type { Action, ActionTarget } from './action.ts'

function teach({ photoIds }: ActionTarget): void {
  if (photoIds.length > 0) useScreens().open({ kind: 'teach', photoIds, word: useTeaching().wanted })
}

/** Words that are learnt from photos. */
export const teachingActions: readonly Action[] = [
  {
    id: 'teach-word',
    words: 'teachWord',
    icon: GraduationCap,
    keys: { wall: ['W'], viewer: ['W'] },
    group: 'labels',
    asksForText: () => useTeaching().wanted === null,
    available: ({ count }) => count > 0,
    run: teach,
  },
]
