import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { DayTitle } from '../../../electron/core/contract/days.ts'
import { api } from '../api.ts'
import { useToasts } from '../notices/toasts.ts'
import { useSearch } from '../search/search.ts'
import type { Block } from './wall-layout.ts'

/** Days asked for at once. */
const mostAtOnce = 100

/** What the days of the list were, as far as they were near the screen. */
export const useDayTitles = defineStore('day-titles', () => {
  const { attempt } = useToasts()
  const search = useSearch()
  const titles = shallowRef<ReadonlyMap<string, DayTitle>>(new Map())
  /** Days whose titles are of the list as it is now; what is older stays on the screen until then. */
  const fresh = new Set<string>()
  let question: string | null = null
  let wanted: readonly Block[] = []
  let isAsking = false

  watch(
    () => search.summary,
    () => {
      const asked = JSON.stringify(search.shown)
      if (asked !== question) titles.value = new Map()
      question = asked
      fresh.clear()
      void ask()
    },
    { flush: 'sync' },
  )

  async function ask(): Promise<void> {
    const { shown, summary } = search
    if (isAsking || shown === null) return
    const missing = wanted
      .flatMap(({ day, first, count }) => (day === null || fresh.has(day) ? [] : [{ day, first, count }]))
      .slice(0, mostAtOnce)
    if (missing.length === 0) return
    isAsking = true
    const spans = missing.map(({ first, count }) => ({ first, count }))
    const answer = await attempt(api.getDayTitles({ search: shown, spans }))
    isAsking = false
    if (summary === search.summary) {
      if (answer === null) return
      const next = new Map(titles.value)
      for (const [at, { day }] of missing.entries()) {
        const title = answer[at]
        if (title !== undefined) next.set(day, title)
        fresh.add(day)
      }
      titles.value = next
    }
    // Others may be wanted by now, or the list be another one.
    await ask()
  }

  return {
    titles,
    /** Tells which days are near the screen; what is not known of them is asked for. */
    want: (blocks: readonly Block[]) => {
      wanted = blocks
      void ask()
    },
  }
})
