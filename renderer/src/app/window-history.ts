import { useEventListener } from '@vueuse/core'
import { computed, watch } from 'vue'
import { useSearch } from '../search/search.ts'
import { viewedBefore } from '../viewer/viewed-before.ts'
import { useScrollPosition, type ScrollPosition } from '../wall/scroll-position.ts'
import { useScreens } from './screens.ts'
import { useKey } from './use-key.ts'
import { createSteps, samePage, type Page } from './window-steps.ts'

/**
 * Makes what the window shows steps of the browser's history, so that Back closes the viewer or returns to the question
 * before, at the place on its wall, instead of leaving Kartoteka.
 */
export function useWindowHistory(): void {
  const screens = useScreens()
  const search = useSearch()
  const wall = useScrollPosition()
  const page = computed<Page>(() => ({ screen: screens.screen, ...search.asked }))
  /** Where someone was on the wall of a step. */
  const positions = new Map<number, ScrollPosition>()

  const steps = createSteps({
    history,
    shown: () => ({ page: page.value, viewed: screens.viewed, typing: search.typing }),
    show: (step, viewed) => {
      if (!samePage(step.page, page.value)) wall.returnTo(positions.get(step.id) ?? null)
      screens.dialog = null
      screens.viewed = viewed
      screens.compared = null
      screens.screen = step.page.screen
      search.askAgain(step.page)
    },
    reopen: () => {
      screens.reopened = viewedBefore()
      return screens.reopened?.index ?? null
    },
    onLeave: (id) => {
      const position = wall.now()
      if (position === null) positions.delete(id)
      else positions.set(id, position)
      wall.returnTo(null)
    },
  })

  // Before the window follows: the wall that is left can still be asked where it is.
  watch([page, () => screens.viewed, () => search.typing], steps.follow, { flush: 'pre' })
  useEventListener(window, 'popstate', steps.arrive)

  useKey('everywhere', 'back', () => {
    history.back()
  })
  useKey('everywhere', 'forward', () => {
    history.forward()
  })
}
