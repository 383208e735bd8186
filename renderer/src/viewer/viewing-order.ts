import { computed, shallowRef, watch } from 'vue'
import type { WallPhoto } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'
import { useRefresh } from '../app/refresh.ts'
import { useDecisions } from '../labels/decisions.ts'
import { useToasts } from '../notices/toasts.ts'
import { usePhotoList } from '../photos/photo-list.ts'
import { createPhotoWindows } from '../photos/photo-windows.ts'
import { useSearch } from '../search/search.ts'

/** Photos on each side whose order is kept: an hour of turning pages, 16 kilobytes. */
const reach = 2000
const pageSize = 50
const capacity = 40

interface Stretch {
  readonly first: number
  readonly ids: readonly number[]
  readonly total: number
}

/**
 * The list as it stood when the viewer was opened. What people decide moves photos in the list of the search, and may
 * take them out of it; here each keeps its place, so that "next" is always the one that was to come next.
 */
export interface ViewingOrder {
  readonly total: number
  /** Grows whenever photos have come. */
  readonly arrivals: number
  /** `null`: not there yet; `gone`: no longer in the library. */
  readonly at: (index: number) => WallPhoto | 'gone' | null
  readonly want: (first: number, end: number) => void
  readonly idAt: (index: number) => number | null
  /** Where a photo stands in this order; `null` when it is not in the stretch that is kept. */
  readonly indexOf: (id: number) => number | null
  /** Takes the order anew from the list as it is now, around this place. */
  readonly take: (around: number) => Promise<void>
}

export function useViewingOrder(): ViewingOrder {
  const list = usePhotoList()
  const search = useSearch()
  const refresh = useRefresh()
  const decisions = useDecisions()
  const { attempt } = useToasts()
  const stretch = shallowRef<Stretch | null>(null)
  const arrivals = shallowRef(0)
  let taking = 0

  const windows = createPhotoWindows<WallPhoto | 'gone'>({
    pageSize,
    capacity,
    parallel: 2,
    fetch: async (offset, limit) => {
      const asked = search.shown
      const photoIds = stretch.value?.ids.slice(offset, offset + limit) ?? []
      if (asked === null || photoIds.length === 0) return null
      const photos = await attempt(api.getPhotos({ search: asked, photoIds }))
      if (photos === null) return null
      const byId = new Map(photos.map((photo) => [photo.id, photo]))
      return photoIds.map((id) => byId.get(id) ?? 'gone')
    },
    onArrival: () => {
      arrivals.value++
    },
  })
  watch([() => decisions.made, () => refresh.revision, () => search.shown], () => {
    windows.refresh()
  })

  const total = computed(() => stretch.value?.total ?? list.total)

  function idAt(index: number): number | null {
    return stretch.value?.ids[index - stretch.value.first] ?? null
  }

  return {
    get total() {
      return total.value
    },
    get arrivals() {
      return arrivals.value + list.arrivals
    },
    idAt,
    indexOf: (id) => {
      const at = stretch.value?.ids.indexOf(id) ?? -1
      return at === -1 ? null : at + (stretch.value?.first ?? 0)
    },
    at: (index) => {
      const { value: kept } = stretch
      if (kept === null) return list.at(index)
      const known = windows.at(index - kept.first)
      if (known !== null) return known
      const onWall = list.at(index)
      return onWall?.id === idAt(index) ? onWall : null
    },
    want: (first, end) => {
      const { value: kept } = stretch
      if (kept === null) list.want(first, end)
      else windows.want(Math.max(0, first - kept.first), Math.min(kept.ids.length, end - kept.first))
    },
    take: async (around) => {
      const turn = ++taking
      const { total: all } = list
      const first = Math.max(0, around - reach)
      const ids = await list.idsBetween(first, Math.min(all, around + reach))
      if (ids === null || turn !== taking) return
      windows.clear()
      stretch.value = { first, ids, total: all }
      arrivals.value++
    },
  }
}
