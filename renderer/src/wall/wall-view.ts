import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { useSearch } from '../search/search.ts'
import type { Part } from './part-facts.ts'
import { wallViews, type WallView } from './periods.ts'
import { useScrollPosition, type ScrollPosition } from './scroll-position.ts'

/** Room above the first photo of a period for the heading of its day, in pixels. */
const headingRoom = 44

/** Where one is among months or years, as it is seen. */
export interface PeriodPlace {
  /** The first photo of the uppermost month or year on the screen. */
  readonly first: number
  /** Pixels from the top of the window to that of its card. */
  readonly below: number
}

/** What is kept of it over a reload. */
export interface KeptWallView {
  readonly question: string
  readonly view: WallView
  readonly at: number
  readonly place: PeriodPlace | null
}

/** Whether the wall shows days, months or years, and where one is in them. */
export const useWallView = defineStore('wall-view', () => {
  const search = useSearch()
  const scrollPosition = useScrollPosition()
  const view = ref<WallView>('days')
  /** Position in the list of the photo that one is at, while months or years are shown. */
  const at = ref(0)
  /** Where the days were left. */
  let left: ScrollPosition | null = null
  let readPlace: (() => PeriodPlace | null) | null = null
  let wanted: PeriodPlace | null = null

  // Another question begins with its photos.
  watch(
    () => search.search.text,
    () => {
      view.value = 'days'
      left = null
    },
    { flush: 'sync' },
  )

  /** Tells the wall of days where to begin: where it was left, if that is the place. */
  function returnToDays(): void {
    const question = JSON.stringify(search.shown)
    const first = at.value
    const isThere = left !== null && left.question === question && left.first === first
    scrollPosition.returnTo(isThere ? left : { question, first, within: -headingRoom, active: first })
  }

  function show(next: WallView): void {
    if (next === view.value) return
    if (view.value === 'days') {
      left = scrollPosition.now()
      at.value = left?.first ?? 0
    }
    if (next === 'days') returnToDays()
    view.value = next
  }

  const step = (by: 1 | -1): void => {
    const next = wallViews[wallViews.indexOf(view.value) + by]
    if (next !== undefined) show(next)
  }

  return {
    view,
    at,
    show,
    keep: (): KeptWallView => ({
      question: search.search.text,
      view: view.value,
      at: at.value,
      place: readPlace?.() ?? null,
    }),
    /** As it was then, if that is the wall that is asked for. */
    restore: (kept: KeptWallView) => {
      if (kept.question !== search.search.text || kept.view === 'days') return
      view.value = kept.view
      at.value = kept.at
      wanted = kept.place
    },
    /** @param reader tells where one is; `null` when the months or years go */
    offerPlace: (reader: typeof readPlace) => {
      readPlace = reader
    },
    /** For the months or years that begin; once. */
    takePlace: (): PeriodPlace | null => {
      const place = wanted
      wanted = null
      return place
    },
    /** From days to months, from months to years. */
    goOut: () => step(1),
    /** From years to months, from months to days, at the photo that one is at. */
    goIn: () => step(-1),
    /** Into a month or year: where one was in it before, else at its beginning. */
    enter: ({ first, count }: Part) => {
      if (at.value < first || at.value >= first + count) at.value = first
      step(-1)
    },
  }
})
