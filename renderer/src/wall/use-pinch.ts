import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'
import { useWallView } from './wall-view.ts'

/** How far two fingers must have come together or gone apart, as a share of the distance they began with. */
const together = 0.7
const apart = 1.4

/**
 * Two fingers on the wall go to months and years and back, one step each time they are put down. On a track pad the same
 * is Ctrl and the wheel, which enlarges the page.
 */
export function usePinch(element: Readonly<Ref<HTMLElement | null>>): void {
  const wall = useWallView()
  const fingers = new Map<number, { readonly x: number; readonly y: number }>()
  let began: number | null = null

  function distance(): number | null {
    const [one, other, third] = [...fingers.values()]
    if (one === undefined || other === undefined || third !== undefined) return null
    return Math.hypot(one.x - other.x, one.y - other.y)
  }

  function lift({ pointerId }: PointerEvent): void {
    fingers.delete(pointerId)
    began = null
  }

  useEventListener(element, 'pointerdown', (event: PointerEvent) => {
    if (event.pointerType !== 'touch') return
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    began = distance()
  })
  useEventListener(window, 'pointermove', (event: PointerEvent) => {
    if (!fingers.has(event.pointerId)) return
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    const now = distance()
    if (began === null || now === null) return
    const share = now / began
    if (share > together && share < apart) return
    began = null
    if (share <= together) wall.goOut()
    else wall.goIn()
  })
  useEventListener(window, 'pointerup', lift)
  useEventListener(window, 'pointercancel', lift)
}
