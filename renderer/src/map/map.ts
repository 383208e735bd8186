import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { PlacedPhotos } from '../../../electron/core/contract/map.ts'
import type { WallPhoto } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'
import { latest } from '../app/latest.ts'
import { counted } from '../i18n/words.ts'
import { useDecisions } from '../labels/decisions.ts'
import { useToasts } from '../notices/toasts.ts'
import { useSearch } from '../search/search.ts'
import { pointsOf, type PlacedPoints } from './clusters.ts'
import { xOf, yOf, type Position, type View } from './view.ts'

interface OnMap {
  readonly placed: Pick<PlacedPhotos, 'total' | 'unplaced'>
  readonly points: PlacedPoints
  /** The text that they were searched with. */
  readonly question: string
}

/** How near a photo is shown that was asked for. */
const nearZoom = 14

/** The photos of the search on the map, and where someone is on it. */
export const useMap = defineStore('map', () => {
  const { attempt } = useToasts()
  const search = useSearch()
  const decisions = useDecisions()
  /** `null`: the map was not opened yet, and begins with all photos. */
  const view = shallowRef<View | null>(null)
  const onMap = shallowRef<OnMap | null>(null)
  /** Photos whose pictures the map shows. */
  const photos = shallowRef<ReadonlyMap<number, WallPhoto>>(new Map())

  const ask = latest(async () => {
    const asked = search.shown
    if (asked === null) return null
    const placed = await attempt(api.getPlaced({ search: asked }))
    if (placed === null) return null
    const { total, unplaced } = placed
    return { placed: { total, unplaced }, points: pointsOf(placed), question: asked.text }
  })
  async function load(): Promise<void> {
    onMap.value = (await ask()) ?? onMap.value
  }

  /** Fetches what the map must know of photos to show them; again after the library has changed. */
  async function want(ids: readonly number[], again = false): Promise<void> {
    const asked = search.shown
    const missing = again ? ids : ids.filter((id) => !photos.value.has(id))
    if (asked === null || missing.length === 0) return
    const come = await attempt(api.getPhotos({ search: asked, photoIds: [...missing] }))
    if (come === null) return
    const next = new Map(photos.value)
    for (const photo of come) next.set(photo.id, photo)
    photos.value = next
  }

  /** Says that the photos were taken there, with a way back. */
  async function place(photoIds: readonly number[], position: Position): Promise<boolean> {
    if (photoIds.length === 0) return false
    return decisions.undoable(async () => {
      const change = { how: 'set', position } as const
      const done = await attempt(api.changePlaces({ photoIds: [...photoIds], change }))
      return done && { said: counted('places.changed', done.changed), steps: Math.min(1, done.changed) }
    })
  }

  return {
    view,
    onMap,
    photos,
    unplaced: computed(() => {
      const { value: shown } = onMap
      return shown === null ? 0 : shown.placed.total - shown.points.ids.length
    }),
    load,
    want,
    place,
    /** The map goes there, now or when it is opened. */
    goTo: ({ latitude, longitude }: Position) => {
      view.value = { x: xOf(longitude), y: yOf(latitude), zoom: nearZoom }
    },
  }
})
