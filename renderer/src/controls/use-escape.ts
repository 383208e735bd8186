import { useEventListener } from '@vueuse/core'

/** Escape gives up what the pointer is in the middle of, before anything else hears of the key. */
export function useEscape(isUnderWay: () => boolean, giveUp: () => void): void {
  useEventListener(
    window,
    'keydown',
    (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !isUnderWay()) return
      event.preventDefault()
      event.stopPropagation()
      giveUp()
    },
    { capture: true },
  )
}
