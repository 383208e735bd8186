import { computed, ref, shallowRef } from 'vue'
import type { WallPhoto } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'
import { counted } from '../i18n/words.ts'
import { useDecisions } from '../labels/decisions.ts'
import { useToasts } from '../notices/toasts.ts'
import { useSearch } from '../search/search.ts'

export type Answer = 'confirmed' | 'removed' | 'skipped'

/** Ten photos one after the other, each of which is the word or is not. An answer is kept at once. */
export function useQuestions() {
  const { attempt } = useToasts()
  const decisions = useDecisions()
  const search = useSearch()
  const photos = shallowRef<readonly WallPhoto[]>([])
  const at = ref(0)
  const loading = ref(false)
  /** Of this round, by photo. */
  const answers = ref(new Map<number, Answer>())
  /** Not to be asked about again while the dialog is open. */
  const asked = new Set<number>()
  /** Steps of the history that the answers are. */
  let steps = 0
  /** One answer after the other reaches the library. */
  let keeping: Promise<void> = Promise.resolve()

  const photo = computed(() => photos.value[at.value] ?? null)

  async function load(term: string): Promise<void> {
    loading.value = true
    const photoIds = (await attempt(api.getQuestions({ term, leftOut: [...asked] }))) ?? []
    const found =
      photoIds.length === 0
        ? []
        : await attempt(api.getPhotos({ search: { ...search.search, text: '' }, photoIds }))
    for (const id of photoIds) asked.add(id)
    photos.value = found ?? []
    answers.value = new Map()
    at.value = 0
    loading.value = false
  }

  async function keep(id: number, term: string, answer: Answer, before: Answer | undefined): Promise<void> {
    if (answer === 'skipped' && (before === undefined || before === 'skipped')) return
    const verdict = answer === 'skipped' ? 'clear' : answer
    const done = await attempt(api.decide({ photoIds: [id], verdict, label: { kind: 'term', term } }))
    if (done !== null && done.changed > 0) steps += 1
  }

  function answer(term: string, given: Answer): void {
    const { value } = photo
    if (value === null) return
    const before = answers.value.get(value.id)
    answers.value.set(value.id, given)
    at.value += 1
    keeping = keeping.then(() => keep(value.id, term, given, before))
  }

  /**
   * All answers are kept, and there is one way back for them and what was done before.
   * @param before steps of the history that the teaching itself took
   * @param examples of the word in all
   */
  async function finish(label: string, before: number, examples: number): Promise<void> {
    await keeping
    if (before > 0) decisions.offerUndo(counted('teach.taught', examples, { label }), before + steps)
    else if (steps > 0) decisions.offerUndo(counted('teach.answered', steps, { label }), steps)
    steps = 0
  }

  return {
    photos,
    photo,
    at,
    loading,
    answers,
    load,
    answer,
    finish,
    back: () => {
      at.value = Math.max(0, at.value - 1)
    },
  }
}
