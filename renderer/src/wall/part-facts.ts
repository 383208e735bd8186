import { shallowRef, watch, type ShallowRef } from 'vue'
import type { Search } from '../../../electron/core/contract/values.ts'
import { useSearch } from '../search/search.ts'

/** A part of the list, by what it is: a day, a month, a year. */
export interface Part {
  /** `2019-07-14`, `2019-07`, `2019`; empty: without a date. */
  readonly key: string
  readonly first: number
  readonly count: number
}

interface PartFacts<Fact> {
  /** By the key of the part. */
  readonly facts: ShallowRef<ReadonlyMap<string, Fact>>
  /** Tells which parts are near the screen; what is not known of them is asked for, only of the latest. */
  readonly want: (parts: readonly Part[]) => void
}

/**
 * What is known of parts of the list, as far as they were near the screen. When the list changes it stays until it has
 * come anew; another list begins with nothing.
 * @param ask answers for each part in turn; `null` when it could not be had
 */
export function usePartFacts<Fact>(
  mostAtOnce: number,
  ask: (
    search: Search,
    spans: readonly { readonly first: number; readonly count: number }[],
  ) => Promise<readonly Fact[] | null>,
): PartFacts<Fact> {
  const search = useSearch()
  const facts: ShallowRef<ReadonlyMap<string, Fact>> = shallowRef(new Map())
  /** Parts of which what is known is of the list as it is now. */
  const fresh = new Set<string>()
  let question: string | null = null
  let wanted: readonly Part[] = []
  let isAsking = false

  watch(
    () => search.summary,
    () => {
      const asked = JSON.stringify(search.shown)
      if (asked !== question) {
        facts.value = new Map()
        wanted = []
      }
      question = asked
      fresh.clear()
      void pump()
    },
    { flush: 'sync' },
  )

  async function pump(): Promise<void> {
    const { shown, summary } = search
    if (isAsking || shown === null) return
    const missing = wanted.filter(({ key }) => !fresh.has(key)).slice(0, mostAtOnce)
    if (missing.length === 0) return
    isAsking = true
    const spans = missing.map(({ first, count }) => ({ first, count }))
    const answer = await ask(shown, spans)
    isAsking = false
    if (summary === search.summary) {
      if (answer === null) return
      const next = new Map(facts.value)
      for (const [at, { key }] of missing.entries()) {
        const fact = answer[at]
        if (fact !== undefined) next.set(key, fact)
        fresh.add(key)
      }
      facts.value = next
    }
    // Others may be wanted by now, or the list be another one.
    await pump()
  }

  return {
    facts,
    want: (parts) => {
      wanted = parts
      void pump()
    },
  }
}
