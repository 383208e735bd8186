import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { removePart } from '../../../electron/core/contract/remove-part.ts'
import type { Search, Sort, QueryPart, WallPhoto } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'
import { useRefresh } from '../app/refresh.ts'
import { language, monthComesFirst, t } from '../i18n/words.ts'
import { useToasts } from '../notices/toasts.ts'
import { useSettings } from '../settings/settings.ts'
import { goesOn, refined, withAllWords, withinArea } from './query-text.ts'
import { summaryOf, type SearchSummary } from './search-summary.ts'

/** Photos that come with the answer. */
export const firstPage = 200

/** This page among all that may ask the same service. */
const page = crypto.getRandomValues(new Uint32Array(2)).join('-')
let lists = 0
const newListId = (): string => `${page}-${++lists}`

/** What is asked for, how it was understood, and the list it gives. */
export const useSearch = defineStore('search', () => {
  const { attempt } = useToasts()
  const settings = useSettings()
  const text = ref('')
  const chosenSort = ref<Sort | null>(null)
  /** Belongs to the question it was chosen for: another one begins with the person's usual cut-off. */
  const chosenConfidence = ref<number | null>(null)
  /** Grows with each other question; more words are still the same one. */
  const question = ref(0)
  /** The question is being typed, and more letters may come. */
  const typing = ref(false)
  /** It was typed, not clicked. */
  const isTyped = ref(false)
  const summary = shallowRef<SearchSummary | null>(null)
  /** The first `firstPage` photos of the list that `summary` tells of. */
  const firstPhotos = shallowRef<readonly WallPhoto[]>([])
  /** The search that `summary` belongs to, and as which asking of it. */
  const shownList = shallowRef<{ readonly search: Search; readonly listId: string } | null>(null)
  const shown = computed(() => shownList.value?.search ?? null)
  /** What is decided leaves the photos of a list in their places until it is asked for anew. */
  let listId = newListId()
  const loading = ref(false)
  let asking = 0

  const sort = computed<Search['sort']>(() => chosenSort.value ?? 'auto')
  const minConfidence = computed(() => chosenConfidence.value ?? settings.settings?.minConfidence ?? null)
  const order = computed(() => settings.settings?.dayOrder ?? 'system')
  const search = computed<Search>(() => ({
    text: text.value,
    sort: sort.value,
    minConfidence: minConfidence.value,
    language: language.value,
    southern: settings.settings?.hemisphere === 'southern',
    monthFirst: order.value === 'system' ? monthComesFirst.value : order.value === 'month-first',
  }))

  /** What was asked and chosen, without what follows from it. */
  const asked = computed(() => ({
    text: text.value,
    sort: chosenSort.value,
    minConfidence: chosenConfidence.value,
  }))

  function put(next: string): void {
    if (!goesOn(text.value, next)) {
      question.value += 1
      chosenConfidence.value = null
      // By date or stars any list can be; what fits best comes first by itself where that means something.
      if (chosenSort.value === 'confidence') chosenSort.value = null
    }
    text.value = next
  }

  function ask(next: string): void {
    put(next)
    typing.value = false
    isTyped.value = false
  }

  /** The same question in other words: what was chosen for it stays. */
  function reword(next: string): void {
    text.value = next
    typing.value = false
  }

  async function load(): Promise<void> {
    const wanted = { search: search.value, listId }
    const { value: before } = summary
    const turn = ++asking
    loading.value = true
    const answer = await attempt(
      api.search({
        ...wanted,
        limit: firstPage,
        ...(before !== null && { knownShapes: before.shapesVersion }),
      }),
    )
    if (turn !== asking) return
    loading.value = false
    if (answer === null) return
    firstPhotos.value = answer.photos
    shownList.value = wanted
    summary.value = summaryOf(answer, before)
  }

  function loadAnew(): void {
    listId = newListId()
    void load()
  }

  watch(search, (now, before) => {
    if (JSON.stringify(now) !== JSON.stringify(before)) loadAnew()
  })
  useRefresh().follow(async (changed) => {
    // What is found out by comparing photos matters only where they are shown by each other.
    const isOfLooks = summary.value?.understood.some(({ kind }) => kind === 'similar') === true
    if (isOfLooks || [...changed].some((what) => what !== 'duplicates')) await load()
  })

  /** The query with one of its parts written differently. */
  function replace(part: QueryPart, next: string): void {
    const { start, end } = part
    if (shown.value !== null) reword(shown.value.text.slice(0, start) + next + shown.value.text.slice(end))
  }

  return {
    text,
    question,
    typing,
    isTyped,
    asked,
    sort,
    minConfidence,
    search,
    summary,
    firstPhotos,
    shown,
    shownList,
    loading,
    load,
    ask,
    /** As far as it is typed. */
    type: (next: string) => {
      if (next === text.value) return
      put(next)
      typing.value = true
      isTyped.value = true
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
    /** In the order that it has already, too: what was decided since counts. */
    sortBy: (next: Sort) => {
      if (next === chosenSort.value) loadAnew()
      chosenSort.value = next
    },
    /** `null`: each label's own threshold. */
    demand: (confidence: number | null) => {
      chosenConfidence.value = confidence
    },
    replace,
    /** No photo without the words that were left out. */
    requireAll: () => {
      if (shown.value === null || summary.value === null) return
      reword(withAllWords(shown.value.text, summary.value.understood))
    },
    /** What was clicked beside the photos narrows the question that stands; clicked again it stands alone. */
    refine: (query: string, isFolder: boolean) => {
      const isAnswered = shown.value?.text === text.value
      reword(refined(text.value, isAnswered ? (summary.value?.understood ?? []) : [], query, isFolder))
    },
    /** A box on the map narrows the question that stands; there is one at a time. */
    narrow: (area: string) => {
      const isAnswered = shown.value?.text === text.value
      reword(withinArea(text.value, isAnswered ? (summary.value?.understood ?? []) : [], area))
    },
    /** A query that asks for a label by its old name asks for it by the new one. */
    followRenaming: (term: string, name: string) => {
      const part = summary.value?.understood.find(
        ({ kind, terms }) => kind === 'own-label' && terms[0] === term,
      )
      if (part === undefined) return
      replace(part, `${part.negated ? '-' : ''}${t('query.label')}:"${name.replaceAll('"', '')}"`)
    },
    remove: (part: QueryPart) => {
      if (shown.value === null || summary.value === null) return
      reword(removePart(shown.value.text, summary.value.understood, part))
    },
  }
})
