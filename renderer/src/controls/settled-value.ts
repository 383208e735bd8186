import { useDebounceFn } from '@vueuse/core'
import { computed, ref, watch, type WritableComputedRef } from 'vue'

/**
 * A value that follows the hand at once and is handed on when it has stood still, so that not every step of a slider
 * is a call.
 * @param kept what holds elsewhere; taken over whenever it changes
 * @param keep hands on what was chosen
 * @param rest how long it stands still before, in milliseconds
 */
export function useSettledValue(
  kept: () => number,
  keep: (chosen: number) => void,
  rest: number,
): WritableComputedRef<number> {
  const shown = ref(kept())
  watch(kept, (next) => {
    shown.value = next
  })
  const settle = useDebounceFn(() => {
    keep(shown.value)
  }, rest)
  return computed({
    get: () => shown.value,
    set: (next) => {
      shown.value = next
      void settle()
    },
  })
}
