import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { useLibrary } from '../app/library.ts'
import { useSearch } from '../search/search.ts'

/** Questions that are remembered; what was asked before them no longer counts. */
const mostUses = 60

function kept(key: string): readonly string[] {
  try {
    const terms: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(terms) ? terms.filter((term) => typeof term === 'string') : []
  } catch {
    return []
  }
}

/** What was asked for most often, of equals the latest first. @param uses the latest first */
export function mostUsed(uses: readonly string[]): readonly string[] {
  const times = new Map<string, number>()
  for (const term of uses) times.set(term, (times.get(term) ?? 0) + 1)
  // Sorting keeps the order of equals.
  return [...times].sort(([, a], [, b]) => b - a).map(([term]) => term)
}

/** The labels and categories that this person asks for; kept by this window for each library apart. */
export const useUsedThings = defineStore('used-things', () => {
  const search = useSearch()
  const library = useLibrary()
  let uses: readonly string[] = []
  /** As it was when the library was opened: the rail does not change under the hand that uses it. */
  const terms = shallowRef<readonly string[]>([])
  const key = computed(() =>
    library.status === null ? null : `kartoteka.things ${library.status.libraryPath}`,
  )

  watch(
    key,
    (now) => {
      uses = now === null ? [] : kept(now)
      terms.value = mostUsed(uses)
    },
    { immediate: true },
  )

  let before: ReadonlySet<string> = new Set()
  watch([() => search.summary, () => search.typing], ([summary, typing]) => {
    // The answer to what was asked before it says nothing of this question.
    if (typing || summary === null || search.shown?.text !== search.text) return
    const asked = summary.understood
      .filter(({ negated, setAside, terms: named }) => !negated && !setAside && named.length === 1)
      .flatMap(({ terms: named }) => named)
    const news = asked.filter((term) => !before.has(term))
    before = new Set(asked)
    if (news.length === 0 || key.value === null || summary.total === 0) return
    uses = [...news, ...uses].slice(0, mostUses)
    localStorage.setItem(key.value, JSON.stringify(uses))
  })

  return { terms }
})
