import { defineStore } from 'pinia'

/** Where somebody is on the wall of a question. */
export interface WallPlace {
  /** The search the wall shows, as JSON. */
  readonly question: string
  /** Place in the list of the first photo of the uppermost row that is seen. */
  readonly first: number
  /** Pixels between the top of that row and the top of the window. */
  readonly within: number
  /** The photo the keys stand on. */
  readonly active: number | null
}

/** Asks the wall on the screen where it is, and tells the next one where to begin. */
export const useWallPlace = defineStore('wall-place', () => {
  let read: (() => WallPlace) | null = null
  let wanted: WallPlace | null = null

  return {
    /** `null` where there is no wall. */
    now: (): WallPlace | null => read?.() ?? null,
    /** @param reader `null` when the wall goes */
    offer: (reader: (() => WallPlace) | null): void => {
      read = reader
    },
    /** Where the wall of that question is to begin; it begins at its top otherwise. */
    returnTo: (place: WallPlace | null): void => {
      wanted = place
    },
    /** For the wall that begins; once. */
    take: (question: string): WallPlace | null => {
      if (wanted?.question !== question) return null
      const place = wanted
      wanted = null
      return place
    },
  }
})
