import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { Cover } from '../../../electron/core/contract/things.ts'
import type { TermKey } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'

/** As the call takes them. */
const mostAtOnce = 200

/** The photos that stand for things, asked for when a card comes near the screen: many cards, one call. */
export const useCovers = defineStore('covers', () => {
  const covers = shallowReactive(new Map<TermKey, Cover['photo']>())
  /** Since the page was opened. */
  const asked = new Set<TermKey>()
  let waiting: TermKey[] = []
  /** One call after another: each is told what the cards before show. */
  let latest: Promise<void> = Promise.resolve()

  async function fetch(): Promise<void> {
    const terms = waiting
    waiting = []
    for (let from = 0; from < terms.length; from += mostAtOnce) {
      const some = terms.slice(from, from + mostAtOnce)
      const taken = [...covers].flatMap(([term, photo]) =>
        photo === null || some.includes(term) ? [] : [photo.id],
      )
      const answer = await api.getCovers({ terms: some, taken: [...new Set(taken)].slice(0, 5000) })
      // Cards without a picture say what they stand for as well: nobody need be told.
      if (!answer.ok) return
      for (const { term, photo } of answer.value) covers.set(term, photo)
    }
  }

  return {
    of: (term: TermKey): Cover['photo'] => covers.get(term) ?? null,
    want: (term: TermKey): void => {
      if (asked.has(term)) return
      asked.add(term)
      waiting.push(term)
      if (waiting.length === 1) setTimeout(() => (latest = latest.then(fetch)))
    },
    /** What is known is shown until it is known anew: the library may have changed. */
    askAnew: (): void => {
      asked.clear()
    },
  }
})
