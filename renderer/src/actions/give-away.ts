import { Download, Image, SquareArrowOutUpRight } from '@lucide/vue'
import { api } from '../api.ts'
import { useScreens } from '../app/screens.ts'
import { copyPicture } from '../give-away/copy-picture.ts'
import { useToasts } from '../notices/toasts.ts'
import type { Action, ActionTarget } from './action.ts'

function saveCopies({ photoIds }: ActionTarget): void {
  if (photoIds.length > 0) useScreens().open({ kind: 'save-copies', photoIds })
}

async function openPhoto({ photoIds: [id] }: ActionTarget): Promise<void> {
  if (id !== undefined) await useToasts().succeeds(api.openPhoto({ id }))
}

/** Words that someone has marked are what Ctrl-C is to copy. */
const isTextMarked = (): boolean => window.getSelection()?.isCollapsed === false

/** Photos for other people and other programs. */
export const giveAwayActions: readonly Action[] = [
  {
    id: 'save-copies',
    words: 'saveCopies',
    icon: Download,
    keys: { wall: ['Mod+S'], viewer: ['Mod+S'] },
    group: 'give-away',
    inBar: true,
    available: ({ count }) => count > 0,
    run: saveCopies,
  },
  {
    id: 'copy-picture',
    words: 'copyPicture',
    icon: Image,
    keys: { wall: ['Mod+C'], viewer: ['Mod+C'] },
    group: 'give-away',
    available: ({ count }) => count === 1 && !isTextMarked(),
    run: ({ photoIds: [id] }) => (id === undefined ? undefined : copyPicture(id)),
  },
  {
    id: 'open-photo',
    words: 'openPhoto',
    icon: SquareArrowOutUpRight,
    group: 'give-away',
    available: ({ shell, count }) => shell?.showInFolder === true && count === 1,
    run: openPhoto,
  },
]
