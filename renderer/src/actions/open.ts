import { Columns2, Maximize2, Presentation } from '@lucide/vue'
import { useScreens } from '../app/screens.ts'
import type { Action } from './action.ts'

/** So many fit side by side. */
const comparedAtMost = 4

/** Looking at photos: alone, one after another, or side by side. */
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
  {
    id: 'slideshow',
    words: 'slideshow',
    icon: Presentation,
    keys: { wall: ['Shift+Enter'] },
    group: 'open',
    available: ({ source, index }) => source !== 'viewer' && index !== null,
    run: ({ index }) => {
      const screens = useScreens()
      screens.slideshow = true
      screens.viewed = index
    },
  },
  {
    id: 'compare',
    words: 'compare',
    icon: Columns2,
    keys: { wall: ['V'] },
    group: 'open',
    available: ({ source, count }) => source === 'selection' && count >= 2 && count <= comparedAtMost,
    run: ({ photoIds }) => {
      useScreens().compared = photoIds
    },
  },
]
