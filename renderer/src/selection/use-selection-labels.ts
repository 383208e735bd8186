import { watchDebounced } from '@vueuse/core'
import { shallowRef, type ShallowRef } from 'vue'
import type { SelectionLabel } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'
import { useRefresh } from '../app/refresh.ts'
import { language } from '../i18n/words.ts'
import { useDecisions } from '../labels/decisions.ts'
import { useSelection } from './selection.ts'

/** One call tells of no more photos than this; of more, labels are not listed. */
const mostPhotos = 200_000
/** Milliseconds: a box that is drawn over the wall changes the selection with every frame. */
const settles = 150

interface LabelsOfPhotos {
  /** Photos they were counted in. */
  readonly photos: number
  readonly labels: readonly SelectionLabel[]
}

/** The labels of the selected photos, kept up to date; none until they are known. */
export function useSelectionLabels(): Readonly<ShallowRef<LabelsOfPhotos>> {
  const selection = useSelection()
  const decisions = useDecisions()
  const refresh = useRefresh()
  const known = shallowRef<LabelsOfPhotos>({ photos: 0, labels: [] })
  let asking = 0

  async function load(): Promise<void> {
    const turn = ++asking
    const photoIds = await selection.ids()
    if (photoIds.length === 0 || photoIds.length > mostPhotos) {
      if (turn === asking) known.value = { photos: photoIds.length, labels: [] }
      return
    }
    const answer = await api.getSelectionLabels({ photoIds: [...photoIds], language: language.value })
    // Why there is none is told where more depends on it.
    if (turn === asking && answer.ok) known.value = { photos: photoIds.length, labels: answer.value }
  }
  watchDebounced([() => selection.changes, () => decisions.made, () => refresh.revision, language], load, {
    debounce: settles,
    maxWait: 4 * settles,
    immediate: true,
  })

  return known
}
