import { useThrottleFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { SavedSearch } from '../../../electron/core/contract/albums.ts'
import type { Search } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'
import { latest } from '../app/latest.ts'
import { useRefresh } from '../app/refresh.ts'
import { t } from '../i18n/words.ts'
import { useDecisions } from '../labels/decisions.ts'
import { useToasts } from '../notices/toasts.ts'
import { useSearch } from '../search/search.ts'

/** Searches that are kept by a name, with the photos that they find now. */
export const useSavedSearches = defineStore('saved-searches', () => {
  const { attempt, succeeds } = useToasts()
  const decisions = useDecisions()
  const search = useSearch()
  const searches = shallowRef<readonly SavedSearch[]>([])
  const totals = shallowRef<ReadonlyMap<number, number>>(new Map())
  let counting = 0

  const askForAll = latest(() => attempt(api.getSavedSearches()))

  async function load(): Promise<void> {
    searches.value = (await askForAll()) ?? searches.value
    void countSoon()
  }

  /** One after the other, so that what people search for meanwhile is answered between. */
  async function count(): Promise<void> {
    const turn = ++counting
    for (const saved of searches.value) {
      const answer = await api.countPhotos({ search: asSearch(saved) })
      if (turn !== counting) return
      if (answer.ok) totals.value = new Map(totals.value).set(saved.id, answer.value.total)
    }
  }

  /** While photos are indexed the library changes all the time. */
  const countSoon = useThrottleFn(count, 3000, true, true)

  function asSearch({ query, minConfidence }: SavedSearch): Search {
    return {
      ...search.search,
      text: query,
      sort: 'date',
      minConfidence: minConfidence ?? search.search.minConfidence,
    }
  }

  useRefresh().follow(async (changed) => {
    if (changed.has('albums')) await load()
    else void countSoon()
  })

  /** The one that the wall shows. */
  const shown = computed(
    () =>
      searches.value.find(
        ({ query, sort, minConfidence }) =>
          query === search.asked.text.trim() &&
          sort === (search.asked.sort ?? 'auto') &&
          minConfidence === search.asked.minConfidence,
      ) ?? null,
  )

  async function keep(kept: Omit<SavedSearch, 'id'>): Promise<void> {
    if ((await attempt(api.saveSearch(kept))) === null) return
    await load()
    decisions.offerUndo(t('savedSearches.saved', { name: kept.name }))
  }

  return {
    searches,
    totals,
    shown,
    load,
    /** What is asked for now. */
    save: (name: string) => {
      const { text, sort, minConfidence } = search.asked
      return keep({ name, query: text.trim(), sort: sort ?? 'auto', minConfidence })
    },
    keep,
    isKept: (query: string) => searches.value.some((saved) => saved.query === query),
    ask: ({ query, sort, minConfidence }: SavedSearch) => {
      search.askAgain({ text: query, sort: sort === 'auto' ? null : sort, minConfidence })
    },
    rename: async ({ id, name: from }: SavedSearch, name: string) => {
      const done = await succeeds(api.renameSavedSearch({ id, name }))
      await load()
      if (done) decisions.offerUndo(t('albums.renamed', { from, to: name }))
    },
    remove: async ({ id, name }: SavedSearch) => {
      const done = await succeeds(api.removeSavedSearch({ id }))
      await load()
      if (done) decisions.offerUndo(t('savedSearches.removed', { name }))
    },
    order: async (ids: readonly number[] | null) => {
      const done = await succeeds(api.orderSavedSearches({ ids: ids === null ? null : [...ids] }))
      await load()
      if (done) decisions.offerUndo(t('albums.ordered'))
    },
  }
})
