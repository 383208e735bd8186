import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { IndexingState } from '../../../electron/core/contract/states.ts'
import { api } from '../api.ts'
import { useToasts } from '../notices/toasts.ts'

/** How far the indexing is, and the three things that can be done about it. */
export const useIndexing = defineStore('indexing', () => {
  const { succeeds } = useToasts()
  const state = shallowRef<IndexingState | null>(null)
  api.on('indexing', (next) => {
    state.value = next
  })

  const busy = computed(() => state.value !== null && state.value.phase !== 'idle')
  /** 0–1, or `null` while nobody knows how much there is. */
  const share = computed(() => {
    const now = state.value
    if (now === null || now.phase === 'scanning') return null
    const all = now.done + now.failed + now.queued
    return all === 0 ? null : (now.done + now.failed) / all
  })

  return {
    state,
    busy,
    share,
    start: (folderId: number | null = null, again = false) =>
      succeeds(api.startIndexing({ folderId, again })),
    pause: () => succeeds(api.pauseIndexing()),
    resume: () => succeeds(api.resumeIndexing()),
    stop: () => succeeds(api.stopIndexing()),
  }
})
