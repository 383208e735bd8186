import { Copy, FolderOpen, Trash2 } from '@lucide/vue'
import { api } from '../api.ts'
import { isMac } from '../app/shortcuts.ts'
import { counted, language, t } from '../i18n/words.ts'
import { useToasts } from '../notices/toasts.ts'
import { useSelection } from '../selection/selection.ts'
import type { Action, ActionTarget } from './action.ts'
import { unlessLeftOut } from './left-out.ts'
import { copyPath } from '../controls/copy-path.ts'
import { moveToTrash } from '../controls/move-to-trash.ts'

/** One call of the shell takes no more photos than this. */
const mostPhotos = 200_000

async function showInFolder({ photoIds: [id] }: ActionTarget): Promise<void> {
  if (id !== undefined) await useToasts().succeeds(api.showInFolder({ kind: 'photo', id }))
}

async function copyPathOf({ photoIds: [id] }: ActionTarget): Promise<void> {
  if (id === undefined) return
  const details = await useToasts().attempt(api.getPhoto({ id, language: language.value }))
  if (details !== null) await copyPath(details.path)
}

async function trash(ids: readonly number[]): Promise<void> {
  const gone = await moveToTrash(ids.slice(0, mostPhotos))
  if (gone.length === 0) return
  useSelection().forget(gone)
  useToasts().show(counted('batch.trashed', gone.length))
}

function askTrash({ photoIds }: ActionTarget): void {
  const { length } = photoIds
  if (length === 0) return
  unlessLeftOut(length, {
    text: counted('batch.trashAnyway', length),
    action: t('act.trash'),
    danger: true,
    run: () => void trash(photoIds),
  })
}

/** The files behind the photos. */
export const fileActions: readonly Action[] = [
  {
    id: 'show-in-folder',
    words: 'showInFolder',
    icon: FolderOpen,
    group: 'files',
    inBar: true,
    inViewer: true,
    available: ({ shell, count }) => shell?.showInFolder === true && count === 1,
    run: showInFolder,
  },
  {
    id: 'copy-path',
    words: 'copyPath',
    icon: Copy,
    group: 'files',
    available: ({ count }) => count === 1,
    run: copyPathOf,
  },
  {
    id: 'trash',
    words: 'trash',
    icon: Trash2,
    keys: { wall: [isMac ? 'Mod+Backspace' : 'Delete'] },
    group: 'trash',
    inBar: true,
    danger: true,
    available: ({ shell, source, count }) => shell?.trash === true && source !== 'viewer' && count > 0,
    run: askTrash,
  },
]
