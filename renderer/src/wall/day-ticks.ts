import { shallowReactive, watch } from 'vue'
import { usePhotoList } from '../photos/photo-list.ts'
import { useSearch } from '../search/search.ts'
import { useSelection } from '../selection/selection.ts'
import type { Block } from './wall-layout.ts'

export type DayTick = 'all' | 'some' | 'none'

/** Which days are selected, and selecting them. */
export function useDayTicks() {
  const list = usePhotoList()
  const search = useSearch()
  const selection = useSelection()
  /** By its first photo, the photos of a day that was ticked: not all of them need have been on the screen. */
  const ticked = shallowReactive(new Map<number, readonly number[]>())
  watch(
    () => search.summary,
    () => ticked.clear(),
  )

  /** A day of which some photos are not known counts as selected in part. */
  function tickOf({ first, count }: Block): DayTick {
    if (selection.size === 0) return 'none'
    if (selection.size === list.total) return 'all'
    const known = ticked.get(first)
    let [selected, others] = [false, false]
    for (let at = 0; at < count && !(selected && others); at += 1) {
      const id = known?.[at] ?? list.at(first + at)?.id
      if (id !== undefined && selection.has(id)) selected = true
      else others = true
    }
    return selected ? (others ? 'some' : 'all') : 'none'
  }

  async function toggle({ first, count }: Block): Promise<void> {
    const ids = await selection.toggleBetween(first, first + count)
    if (ids !== null) ticked.set(first, ids)
  }

  return { tickOf, toggle }
}
