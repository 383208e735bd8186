import { useElementSize, useEventListener } from '@vueuse/core'
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { contentAfterScroll, placeToReveal, scrollScale } from './scaled-scroll.ts'
import type { WallLayout } from './wall-layout.ts'

interface Covered {
  readonly above: number
  readonly below: number
}

/** Faster than this (viewports between two frames that scroll), pictures are not even begun. */
const fast = 0.7
const calmAfter = 110
/** The layer of cells is moved only when they stand further than this from its origin. */
const layerReach = 20_000

/**
 * The scrolled element of the wall: `top` is the place in the wall (content pixels), whatever the browser's own
 * scroll position is. Cells stand in a layer at `layerTop` of the spacer, at `y - origin` within it.
 * @param covered what lies over the wall's head and foot, in pixels: the sticky heading, the bar of the selection
 */
export function useWallScroll(
  scroller: Ref<HTMLElement | null>,
  layout: ComputedRef<WallLayout>,
  covered: ComputedRef<Covered>,
) {
  const { height: viewport } = useElementSize(scroller)
  // The last photos can be scrolled clear of what lies over the foot.
  const scale = computed(() => scrollScale(layout.value.height + covered.value.below, viewport.value))
  const top = ref(0)
  const origin = ref(0)
  const layerTop = ref(0)
  /** Nothing moves, or slowly: pictures may be fetched. */
  const calm = ref(true)
  const at = shallowRef({ scroll: 0, content: 0 })
  let resting: ReturnType<typeof setTimeout> | undefined

  function take(scroll: number, content: number): void {
    at.value = { scroll, content }
    top.value = content
    if (Math.abs(content - origin.value) > layerReach)
      origin.value = Math.max(0, Math.round(content - layerReach / 2))
    layerTop.value = Math.round(scroll - content + origin.value)
  }

  /** The browser's scroll position brought in line with the place in the wall; nothing moves on the screen. */
  function align(): void {
    const element = scroller.value
    if (element === null) return
    const wanted = Math.round(scale.value.toScroll(at.value.content))
    if (Math.abs(element.scrollTop - wanted) < 1) return
    take(wanted, at.value.content)
    element.scrollTop = wanted
  }

  function rest(): void {
    calm.value = true
    align()
  }

  useEventListener(
    scroller,
    'scroll',
    () => {
      const element = scroller.value
      if (element === null) return
      const scroll = element.scrollTop
      const before = at.value
      if (scroll === before.scroll) return
      const content = contentAfterScroll(scale.value, before, scroll, viewport.value)
      calm.value = calm.value
        ? Math.abs(content - before.content) < viewport.value * fast
        : Math.abs(content - before.content) < viewport.value * 0.1
      take(scroll, content)
      clearTimeout(resting)
      resting = setTimeout(rest, calmAfter)
    },
    { passive: true },
  )

  /** Goes to a place in the wall at once. */
  function jump(content: number): void {
    const element = scroller.value
    const to = Math.min(scale.value.maxContent, Math.max(0, content))
    const scroll = Math.round(scale.value.toScroll(to))
    if (Math.abs(to - at.value.content) > viewport.value * fast) {
      calm.value = false
      clearTimeout(resting)
      resting = setTimeout(rest, calmAfter)
    }
    take(scroll, to)
    if (element !== null) element.scrollTop = scroll
  }

  /** Moves no further than needed to show `y … y+height` clear of what covers the wall; its head if not all has room. */
  function reveal(y: number, height: number): void {
    const { above, below } = covered.value
    const to = placeToReveal(top.value, { y, height }, { from: above, to: viewport.value - below })
    if (to !== top.value) jump(to)
  }

  watch(scale, (now) => {
    const content = Math.min(now.maxContent, at.value.content)
    take(Math.round(now.toScroll(content)), content)
  })
  watch(
    scale,
    () => {
      if (scroller.value !== null) scroller.value.scrollTop = at.value.scroll
    },
    { flush: 'post' },
  )

  return { viewport, scale, top, origin, layerTop, calm, jump, reveal }
}
