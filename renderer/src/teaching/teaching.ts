import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { TaughtLabel } from '../../../electron/core/contract/teaching.ts'
import { api } from '../api.ts'
import { latest } from '../app/latest.ts'
import { useRefresh } from '../app/refresh.ts'
import { t } from '../i18n/words.ts'
import { useDecisions } from '../labels/decisions.ts'
import { useToasts } from '../notices/toasts.ts'
import { useSearch } from '../search/search.ts'

/** One call takes no more photos than this. */
const mostPhotos = 200_000

/** What asks for a label of one's own alone. */
export const labelQuery = (name: string): string => `${t('query.label')}:"${name.replaceAll('"', '')}"`

/** Words that are taught, and what can be done with them, each with a way back. */
export const useTeaching = defineStore('teaching', () => {
  const { attempt, succeeds } = useToasts()
  const decisions = useDecisions()
  const search = useSearch()
  const labels = shallowRef<readonly TaughtLabel[]>([])
  /** A word that nothing is known of and that photos are to be selected for. */
  const wanted = ref<string | null>(null)

  const ask = latest(() => attempt(api.getTaughtLabels()))

  async function load(): Promise<void> {
    labels.value = (await ask()) ?? labels.value
  }
  useRefresh().follow(async (changed) => {
    if (changed.has('decisions') || changed.has('tags')) await load()
  })

  /** The taught word that the wall shows the photos of. */
  const shown = computed(() => {
    const asked = new Set(
      (search.summary?.understood ?? []).flatMap(({ negated, terms }) => (negated ? [] : terms)),
    )
    return labels.value.find(({ term }) => asked.has(term)) ?? null
  })

  /**
   * @returns the term of the label, and how many steps of the history it took; `null` when it could not be done, and was
   * said to be so
   */
  async function teach(
    name: string,
    photoIds: readonly number[],
  ): Promise<{ readonly term: string; readonly steps: 0 | 1 } | null> {
    const yes = photoIds.slice(0, mostPhotos)
    const done = await attempt(api.teach({ name, yes, no: [] }), 'decision')
    if (done === null) return null
    const { term, changed, begun } = done
    await load()
    wanted.value = null
    decisions.made += 1
    return { term, steps: begun || changed > 0 ? 1 : 0 }
  }

  async function unlearn({ term, name }: Pick<TaughtLabel, 'term' | 'name'>): Promise<void> {
    await decisions.undoable(async () => {
      if (!(await succeeds(api.unlearn({ term }), 'decision'))) return null
      await load()
      return { said: t('teach.unlearnt', { label: name }) }
    })
  }

  /** Begins with the photos: the word is known, and waits until some are selected. */
  function want(name: string): void {
    wanted.value = name
    search.ask('')
  }

  return { labels, shown, wanted, load, teach, unlearn, want }
})
