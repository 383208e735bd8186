import { computed, ref, shallowRef, type Ref } from 'vue'
import type { Completion } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'
import { language } from '../i18n/words.ts'
import { useRecentSearches } from './recent-searches.ts'

/** One line below the search box. */
export type SearchOffer =
  | { readonly kind: 'completion'; readonly key: string; readonly completion: Completion }
  | { readonly kind: 'recent'; readonly key: string; readonly text: string }
  | { readonly kind: 'forget-all'; readonly key: string }

/** What is offered below the search box: words that complete what is typed, or in the empty box what was asked last. */
export function useSearchOffers(typed: Ref<string>, box: Readonly<Ref<HTMLInputElement | null>>) {
  const recent = useRecentSearches()
  const completions = shallowRef<readonly Completion[]>([])
  const open = ref<'completions' | 'recent' | null>(null)
  const marked = ref(-1)
  let turns = 0
  /** An answer that is on its way. */
  let asking: Promise<void> | null = null

  const offers = computed<readonly SearchOffer[]>(() => {
    if (open.value === 'recent')
      return [
        ...recent.texts.map((text) => ({ kind: 'recent', key: `recent ${text}`, text }) as const),
        { kind: 'forget-all', key: 'forget-all' },
      ]
    return completions.value.map((completion) => ({
      kind: 'completion',
      key: `${completion.kind} ${completion.insert}`,
      completion,
    }))
  })

  function close(): void {
    turns++
    asking = null
    open.value = null
    marked.value = -1
  }

  async function look(): Promise<void> {
    const turn = ++turns
    const caret = box.value?.selectionStart ?? typed.value.length
    const answer = await api.complete({ text: typed.value, caret, language: language.value })
    if (turn !== turns || document.activeElement !== box.value) return
    asking = null
    // What was marked while the answer was on its way stays marked.
    const { insert } = completions.value[marked.value] ?? { insert: null }
    completions.value = answer.ok ? answer.value : []
    marked.value = completions.value.findIndex((each) => each.insert === insert)
    open.value = completions.value.length > 0 ? 'completions' : null
  }

  function complete(): void {
    if (open.value === 'recent') close()
    asking = look()
  }

  return {
    offers,
    open,
    marked,
    close,
    complete,
    /** What was asked last, in the empty box. */
    recall: () => {
      if (typed.value.trim() === '' && recent.texts.length > 0) open.value = 'recent'
    },
    forget: (text: string) => {
      recent.forget(text)
      marked.value = Math.min(marked.value, recent.texts.length - 1)
      if (recent.texts.length === 0) close()
    },
    forgetAll: () => {
      recent.forgetAll()
      close()
    },
    mark: (step: 1 | -1) => {
      const count = offers.value.length + 1
      marked.value = ((marked.value + 1 + step + count) % count) - 1
    },
    /** After the answer that is on its way, if there is one. */
    settled: async () => {
      await asking
    },
  }
}
