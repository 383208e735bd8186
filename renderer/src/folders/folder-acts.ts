import { FolderSymlink, ImageOff, RefreshCw, Search, Trash2 } from '@lucide/vue'
import type { Component } from 'vue'
import type { FolderNode } from '../../../electron/core/contract/values.ts'
import { useScreens } from '../app/screens.ts'
import { shownPath } from '../i18n/shown-path.ts'
import { t } from '../i18n/words.ts'
import { useIndexing } from '../indexing/indexing.ts'
import { useFolders } from './folders.ts'

/** Something that can be done with a folder. */
export interface FolderAct {
  readonly id: 'moved' | 'gone' | 'trust' | 'rescan' | 'remove'
  /** With the folder's name, for a button that stands alone. In a menu about the folder it is called `folders.act.`. */
  readonly text: string
  readonly icon: Component
  readonly possible: boolean
  readonly run: () => void
}

/** What can be done with a folder, for its card among the folders and its line in the rail. */
export function folderActs(folder: FolderNode): readonly FolderAct[] {
  const { root, state, photos, id } = folder
  const name = shownPath(folder.name)
  const screens = useScreens()
  const { findMoved, trust } = useFolders()
  const acts: (FolderAct | null)[] = [
    root && photos > 0
      ? {
          id: 'moved',
          text: t('folders.moved', { name }),
          icon: FolderSymlink,
          possible: true,
          run: () => void findMoved(folder),
        }
      : null,
    state === 'offline' && photos > 0
      ? {
          id: 'gone',
          text: t('folders.gone', { name }),
          icon: ImageOff,
          possible: true,
          run: () => screens.open({ kind: 'gone-folder', folder }),
        }
      : null,
    state === 'untrusted'
      ? {
          id: 'trust',
          text: t('folders.trustOne', { name }),
          icon: Search,
          possible: true,
          run: () => void trust(id),
        }
      : null,
    root && state !== 'untrusted'
      ? {
          id: 'rescan',
          text: t('folders.rescan', { name }),
          icon: RefreshCw,
          possible: state !== 'offline',
          run: () => void useIndexing().start(id),
        }
      : null,
    root
      ? {
          id: 'remove',
          text: t('folders.remove', { name }),
          icon: Trash2,
          possible: true,
          run: () => screens.open({ kind: 'remove-folder', folder }),
        }
      : null,
  ]
  return acts.filter((act) => act !== null)
}
