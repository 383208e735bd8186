import { SquareCheck, SquareX } from '@lucide/vue'
import { usePhotoList } from '../photos/photo-list.ts'
import { useSelection } from '../selection/selection.ts'
import type { Action } from './action.ts'

/** Which photos are meant. */
export const selectionActions: readonly Action[] = [
  {
    id: 'select-all',
    words: 'selectAll',
    icon: SquareCheck,
    keys: { wall: ['Mod+A'] },
    onlyInGrid: true,
    group: 'selection',
    available: ({ source }) => source !== 'viewer' && usePhotoList().total > 0,
    aboutSelection: true,
    run: () => useSelection().addBetween(0, usePhotoList().total),
  },
  {
    id: 'clear-selection',
    words: 'clearSelection',
    icon: SquareX,
    keys: { wall: ['Escape'] },
    group: 'selection',
    available: ({ source }) => source === 'selection',
    aboutSelection: true,
    run: () => useSelection().clear(),
  },
]
