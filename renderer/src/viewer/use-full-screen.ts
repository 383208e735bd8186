import { useFullscreen, useIdle } from '@vueuse/core'
import { computed, onBeforeUnmount } from 'vue'

/** Milliseconds without pointer or key after which what lies over a photo hides itself. */
const restBefore = 2500

/** The window over the whole screen, while something of the viewer is open; and whether someone is using it. */
export function useFullScreen() {
  // All of the page, so that dialogs and messages are seen as well.
  const { isFullscreen, isSupported, enter, exit, toggle } = useFullscreen(document.documentElement)
  const { idle } = useIdle(restBefore)
  onBeforeUnmount(() => {
    if (isFullscreen.value) void exit()
  })

  return {
    isFull: isFullscreen,
    isSupported,
    isIdle: computed(() => idle.value),
    enter,
    toggle: () => void toggle(),
    /** Leaves the full screen. @returns whether there was one to leave */
    leave: (): boolean => {
      if (!isFullscreen.value) return false
      void exit()
      return true
    },
  }
}
