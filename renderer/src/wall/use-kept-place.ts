import { onBeforeUnmount, watch, type ComputedRef, type Ref } from 'vue'
import type { SearchSummary } from '../search/search-summary.ts'
import { useScrollPosition } from './scroll-position.ts'
import type { useWallScroll } from './use-wall-scroll.ts'
import { blockOf, boxOf, photosBetween, type WallLayout } from './wall-layout.ts'

interface Wall {
  readonly layout: ComputedRef<WallLayout>
  readonly summary: () => SearchSummary
  readonly question: () => string
  readonly byDate: () => boolean
  readonly scroll: ReturnType<typeof useWallScroll>
  /** Of the wall; 0 before it is known. */
  readonly width: Ref<number>
  /** The photo that the keys stand on. */
  readonly active: Ref<number | null>
}

/** The wall stays where it is when its list or its width changes, and begins where it was left. */
export function useKeptPlace({ layout, summary, question, byDate, scroll, width, active }: Wall): void {
  const { top, jump, viewport, scale } = scroll

  /** The photo of the same day that is now where a photo was then. */
  function successorOf(before: WallLayout, index: number): number | null {
    const block = blockOf(before, index)
    const now = layout.value.blocks.find(({ day }) => day === block?.day)
    if (block === null || now === undefined) return null
    return now.first + Math.min(now.count - 1, index - block.first)
  }

  watch(
    [layout, summary] as const,
    ([now, list], [before, listBefore]) => {
      if (top.value === 0 || now.total === 0 || before.total === 0) return
      const { first } = photosBetween(before, top.value, top.value)
      const isSameList = list === listBefore
      // Where there are no days, nothing says where a photo of another list is.
      if (!isSameList && !byDate()) return
      const index = isSameList ? Math.min(first, now.total - 1) : successorOf(before, first)
      if (index === null) return
      const old = boxOf(before, first)
      const box = boxOf(now, index)
      // As far into the row as before, however high it is now.
      const within = Math.min(top.value - old.y, (top.value - old.y) * (box.height / old.height))
      const stay = box.y + within
      if (Math.abs(stay - top.value) >= 1) jump(stay)
    },
    { flush: 'post' },
  )

  const scrollPosition = useScrollPosition()
  const start = scrollPosition.take(question())
  scrollPosition.offer(() => {
    const { first } = photosBetween(layout.value, top.value, top.value)
    return {
      question: question(),
      first,
      within: top.value - boxOf(layout.value, first).y,
      active: active.value,
    }
  })
  onBeforeUnmount(() => scrollPosition.offer(null))
  /** Where it was left; as soon as it is known how many photos stand beside each other. */
  const stopWaiting = watch(
    scale,
    () => {
      if (width.value === 0 || viewport.value === 0) return
      stopWaiting()
      if (start === null) return
      const last = Math.max(0, layout.value.total - 1)
      active.value = start.active === null ? null : Math.min(last, start.active)
      jump(boxOf(layout.value, Math.min(last, start.first)).y + start.within)
    },
    { flush: 'post' },
  )
}
