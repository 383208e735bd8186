import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'
import { api } from '../api.ts'
import { useLibrary } from '../app/library.ts'
import { useToasts } from '../notices/toasts.ts'
import { usePhotoList } from '../photos/photo-list.ts'
import { useSelection } from '../selection/selection.ts'

/** One call takes no more. */
const mostDragged = 1000

/**
 * Dragging photos out of the window into other programs, with Alt held, since dragging alone draws a box on the wall: the
 * selected ones, or the one that is dragged where it is not selected. Only a window of the system can do it.
 */
export function useDragOut(wall: Readonly<Ref<HTMLElement | null>>): void {
  const library = useLibrary()
  const list = usePhotoList()
  const selection = useSelection()
  const { succeeds } = useToasts()
  let held: HTMLElement | null = null

  function letGo(): void {
    if (held !== null) held.draggable = false
    held = null
  }
  useEventListener(
    wall,
    'pointerdown',
    (event: PointerEvent) => {
      letGo()
      if (!event.altKey || event.button !== 0 || library.shell?.kind !== 'electron') return
      held = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
      if (held === null) return
      held.draggable = true
      // It is no box that is drawn.
      event.stopPropagation()
    },
    { capture: true },
  )
  useEventListener(wall, 'dragstart', (event: DragEvent) => {
    if (held === null) return
    // The system drags files from here on, in the place of the page.
    event.preventDefault()
    const photo = list.at(Number(held.dataset['index']))
    letGo()
    if (photo !== null) void drag(photo.id)
  })
  useEventListener(window, 'pointerup', letGo)

  async function drag(id: number): Promise<void> {
    const photoIds = selection.has(id) ? (await selection.ids()).slice(0, mostDragged) : [id]
    await succeeds(api.dragPhotos({ photoIds }))
  }
}
