import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useLibrary } from '../app/library.ts'
import { useIndexing } from '../indexing/indexing.ts'
import { allThings, type Thing } from '../things/thing-sections.ts'
import { firstFinds } from './first-finds.ts'

/** Milliseconds after which something worth showing was found. */
const wait = 20_000

/**
 * On the first run, and never again: while the rest is still being looked at, some of what was found is offered. Which
 * things these are stays as it is then; only their numbers grow.
 */
export const useFirstFinds = defineStore('first-finds', () => {
  const library = useLibrary()
  const indexing = useIndexing()
  const phase = ref<'before' | 'waiting' | 'due' | 'over'>('before')
  const terms = shallowRef<readonly string[]>([])

  /** The first folders were added. */
  function begin(): void {
    if (phase.value !== 'before') return
    phase.value = 'waiting'
    setTimeout(becomeDue, wait)
  }
  function becomeDue(): void {
    if (phase.value === 'waiting') phase.value = 'due'
  }
  // A few photos take no twenty seconds.
  watch(
    () => indexing.state?.phase,
    (now, before) => {
      if (now === 'idle' && before !== undefined && before !== 'idle') becomeDue()
    },
  )
  watch([phase, () => library.facets], ([now, facets]) => {
    if (now === 'due' && terms.value.length === 0) terms.value = firstFinds(facets).map(({ term }) => term)
  })

  return {
    begin,
    finds: computed(() => {
      if (phase.value !== 'due') return []
      const known = new Map<string, Thing>(allThings(library.facets).map((thing) => [thing.term, thing]))
      return terms.value.flatMap((term) => known.get(term) ?? [])
    }),
    /** Used, or sent away. */
    end: () => {
      phase.value = 'over'
    },
  }
})
