import { MapPin } from '@lucide/vue'
import { useScreens } from '../app/screens.ts'
import type { Action } from './action.ts'
import { mostAtOnce } from './dating.ts'

/** Where photos were taken. */
export const placingActions: readonly Action[] = [
  {
    id: 'change-place',
    words: 'changePlace',
    icon: MapPin,
    keys: { wall: ['P'], viewer: ['P'] },
    group: 'dating',
    asksForText: () => true,
    available: ({ count }) => count > 0 && count <= mostAtOnce,
    run: ({ photoIds }) => {
      if (photoIds.length > 0) useScreens().open({ kind: 'places', photoIds })
    },
  },
]
