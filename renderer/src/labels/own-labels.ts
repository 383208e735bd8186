import { computed, onMounted, shallowRef, watch, type ComputedRef } from 'vue'
import type { OwnLabel } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'
import { latest } from '../app/latest.ts'
import { useRefresh } from '../app/refresh.ts'
import { language } from '../i18n/words.ts'
import { useToasts } from '../notices/toasts.ts'
import { useDecisions } from './decisions.ts'

/** The words of one's own by name, with those that no photo has; kept up to date. `null` until they are known. */
export function useOwnLabels(): ComputedRef<readonly OwnLabel[] | null> {
  const { attempt } = useToasts()
  const refresh = useRefresh()
  const decisions = useDecisions()
  const labels = shallowRef<readonly OwnLabel[] | null>(null)

  const ask = latest(() => attempt(api.getOwnLabels()))

  async function load(): Promise<void> {
    labels.value = (await ask()) ?? labels.value
  }
  onMounted(load)
  watch([() => refresh.revision, () => decisions.made], load)

  return computed(
    () => labels.value?.toSorted((a, b) => a.name.localeCompare(b.name, language.value)) ?? null,
  )
}
