import { useEventListener } from '@vueuse/core'
import { watch } from 'vue'
import { useSearch } from '../search/search.ts'
import { useSelection, type KeptSelection } from '../selection/selection.ts'
import { useScrollPosition, type ScrollPosition } from '../wall/scroll-position.ts'
import { useWallView, type KeptWallView } from '../wall/wall-view.ts'

const key = 'over-reload'
/** More selected photos than this are not kept: what a page may keep is a few megabytes. */
const mostSelected = 100_000

interface Kept {
  readonly position: ScrollPosition | null
  readonly view: KeptWallView | null
  readonly selection: KeptSelection
}

/** Written by this program, in this tab, for this address; by another version of it perhaps. */
function takeKept(): Kept | null {
  const text = sessionStorage.getItem(key)
  sessionStorage.removeItem(key)
  if (text === null) return null
  try {
    const kept = JSON.parse(text) as Partial<Kept>
    if (!Array.isArray(kept.selection?.ids)) return null
    return { position: kept.position ?? null, view: kept.view ?? null, selection: kept.selection }
  } catch {
    return null
  }
}

/**
 * A page that is loaded again stands where it stood, with what was selected. To be called after the question of the
 * page is known: both belong to one.
 */
export function useOverReload(): void {
  const search = useSearch()
  const selection = useSelection()
  const wall = useScrollPosition()
  const view = useWallView()

  const kept = takeKept()
  if (kept !== null) {
    wall.returnTo(kept.position)
    if (kept.view !== null) view.restore(kept.view)
    const answered = watch(
      () => search.summary,
      (summary) => {
        if (summary === null) return
        answered.stop()
        selection.restore(kept.selection)
      },
      { flush: 'post' },
    )
  }

  useEventListener(window, 'pagehide', () => {
    const { ids, ...rest } = selection.keep()
    const now: Kept = {
      position: wall.now(),
      view: view.keep(),
      selection: { ...rest, ids: ids.length > mostSelected ? [] : ids },
    }
    try {
      sessionStorage.setItem(key, JSON.stringify(now))
    } catch {
      // Where nothing may be kept the page begins at its top, as any other.
    }
  })
}
