import { Maximize2 } from '@lucide/vue'
import { useScreens } from '../app/screens.ts'
import type { Action } from './action.ts'

/** Looking at a photo alone. */
export const openActions: readonly Action[] = [
  {
    id: 'open',
    words: 'open',
    icon: Maximize2,
    keys: { wall: ['Enter'] },
    onlyInGrid: true,
    group: 'open',
    available: ({ source, index }) => source !== 'viewer' && index !== null,
    run: ({ index }) => {
      useScreens().viewed = index
    },
  },
]
