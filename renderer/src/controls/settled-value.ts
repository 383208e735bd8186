import { useDebounceFn } from '@vueuse/core'
import { computed, ref, watch, type WritableComputedRef } from 'vue'

/**
 * A value that follows the hand at once and is handed on when it has stood still, so that not every step of a slider
 * is a call.
 * @param kept what holds elsewhere; taken over whenever it changes
 * @param keep hands on what was chosen
 * @param rest how long it stands still before, in milliseconds
 * @param belongsTo what it was chosen for; when that is over before it stands still, it is dropped
 */
export function useSettledValue(
  kept: () => number,
  keep: (chosen: number) => void,
  rest: number,
  belongsTo: () => number = () => 0,
): WritableComputedRef<number> {
  const shown = ref(kept())
  watch(kept, (next) => {
    shown.value = next
  })
  const settle = useDebounceFn((chosenFor: number) => {
    if (chosenFor === belongsTo()) keep(shown.value)
    else shown.value = kept()
  }, rest)
  return computed({
    get: () => shown.value,
    set: (next) => {
      shown.value = next
      void settle(belongsTo())
    },
  })
}
