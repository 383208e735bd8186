import { onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import type { Failure } from '../../../electron/core/contract/failure.ts'
import type { PhotoDetails, WallPhoto } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'
import { useRefresh } from '../app/refresh.ts'
import { useScreens } from '../app/screens.ts'
import { language } from '../i18n/words.ts'
import { useDecisions } from '../labels/decisions.ts'
import { usePhotoList } from '../photos/photo-list.ts'
import { useSearch } from '../search/search.ts'
import { createPrefetch } from './prefetch.ts'
import { keepViewed } from './viewed-before.ts'
import { useViewingOrder } from './viewing-order.ts'

/** Neighbours kept at hand on each side for the film strip. */
const aroundIt = 20

/** The photo in the viewer, and the way to the ones before and after it in the order they had when it was opened. */
export function useViewedPhoto() {
  const screens = useScreens()
  const list = usePhotoList()
  const search = useSearch()
  const decisions = useDecisions()
  const refresh = useRefresh()
  const order = useViewingOrder()
  const photo = shallowRef<WallPhoto | null>(null)
  const details = shallowRef<PhotoDetails | null>(null)
  /** Why there are no details. */
  const trouble = shallowRef<Failure | null>(null)
  const index = ref(screens.viewed ?? 0)
  const opened = search.summary
  /** Which way to go on from a photo that is gone. */
  let direction = 1
  /** Another photo was asked for; else the one on the screen stays there whatever happens to the list. */
  let moving = true
  let asking = 0
  const neighbours = createPrefetch()

  function settle(): void {
    const at = Math.min(index.value, Math.max(0, order.total - 1))
    index.value = at
    order.want(Math.max(0, at - aroundIt), Math.min(order.total, at + aroundIt + 1))
    const here = order.at(at)
    if (here === null) return
    if (here !== 'gone') {
      if (!moving && here.id !== photo.value?.id) return
      moving = false
      photo.value = here
    } else if (moving && at + direction >= 0 && at + direction < order.total) index.value = at + direction
  }

  /** After the page was loaded anew the list may have moved. */
  let { reopened } = screens
  screens.reopened = null
  async function findAgain(): Promise<void> {
    const { id = null } = reopened ?? {}
    reopened = null
    const at = id === null ? null : (order.indexOf(id) ?? (await list.indexOf(id, index.value)))
    if (at !== null) go(at)
  }

  async function takeOrder(): Promise<void> {
    await order.take(index.value)
    if (reopened !== null) {
      await findAgain()
      return
    }
    const { value: shown } = photo
    // The list may have moved since the wall showed it.
    if (shown === null || order.idAt(index.value) === shown.id) return
    index.value = order.indexOf(shown.id) ?? index.value
  }

  function go(to: number): void {
    if (order.total === 0) return
    direction = to < index.value ? -1 : 1
    moving = true
    index.value = Math.min(order.total - 1, Math.max(0, to))
    // Past the stretch whose order was kept: from here on as the list is now.
    if (order.idAt(index.value) === null) void order.take(index.value)
  }

  watch([index, () => order.arrivals, () => order.total], settle, { immediate: true })
  void takeOrder()
  // It could not be had before, while the service was away.
  watch(
    () => search.summary,
    () => {
      if (order.idAt(index.value) === null) void takeOrder()
    },
  )

  /** Where the photo stands on the wall behind the viewer: that is where the keys go on when it is closed. */
  let placing = 0
  watch([() => photo.value?.id, () => search.summary], async ([id, summary]) => {
    const turn = ++placing
    const place = id === undefined || summary === opened ? null : await list.indexOf(id, index.value)
    if (turn === placing && screens.viewed !== null) screens.viewed = place ?? index.value
  })

  watch([() => photo.value?.id, index], ([id]) => {
    if (id !== undefined) keepViewed({ index: index.value, id })
  })

  /** Two ahead on the way, as a key that is held goes on faster than a photo is read, and one back. */
  function prefetch(): void {
    const wanted = [direction, 2 * direction, -direction].flatMap((by) => {
      const near = order.at(index.value + by)
      return near === null || near === 'gone' || near.state === 'failed' ? [] : [api.mediaUrl('view', near)]
    })
    neighbours.begin(wanted)
  }

  async function load(): Promise<void> {
    const id = photo.value?.id
    if (id === undefined) return
    const turn = ++asking
    const answer = await api.getPhoto({ id, language: language.value })
    if (turn !== asking) return
    trouble.value = answer.ok ? null : answer.error
    if (answer.ok) details.value = answer.value
  }
  watch(
    () => photo.value?.id,
    (now, before) => {
      if (now !== before) details.value = null
      trouble.value = null
      void load()
      if (photo.value?.state === 'failed') prefetch()
    },
    { immediate: true },
  )
  watch([() => decisions.made, () => refresh.revision, language], () => void load())
  onBeforeUnmount(neighbours.end)

  return {
    photo,
    details,
    trouble,
    load,
    /** To be called when the photo is seen, or cannot be: its neighbours come after it. */
    onSeen: prefetch,
    index,
    order,
    next: () => {
      go(index.value + 1)
    },
    previous: () => {
      go(index.value - 1)
    },
    go,
  }
}
