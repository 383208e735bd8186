import { useEventListener, useRafFn } from '@vueuse/core'
import { shallowRef, type ComputedRef, type Ref } from 'vue'
import { useEscape } from '../controls/use-escape.ts'
import { isMac } from '../app/shortcuts.ts'
import { useSelection } from '../selection/selection.ts'
import { takesHold } from '../albums/photo-drag.ts'
import { photosInBox, type Box, type WallLayout } from './wall-layout.ts'

/** Until the pointer has gone this far it may still be a click. */
const firmAfter = 6
/** So near to the edge, and beyond it, the wall scrolls along; pixels a frame at the most. */
const edge = 48
const fastest = 40

interface Wall {
  readonly scroller: Ref<HTMLElement | null>
  readonly layout: ComputedRef<WallLayout>
  /** Position in the wall of the upper edge of what is on the screen. */
  readonly top: Ref<number>
  readonly jump: (content: number) => void
}

interface Held {
  readonly x: number
  readonly y: number
  readonly startX: number
  readonly startY: number
  readonly how: 'replace' | 'add' | 'toggle'
}

/**
 * Selecting with the mouse as in a file manager: a box drawn over the wall takes the photos under it; with Shift
 * they are added to those selected before, with Ctrl they change sides; Escape takes it back.
 */
export function useRubberBand({ scroller, layout, top, jump }: Wall) {
  const selection = useSelection()
  const band = shallowRef<Box | null>(null)
  /** The click at the end of a drag is none. */
  let drew = false
  let held: Held | null = null
  let pointer = { x: 0, y: 0 }

  function inWall(x: number, y: number): { x: number; y: number } {
    const box = scroller.value?.getBoundingClientRect()
    return { x: x - (box?.left ?? 0), y: y - (box?.top ?? 0) + top.value }
  }

  function stretch(): void {
    if (held === null || band.value === null) return
    const { x, y } = inWall(pointer.x, pointer.y)
    const next: Box = {
      left: Math.min(held.x, x),
      right: Math.max(held.x, x),
      top: Math.max(0, Math.min(held.y, y)),
      bottom: Math.min(layout.value.height, Math.max(held.y, y)),
    }
    const { left, right, top: upper, bottom } = band.value
    if (next.left === left && next.right === right && next.top === upper && next.bottom === bottom) return
    band.value = next
    void selection.takeRuns(photosInBox(layout.value, next), held.how)
  }

  function scrollAlong(): void {
    const box = scroller.value?.getBoundingClientRect()
    if (box === undefined) return
    const over = Math.max(0, pointer.y - (box.bottom - edge))
    const under = Math.max(0, box.top + edge - pointer.y)
    const by = Math.min(fastest, over / 2) - Math.min(fastest, under / 2)
    if (by !== 0) jump(top.value + by)
  }

  const frames = useRafFn(
    () => {
      scrollAlong()
      stretch()
    },
    { immediate: false },
  )

  function end(): void {
    held = null
    band.value = null
    frames.pause()
    selection.endRuns()
  }

  useEventListener(scroller, 'pointerdown', (event: PointerEvent) => {
    drew = false
    if (event.button !== 0 || event.pointerType === 'touch' || event.target === scroller.value) return
    // There this is a click with the right button.
    if (isMac && event.ctrlKey) return
    if (takesHold(event)) return
    const place = inWall(event.clientX, event.clientY)
    const how = event.shiftKey ? 'add' : event.ctrlKey || event.metaKey ? 'toggle' : 'replace'
    held = { ...place, startX: event.clientX, startY: event.clientY, how }
  })
  useEventListener(window, 'pointermove', (event: PointerEvent) => {
    if (held === null) return
    pointer = { x: event.clientX, y: event.clientY }
    if (band.value !== null) return
    if (Math.hypot(pointer.x - held.startX, pointer.y - held.startY) < firmAfter) return
    drew = true
    scroller.value?.setPointerCapture(event.pointerId)
    selection.beginRuns()
    band.value = { left: held.x, right: held.x, top: held.y, bottom: held.y }
    frames.resume()
  })
  useEventListener(window, 'pointerup', () => {
    stretch()
    end()
  })
  useEventListener(window, 'pointercancel', end)
  useEscape(
    () => band.value !== null,
    () => {
      selection.takeBackRuns()
      end()
    },
  )

  return { band, drew: () => drew }
}
