import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { useLibrary } from '../app/library.ts'
import { useSearch } from './search.ts'

const most = 8

function kept(key: string): readonly string[] {
  try {
    const texts: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(texts) ? texts.filter((text) => typeof text === 'string') : []
  } catch {
    return []
  }
}

/** A word that was still being typed when the search stood. */
const isBeginning = (text: string, whole: string): boolean =>
  whole.startsWith(text) && !/^\s/u.test(whole.slice(text.length))

/** What was asked last and found photos, the latest first; kept by this window for each library apart. */
export const useRecentSearches = defineStore('recent-searches', () => {
  const search = useSearch()
  const library = useLibrary()
  const texts = shallowRef<readonly string[]>([])
  const key = computed(() =>
    library.status === null ? null : `kartoteka.recent ${library.status.libraryPath}`,
  )

  function keep(next: readonly string[]): void {
    texts.value = next
    if (key.value === null) return
    if (next.length === 0) localStorage.removeItem(key.value)
    else localStorage.setItem(key.value, JSON.stringify(next))
  }

  watch(
    key,
    (now) => {
      if (now === null) return
      // What was asked before it was known which library this is comes first.
      const { value: asked } = texts
      keep([...asked, ...kept(now).filter((text) => !asked.includes(text))].slice(0, most))
    },
    { immediate: true },
  )

  watch([() => search.summary, () => search.typing], ([summary, typing]) => {
    const text = search.shown?.text.trim() ?? ''
    if (typing || summary === null || summary.total === 0 || text === '' || text === texts.value[0]) return
    if (text !== search.text.trim()) return
    const others = texts.value.filter(
      (other, at) => other !== text && !(at === 0 && isBeginning(other, text)),
    )
    keep([text, ...others].slice(0, most))
  })

  return {
    texts,
    forget: (text: string) => {
      keep(texts.value.filter((other) => other !== text))
    },
    forgetAll: () => {
      keep([])
    },
  }
})
