import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { EventPayload } from '../../../electron/core/contract/contract.ts'
import { api } from '../api.ts'

export type Changed = EventPayload<'libraryChanged'>['what'][number]
type Follower = (changed: ReadonlySet<Changed>) => Promise<unknown>

/**
 * What follows the library. The service says how often: it gathers what indexing does. Here the next round only waits
 * for the one before, so that a slow computer is not asked for more than it can show.
 */
export const useRefresh = defineStore('refresh', () => {
  /** Grows with every change of the library. */
  const revision = ref(0)
  const followers: Follower[] = []
  let changed = new Set<Changed>()
  let isUnderWay = false

  async function refresh(): Promise<void> {
    if (isUnderWay) return
    isUnderWay = true
    try {
      while (changed.size > 0) {
        const now = changed
        changed = new Set()
        await Promise.all(followers.map((follower) => follower(now)))
      }
    } finally {
      isUnderWay = false
    }
  }

  function tell(what: readonly Changed[]): void {
    revision.value++
    for (const each of what) changed.add(each)
    void refresh()
  }
  api.on('libraryChanged', ({ what }) => {
    tell(what)
  })

  return {
    revision,
    /** Calls it with what changed, after every change. */
    follow: (follower: Follower) => {
      followers.push(follower)
    },
    /** Another library may be there than before. */
    all: () => {
      tell(['photos', 'tags', 'decisions', 'albums', 'folders', 'problems', 'duplicates'])
    },
  }
})
