import { useEventListener } from '@vueuse/core'
import { defineStore } from 'pinia'
import { ref, shallowRef, type Ref } from 'vue'
import { useEscape } from '../controls/use-escape.ts'
import { usePhotoList } from '../photos/photo-list.ts'
import { useSelection } from '../selection/selection.ts'
import { useAlbums } from './albums.ts'

/** Until the pointer has gone this far it may still be a click. */
const firmAfter = 6

/** Photos that are being carried over the window: how many, and where the pointer is. */
export const usePhotoDrag = defineStore('photo-drag', () => {
  const carried = shallowRef<{ readonly count: number; readonly x: number; readonly y: number } | null>(null)
  /** The album in the rail that they would be dropped on. */
  const over = ref<number | null>(null)
  /** In an album in the order by hand: place in the list of the photo that they would stand before. */
  const before = ref<number | null>(null)
  return { carried, over, before }
})

const isOnSelected = ({ target }: Event): boolean =>
  target instanceof Element && target.closest('[data-index][aria-selected="true"]') !== null

/** Whether a press on the wall takes hold of the selected photos; any other begins a box. */
export const takesHold = (event: PointerEvent): boolean =>
  event.button === 0 &&
  event.pointerType !== 'touch' &&
  !event.shiftKey &&
  !event.ctrlKey &&
  !event.metaKey &&
  isOnSelected(event)

/** Dragging the selected photos: onto an album in the rail, or to another place in an album that is ordered by hand. */
export function useCarrying(scroller: Ref<HTMLElement | null>): { readonly carried: () => boolean } {
  const drag = usePhotoDrag()
  const selection = useSelection()
  const list = usePhotoList()
  const albums = useAlbums()
  let from: { readonly x: number; readonly y: number } | null = null
  /** The click at the end of a drag is none. */
  let hasCarried = false

  function end(): void {
    from = null
    drag.carried = null
    drag.over = null
    drag.before = null
  }

  /** The half of a photo that the pointer is over says on which side of it they would stand. */
  function placeAt(element: Element | null, x: number): number | null {
    const cell = element?.closest<HTMLElement>('[data-index]')
    if (cell === undefined || cell === null || albums.shown?.order !== 'hand') return null
    const { left, width } = cell.getBoundingClientRect()
    return Number(cell.dataset['index']) + (x > left + width / 2 ? 1 : 0)
  }

  async function drop(album: number | null, at: number | null): Promise<void> {
    const target = albums.albums.find(({ id }) => id === album)
    const { shown } = albums
    if (target !== undefined) await albums.add(target, await selection.ids())
    else if (at !== null && shown !== null) {
      const [before = null] = at >= list.total ? [] : ((await list.idsBetween(at, at + 1)) ?? [])
      await albums.move(shown, await selection.ids(), before)
    }
  }

  useEventListener(scroller, 'pointerdown', (event: PointerEvent) => {
    hasCarried = false
    if (takesHold(event)) from = { x: event.clientX, y: event.clientY }
  })
  useEventListener(window, 'pointermove', (event: PointerEvent) => {
    if (from === null) return
    const { clientX: x, clientY: y } = event
    if (drag.carried === null && Math.hypot(x - from.x, y - from.y) < firmAfter) return
    hasCarried = true
    drag.carried = { count: selection.size, x, y }
    const element = document.elementFromPoint(x, y)
    const line = element?.closest<HTMLElement>('[data-album]')
    drag.over = line === undefined || line === null ? null : Number(line.dataset['album'])
    drag.before = placeAt(element, x)
  })
  useEventListener(window, 'pointerup', () => {
    if (drag.carried !== null) void drop(drag.over, drag.before)
    end()
  })
  useEventListener(window, 'pointercancel', end)
  useEscape(() => drag.carried !== null, end)
  return { carried: () => hasCarried }
}
