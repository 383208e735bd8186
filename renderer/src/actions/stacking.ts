import { Images, Layers, Layers2, LayersMinus, LayersPlus, Ungroup } from '@lucide/vue'
import { mostStacked } from '../../../electron/core/contract/stacks.ts'
import { openSame, openStack, putTogether, takeApart } from '../wall/stacks.ts'
import type { Action, ActionContext } from './action.ts'

const isInFront = ({ photo }: ActionContext): boolean => photo?.stack?.behind === false

/** Photos that one of them is shown for. */
export const stackingActions: readonly Action[] = [
  {
    id: 'open-stack',
    words: 'openStack',
    icon: Layers,
    keys: { wall: ['G'], viewer: ['G'] },
    group: 'stacks',
    available: isInFront,
    run: ({ photoIds: [id] }) => {
      if (id !== undefined) openStack(id)
    },
  },
  {
    id: 'open-same',
    words: 'openSame',
    icon: Images,
    keys: { wall: ['G'], viewer: ['G'] },
    group: 'stacks',
    available: (context) => !isInFront(context) && context.photo?.sameAs !== undefined,
    run: ({ photoIds: [id] }) => {
      if (id !== undefined) openSame(id)
    },
  },
  {
    id: 'stack',
    words: 'stack',
    icon: LayersPlus,
    keys: { wall: ['Mod+G'] },
    group: 'stacks',
    available: ({ source, count }) => source === 'selection' && count >= 2 && count <= mostStacked,
    run: ({ photoIds }) => void putTogether(photoIds),
  },
  {
    id: 'stack-front',
    words: 'stackFront',
    icon: Layers2,
    group: 'stacks',
    available: ({ photo }) => photo?.stack?.behind === true,
    run: ({ photoIds: [id] }) => {
      if (id !== undefined) void putTogether([id], id)
    },
  },
  {
    id: 'unstack',
    words: 'unstack',
    icon: Ungroup,
    keys: { wall: ['Mod+Shift+G'], viewer: ['Mod+Shift+G'] },
    group: 'stacks',
    available: isInFront,
    run: ({ photoIds }) => void takeApart(photoIds),
  },
  {
    id: 'leave-stack',
    words: 'leaveStack',
    icon: LayersMinus,
    keys: { wall: ['Mod+Shift+G'], viewer: ['Mod+Shift+G'] },
    group: 'stacks',
    available: ({ photo }) => photo?.stack?.behind === true,
    run: ({ photoIds }) => void takeApart(photoIds),
  },
]
