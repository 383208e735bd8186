import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CopyOptions, CopyProgress, CopyState } from '../../../electron/core/contract/copies.ts'
import type { Failure } from '../../../electron/core/contract/failure.ts'
import { api } from '../api.ts'
import { useLibrary } from '../app/library.ts'
import { useScreens } from '../app/screens.ts'
import { counted, t } from '../i18n/words.ts'
import { useToasts, type Toast } from '../notices/toasts.ts'

const topic = 'copies'

/** Copies of photos for others: how far they are, and what came of them. */
export const useCopies = defineStore('copies', () => {
  const { attempt, show, succeeds } = useToasts()
  const library = useLibrary()
  const screens = useScreens()
  const progress = shallowRef<CopyProgress | null>(null)

  api.on('copies', (state) => {
    if (state.phase === 'copying') {
      progress.value = state.progress
      return
    }
    progress.value = null
    tell(state)
  })
  api.on('service', ({ state }) => {
    if (state === 'running' || progress.value === null) return
    progress.value = null
    show(t('copies.interrupted'), { tone: 'error', topic })
  })

  function tell({ report, folder }: Extract<CopyState, { phase: 'ended' }>): void {
    const { copied, leftOut, reasons, ended } = report
    // A person who broke off a download knows it.
    if (folder === null && ended.how !== 'done') return
    const parts = [outcome(ended, copied, folder === null)]
    if (leftOut > 0) parts.push(counted('copies.leftOut', leftOut))
    show(parts.join(' '), {
      tone: ended.how === 'failed' || leftOut > 0 ? 'error' : 'plain',
      topic,
      detail: ended.how === 'failed' ? ended.failure.message : '',
      action: actionAfter(leftOut, reasons, copied > 0 && folder !== null),
    })
  }

  function actionAfter(leftOut: number, reasons: readonly string[], isShown: boolean): Toast['action'] {
    if (reasons.length > 0) {
      const run = (): void => {
        screens.open({ kind: 'left-out-copies', leftOut, reasons })
      }
      return { label: t('copies.which'), run }
    }
    if (!isShown || library.shell?.showInFolder !== true) return null
    return { label: t('act.showInFolder'), run: () => void succeeds(api.showInFolder({ kind: 'copies' })) }
  }

  return {
    progress,
    /** @returns why it has not begun; what is no question was told */
    save: async (
      photoIds: readonly number[],
      folder: string,
      copies: CopyOptions,
      sure: boolean,
    ): Promise<Failure | null> => {
      const answer = await api.saveCopies({ photoIds: [...photoIds], folder, copies, sure })
      return answer.ok ? null : answer.error
    },
    /** The browser fetches it, and tells how far it is. */
    download: async (photoIds: readonly number[], copies: CopyOptions): Promise<boolean> => {
      const answer = await attempt(api.downloadCopies({ photoIds: [...photoIds], copies }))
      if (answer === null) return false
      const link = document.createElement('a')
      link.href = answer.address
      link.download = ''
      link.click()
      return true
    },
    stop: () => succeeds(api.stopCopies()),
  }
})

function outcome(
  ended: Extract<CopyState, { phase: 'ended' }>['report']['ended'],
  copied: number,
  isDownload: boolean,
): string {
  if (ended.how === 'failed')
    return counted('copies.failed', copied, { why: t(`failure.${ended.failure.code}`) })
  if (ended.how === 'stopped') return counted('copies.stopped', copied)
  return isDownload ? counted('copies.downloaded', copied) : counted('copies.saved', copied)
}
