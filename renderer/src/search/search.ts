import { useThrottleFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { removePart } from '../../../electron/core/contract/remove-part.ts'
import type { Outline, Search, Sort, UnderstoodPart } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'
import { useLibrary } from '../app/library.ts'
import { language, t } from '../i18n/words.ts'
import { useToasts } from '../notices/toasts.ts'
import { useSettings } from '../settings/settings.ts'

const followEvery = 1500

/** What is asked for, how it was understood, and the list it gives. */
export const useSearch = defineStore('search', () => {
  const { attempt } = useToasts()
  const library = useLibrary()
  const settings = useSettings()
  const text = ref('')
  const chosenSort = ref<Sort | null>(null)
  const chosenConfidence = ref<number | null>(null)
  /** The question is being typed, and more letters may come. */
  const typing = ref(false)
  const outline = shallowRef<Outline | null>(null)
  /** The search `outline` belongs to. */
  const shown = shallowRef<Search | null>(null)
  const loading = ref(false)
  let asking = 0

  /** Without a question the wall goes by date; an answer begins with what fits best. */
  const sort = computed<Sort>(() => chosenSort.value ?? (text.value.trim() === '' ? 'date' : 'confidence'))
  const minConfidence = computed(() => chosenConfidence.value ?? settings.settings?.minConfidence ?? null)
  const search = computed<Search>(() => ({
    text: text.value,
    sort: sort.value,
    minConfidence: minConfidence.value,
    language: language.value,
  }))

  /** What was asked and chosen, without what follows from it. */
  const asked = computed(() => ({
    text: text.value,
    sort: chosenSort.value,
    minConfidence: chosenConfidence.value,
  }))

  function ask(next: string): void {
    text.value = next
    typing.value = false
  }

  async function load(): Promise<void> {
    const wanted = search.value
    const turn = ++asking
    loading.value = true
    const answer = await attempt(api.getOutline(wanted))
    if (turn !== asking) return
    loading.value = false
    if (answer === null) return
    shown.value = wanted
    outline.value = answer
  }

  const follow = useThrottleFn(() => void load(), followEvery, true)
  watch(search, (now, before) => {
    if (JSON.stringify(now) !== JSON.stringify(before)) void load()
  })
  watch(
    () => library.revision,
    () => void follow(),
  )

  /** The query with one of its parts written differently. */
  function replace(part: UnderstoodPart, next: string): void {
    const { start, end } = part
    if (shown.value !== null) ask(shown.value.text.slice(0, start) + next + shown.value.text.slice(end))
  }

  return {
    text,
    typing,
    asked,
    sort,
    minConfidence,
    search,
    outline,
    shown,
    loading,
    load,
    ask,
    /** As far as it is typed. */
    type: (next: string) => {
      if (next === text.value) return
      text.value = next
      typing.value = true
    },
    /** What was typed stands. */
    settle: () => {
      typing.value = false
    },
    /** What was asked before, as it was. */
    askAgain: (before: typeof asked.value) => {
      ask(before.text)
      chosenSort.value = before.sort
      chosenConfidence.value = before.minConfidence
    },
    sortBy: (next: Sort) => {
      chosenSort.value = next
    },
    /** `null`: each label's own threshold. */
    demand: (confidence: number | null) => {
      chosenConfidence.value = confidence
    },
    replace,
    /** A query that asks for a label by its old name asks for it by the new one. */
    followRenaming: (term: string, name: string) => {
      const part = outline.value?.understood.find(
        ({ kind, terms }) => kind === 'own-label' && terms[0] === term,
      )
      if (part !== undefined) replace(part, `${t('query.label')}:"${name.replaceAll('"', '')}"`)
    },
    remove: (part: UnderstoodPart) => {
      if (shown.value === null || outline.value === null) return
      ask(removePart(shown.value.text, outline.value.understood, part))
    },
  }
})
