import { RotateCcw, RotateCw } from '@lucide/vue'
import { api } from '../api.ts'
import { counted } from '../i18n/words.ts'
import { useDecisions } from '../labels/decisions.ts'
import { useToasts } from '../notices/toasts.ts'
import type { Action, ActionTarget } from './action.ts'

async function turn({ photoIds }: ActionTarget, degrees: 90 | 270): Promise<void> {
  if (photoIds.length === 0) return
  const done = await useToasts().attempt(api.turnPhotos({ photoIds: [...photoIds], degrees }))
  if (done !== null && done.changed > 0) useDecisions().offerUndo(counted('decision.turned', done.changed))
}

const looks = [
  { id: 'turn-left', words: 'turnLeft', icon: RotateCcw, key: '[', degrees: 270 },
  { id: 'turn-right', words: 'turnRight', icon: RotateCw, key: ']', degrees: 90 },
] as const

/** How photos are shown; their files stay as they are. */
export const turningActions: readonly Action[] = looks.map(({ key, degrees, ...look }) => ({
  ...look,
  keys: { wall: [key], viewer: [key] },
  group: 'turning',
  inViewer: true,
  available: ({ count }) => count > 0,
  run: (target) => turn(target, degrees),
}))
