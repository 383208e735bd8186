/** CSS pixels a finger goes at least, and how much more across than up or down. */
const farEnough = 48
const steepest = 2
/** Slower is no swipe but a finger that rests; milliseconds. */
const longest = 700

interface Swipe {
  readonly down: (event: PointerEvent) => void
  readonly up: (event: PointerEvent) => void
  readonly cancel: () => void
}

/** One finger drawn across; two are a pinch, and a zoomed picture is moved instead (`may` says no). */
export function useSwipe(may: () => boolean, swiped: (to: 'left' | 'right') => void): Swipe {
  let from: { readonly id: number; readonly x: number; readonly y: number; readonly at: number } | null = null

  return {
    down: (event) => {
      const alone = event.pointerType === 'touch' && event.isPrimary && may()
      from = alone ? { id: event.pointerId, x: event.clientX, y: event.clientY, at: event.timeStamp } : null
    },
    up: (event) => {
      const start = from
      from = null
      if (start === null || start.id !== event.pointerId || !may()) return
      const across = event.clientX - start.x
      const steep = Math.abs(event.clientY - start.y) * steepest
      if (event.timeStamp - start.at > longest || Math.abs(across) < Math.max(farEnough, steep)) return
      swiped(across < 0 ? 'left' : 'right')
    },
    cancel: () => {
      from = null
    },
  }
}
