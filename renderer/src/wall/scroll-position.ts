import { defineStore } from 'pinia'

/** Where someone is on the wall of a question. */
export interface ScrollPosition {
  /** The search the wall shows, as JSON. */
  readonly question: string
  /** Position in the list of the first photo of the uppermost row that is seen. */
  readonly first: number
  /** Pixels between the top of that row and the top of the window. */
  readonly within: number
  /** The photo the keys stand on. */
  readonly active: number | null
}

/** Asks the wall on the screen where it is, and tells the next one where to begin. */
export const useScrollPosition = defineStore('scroll-position', () => {
  let read: (() => ScrollPosition) | null = null
  let wanted: ScrollPosition | null = null

  return {
    /** `null` where there is no wall. */
    now: (): ScrollPosition | null => read?.() ?? null,
    /** @param reader `null` when the wall goes */
    offer: (reader: (() => ScrollPosition) | null): void => {
      read = reader
    },
    /** Where the wall of that question is to begin; it begins at its top otherwise. */
    returnTo: (place: ScrollPosition | null): void => {
      wanted = place
    },
    /** For the wall that begins; once. */
    take: (question: string): ScrollPosition | null => {
      if (wanted?.question !== question) return null
      const place = wanted
      wanted = null
      return place
    },
  }
})
