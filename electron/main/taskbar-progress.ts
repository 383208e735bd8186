import { powerSaveBlocker, type BrowserWindow } from 'electron'
import type { IndexingState } from '../core/contract/states.ts'

/** What the system shows and does while photos are being indexed: progress on the dock or taskbar, no sleep. */
export interface TaskbarProgress {
  readonly follow: (state: IndexingState) => void
  readonly end: () => void
}

/** `window`: the one that shows the progress at the time, `null` when there is none. */
export function createTaskbarProgress(window: () => BrowserWindow | null): TaskbarProgress {
  let blocker: number | null = null
  const stayAwake = (awake: boolean): void => {
    if (awake && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension')
    if (!awake && blocker !== null) {
      powerSaveBlocker.stop(blocker)
      blocker = null
    }
  }
  return {
    follow: (state) => {
      stayAwake(state.phase === 'scanning' || state.phase === 'indexing')
      const target = window()
      if (target === null || target.isDestroyed()) return
      if (state.phase === 'scanning') target.setProgressBar(2, { mode: 'indeterminate' })
      else if (state.phase === 'idle') target.setProgressBar(-1)
      else {
        const settled = state.done + state.failed
        const all = settled + state.queued
        target.setProgressBar(all === 0 ? -1 : settled / all, {
          mode: state.phase === 'indexing' ? 'normal' : 'paused',
        })
      }
    },
    end: () => {
      stayAwake(false)
    },
  }
}
