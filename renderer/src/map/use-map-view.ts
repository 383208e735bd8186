import { select, type Selection } from 'd3-selection'
import 'd3-transition'
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomTransform } from 'd3-zoom'
import { computed, onBeforeUnmount, onMounted, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { leastZoom, mostZoom, settled, within, worldWidth, zoomOf, type Size, type View } from './view.ts'

/** How a view is moved by hand, by keys and by buttons. */
export interface MapMoves {
  /** The view of this moment; `null` until the size of the window is known. */
  readonly view: ComputedRef<View | null>
  readonly moving: Readonly<Ref<boolean>>
  readonly zoomBy: (factor: number) => void
  /** Pixels. */
  readonly panBy: (right: number, down: number) => void
  readonly show: (view: View) => void
}

/** Wheel, pinch, drag and double click on an element move the map that it shows. */
export function useMapView(
  stage: Readonly<Ref<HTMLElement | null>>,
  size: Readonly<Ref<Size>>,
  kept: Ref<View | null>,
): MapMoves {
  const moving = shallowRef(false)
  const unhurried = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200
  let selection: Selection<HTMLElement, unknown, null, undefined> | null = null
  /** Goes on beyond the date line, so that a motion takes the short way. */
  let x = 0
  /** Where the present motion leads. */
  let goal: View | null = null

  const transformOf = (view: View): ZoomTransform => {
    const width = worldWidth(view.zoom)
    const near = x + within(view.x - x + 0.5) - 0.5
    return zoomIdentity
      .translate(size.value.width / 2 - near * width, size.value.height / 2 - view.y * width)
      .scale(width)
  }
  const behaviour = zoom<HTMLElement, unknown>()
    // A box is drawn with Shift.
    .filter((event: MouseEvent | WheelEvent) =>
      event.type === 'wheel' ? true : !event.shiftKey && !event.ctrlKey && event.button === 0,
    )
    .duration(unhurried)
    .on('start', () => {
      moving.value = true
    })
    .on('zoom', ({ transform }: D3ZoomEvent<HTMLElement, unknown>) => {
      const { width, height } = size.value
      x = (width / 2 - transform.x) / transform.k
      const y = (height / 2 - transform.y) / transform.k
      kept.value = settled({ x, y, zoom: zoomOf(transform.k) }, size.value)
    })
    .on('end', () => {
      moving.value = false
    })

  function frame(): void {
    const { width, height } = size.value
    if (selection === null || width === 0 || height === 0) return
    behaviour
      .extent([
        [0, 0],
        [width, height],
      ])
      .translateExtent([
        [-Infinity, 0],
        [Infinity, 1],
      ])
      .scaleExtent([worldWidth(leastZoom(size.value)), worldWidth(mostZoom)])
    if (kept.value !== null)
      selection.interrupt().call(behaviour.transform, transformOf(settled(kept.value, size.value)))
  }

  function glide(to: View): void {
    if (selection === null) return
    const end = settled(to, size.value)
    goal = end
    selection
      .transition()
      .duration(unhurried)
      .call(behaviour.transform, transformOf(end))
      .on('end interrupt', () => {
        goal = null
      })
  }
  /** From where the motion before leads: a key that is pressed again meanwhile loses no part of a step. */
  function move(step: (from: View) => View): void {
    const from = goal ?? kept.value
    if (from !== null) glide(step(from))
  }

  onMounted(() => {
    if (stage.value === null) return
    selection = select<HTMLElement, unknown>(stage.value)
    selection.call(behaviour)
    frame()
  })
  onBeforeUnmount(() => selection?.interrupt().on('.zoom', null))
  watch(size, frame, { flush: 'post' })

  return {
    view: computed(() => (size.value.width === 0 || size.value.height === 0 ? null : kept.value)),
    moving,
    zoomBy: (factor) => {
      move((from) => ({ ...from, zoom: from.zoom + Math.log2(factor) }))
    },
    panBy: (right, down) => {
      move((from) => {
        const width = worldWidth(from.zoom)
        return { ...from, x: from.x + right / width, y: from.y + down / width }
      })
    },
    show: glide,
  }
}
