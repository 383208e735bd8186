import type { ComputedRef, Ref } from 'vue'
import { gridAction, perform, type ActionReach } from '../actions/use-action-keys.ts'
import { useHandOrder } from '../albums/hand-order.ts'
import { usePhotoList } from '../photos/photo-list.ts'
import { useSelection } from '../selection/selection.ts'
import { neighbour, type Direction, type WallLayout } from './wall-layout.ts'

interface Wall {
  readonly layout: ComputedRef<WallLayout>
  /** The photo the keys stand on. */
  readonly active: Ref<number | null>
  readonly viewport: Ref<number>
  readonly activate: (index: number) => void
  readonly reach: ActionReach
}

const directions: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

/** With Alt, in an album that is ordered by hand. */
const handMoves: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowRight: 1 }

/** Arrows move, Shift extends, Space selects; and the acts whose keys are meant for the wall itself. */
export function useWallKeys(wall: Wall): (event: KeyboardEvent) => void {
  const list = usePhotoList()
  const selection = useSelection()
  const hand = useHandOrder()

  function destination(key: string, from: number): number | null {
    const layout = wall.layout.value
    const direction = directions[key]
    if (direction !== undefined) return neighbour(layout, from, direction)
    if (key === 'Home') return 0
    if (key === 'End') return layout.total - 1
    if (key !== 'PageDown' && key !== 'PageUp') return null
    const rows = Math.max(1, Math.floor(wall.viewport.value / (layout.side + layout.gap)) - 1)
    let at = from
    for (let row = 0; row < rows; row++) at = neighbour(layout, at, key === 'PageDown' ? 'down' : 'up')
    return at
  }

  return (event) => {
    const { total } = wall.layout.value
    if (total === 0) return
    const active = wall.active.value
    const photo = active === null ? null : list.at(active)
    const action = gridAction(event, wall.reach)
    const by = event.altKey ? handMoves[event.key] : undefined
    if (action !== undefined) void perform(action, wall.reach)
    else if (by !== undefined && active !== null && hand.isByHand())
      void hand.move(active, by).then((to) => to !== null && wall.activate(to))
    else if (event.key === ' ' && active !== null) {
      if (event.shiftKey) void selection.extendTo(active)
      else void selection.pick(active, 'toggle')
    } else if (!event.altKey) {
      const to = active === null && event.key in directions ? 0 : destination(event.key, active ?? 0)
      if (to === null) return
      if (event.shiftKey && selection.size === 0 && active !== null && photo !== null)
        void selection.pick(active, 'only')
      wall.activate(to)
      if (event.shiftKey) void selection.extendTo(to)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
}
