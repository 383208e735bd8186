import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { WallPhoto } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'
import { useToasts } from '../notices/toasts.ts'
import { firstPage, useSearch } from '../search/search.ts'
import { createPhotoWindows } from './photo-windows.ts'

const pageSize = firstPage
/** 48 pages of 200: about three megabytes, whatever the size of the library. */
const capacity = 48
/** `getIds` gives no more at once. */
const mostIds = 200_000

/** A photo, and the place in the list where it stood. */
interface PlacedPhoto {
  readonly index: number
  readonly id: number
}

/** The list the search gives, as far as it is in memory. */
export const usePhotoList = defineStore('photo-list', () => {
  const { attempt } = useToasts()
  const search = useSearch()
  /** Grows whenever photos have come; what shows photos reads it. */
  const arrivals = shallowRef(0)
  const total = computed(() => search.summary?.total ?? 0)

  const windows = createPhotoWindows<WallPhoto>({
    pageSize,
    capacity,
    parallel: 2,
    fetch: async (offset, limit) => {
      const asked = search.shownList
      return asked === null ? null : attempt(api.getWindow({ ...asked, offset, limit }))
    },
    onArrival: () => {
      arrivals.value++
    },
  })

  /** The search that the list is of. */
  let question: string | null = null
  watch(
    () => search.summary,
    (summary) => {
      if (summary === null) return
      const asked = JSON.stringify(search.shown)
      if (asked === question) windows.refresh(search.firstPhotos)
      else windows.clear(search.firstPhotos)
      question = asked
      arrivals.value++
    },
    { flush: 'sync', immediate: true },
  )

  /**
   * Ids of `first … end-1`, also where no photo was ever on the screen. Those in memory only if that is all of them: the
   * list may have moved since, and a part of each would name some photos twice and others not at all.
   */
  async function idsBetween(first: number, end: number): Promise<readonly number[] | null> {
    const asked = search.shownList
    if (asked === null) return null
    const ids: number[] = []
    for (let at = first; at < end; at++) {
      const photo = windows.isFresh(at) ? windows.at(at) : null
      if (photo === null) break
      ids.push(photo.id)
    }
    if (first + ids.length === end) return ids
    ids.length = 0
    for (let offset = first; offset < end; offset += mostIds) {
      const more = await attempt(api.getIds({ ...asked, offset, limit: Math.min(mostIds, end - offset) }))
      if (more === null) return null
      for (const id of more) ids.push(id)
    }
    return ids
  }

  /** Where a photo stands now that the list may have moved by up to a page; `null` when it left the list. */
  async function indexOf(id: number, near: number): Promise<number | null> {
    if (windows.isFresh(near) && windows.at(near)?.id === id) return near
    const from = Math.max(0, near - pageSize)
    const ids = await idsBetween(from, Math.min(total.value, near + pageSize))
    const at = ids?.indexOf(id) ?? -1
    return at === -1 ? null : from + at
  }

  /**
   * Ids of all photos from one to another, in the order of the list, by where those two stand now: it may have moved by
   * up to a page. The last one alone when the first has left the list; none when the last one has.
   */
  async function idsFromTo(one: PlacedPhoto, other: PlacedPhoto): Promise<readonly number[] | null> {
    const from = Math.max(0, Math.min(one.index, other.index) - pageSize)
    const ids = await idsBetween(from, Math.max(one.index, other.index) + pageSize)
    if (ids === null) return null
    const to = ids.indexOf(other.id)
    if (to === -1) return []
    const begin = ids.indexOf(one.id)
    return begin === -1 ? [other.id] : ids.slice(Math.min(begin, to), Math.max(begin, to) + 1)
  }

  return { arrivals, total, at: windows.at, want: windows.want, idsBetween, idsFromTo, indexOf }
})
