import { useEventListener } from '@vueuse/core'
import { shallowRef, type Ref } from 'vue'
import { useEscape } from '../controls/use-escape.ts'
import type { Room } from './town-labels.ts'

/** A smaller box is a click whose hand shook, pixels. */
const smallest = 8

/** Draws a box with Shift and the pointer. @param done gets it in pixels from the corner of the stage */
export function useMapBox(
  stage: Readonly<Ref<HTMLElement | null>>,
  done: (box: Room) => void,
): Readonly<Ref<Room | null>> {
  const drawn = shallowRef<Room | null>(null)
  let from: { readonly x: number; readonly y: number } | null = null

  function placeOf({ clientX, clientY }: PointerEvent): { readonly x: number; readonly y: number } {
    const { left = 0, top = 0 } = stage.value?.getBoundingClientRect() ?? {}
    return { x: clientX - left, y: clientY - top }
  }
  function end(): void {
    from = null
    drawn.value = null
  }

  useEventListener(stage, 'pointerdown', (event: PointerEvent) => {
    if (!event.shiftKey || event.button !== 0) return
    event.preventDefault()
    from = placeOf(event)
  })
  useEventListener(window, 'pointermove', (event: PointerEvent) => {
    if (from === null) return
    const { x, y } = placeOf(event)
    drawn.value = {
      left: Math.min(x, from.x),
      top: Math.min(y, from.y),
      right: Math.max(x, from.x),
      bottom: Math.max(y, from.y),
    }
  })
  useEventListener(window, 'pointerup', () => {
    const { value: box } = drawn
    end()
    if (box !== null && Math.min(box.right - box.left, box.bottom - box.top) >= smallest) done(box)
  })
  useEventListener(window, 'pointercancel', end)
  useEscape(() => from !== null, end)
  return drawn
}
