import { CalendarClock } from '@lucide/vue'
import { useScreens } from '../app/screens.ts'
import type { Action } from './action.ts'

/** One change takes no more photos than this. */
export const mostAtOnce = 200_000

/** When photos were taken. */
export const datingActions: readonly Action[] = [
  {
    id: 'change-date',
    words: 'changeDate',
    icon: CalendarClock,
    keys: { wall: ['D'], viewer: ['D'] },
    group: 'dating',
    asksForText: () => true,
    available: ({ count }) => count > 0 && count <= mostAtOnce,
    run: ({ photoIds }) => {
      if (photoIds.length > 0) useScreens().open({ kind: 'dates', photoIds })
    },
  },
]
