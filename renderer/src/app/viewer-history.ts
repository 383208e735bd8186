import { useEventListener } from '@vueuse/core'
import { watch } from 'vue'
import { useSearch } from '../search/search.ts'
import { useScreens } from './screens.ts'

/** What the browser keeps beside the page while the viewer is open. */
const viewerState = { viewer: true }
const atViewer = () => (history.state as Partial<typeof viewerState> | null)?.viewer === true

/**
 * Makes the open viewer a step in the browser's history, so that Back closes it instead of leaving Kartoteka, and
 * Forward opens it again where it was, as long as the question is the same. Closed by any other way it leaves no step.
 */
export function useViewerHistory(): void {
  const screens = useScreens()
  const search = useSearch()
  const question = () => JSON.stringify(search.search)
  let last: { readonly at: number; readonly question: string } | null = null
  /** The step back that a closed viewer asked for is still under way. */
  let leaving = false

  // After a reload there is no viewer, whatever the browser has kept.
  if (atViewer()) history.replaceState(null, '')

  watch(
    () => screens.viewed,
    (at, before) => {
      if (at !== null) last = { at, question: question() }
      if (at !== null && before === null && !atViewer()) history.pushState(viewerState, '')
      if (at === null && atViewer()) {
        leaving = true
        history.back()
      }
    },
    // The browser's step has been made when the next one is asked for.
    { flush: 'sync' },
  )

  useEventListener(window, 'popstate', () => {
    if (leaving) {
      leaving = false
      if (screens.viewed !== null && !atViewer()) history.pushState(viewerState, '')
      return
    }
    if (!atViewer()) screens.viewed = null
    else if (screens.viewed === null && last?.question === question()) {
      screens.dialog = null
      screens.viewed = last.at
    }
  })
}
