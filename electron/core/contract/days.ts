import * as v from 'valibot'
import { count, offset, search, wallPhoto } from './values.ts'

/** Part of a list: a day, a month, a year. */
const span = v.object({ first: offset, count: v.pipe(count, v.maxValue(2 ** 32 - 1)) })
/** Those near the screen. */
const spans = v.pipe(v.array(span), v.maxLength(200))

/** What a day was, besides its date. */
export const dayTitle = v.object({
  /** In the words of the folder that most of its photos are in: "Wedding Olga". */
  event: v.nullable(v.string()),
  /** Where most of them were taken: "Moscow". */
  place: v.nullable(v.string()),
})
export type DayTitle = v.InferOutput<typeof dayTitle>

export const dayCalls = {
  /** Of each part of the list in turn. */
  getDayTitles: { input: v.object({ search, spans }), output: v.array(dayTitle) },
  /**
   * The best photos of each part of the list, the very best first, the others by date: those with stars, favourites,
   * confirmed ones, and what is surely seen. They are taken from all over the part.
   */
  getBest: {
    input: v.object({ search, spans, most: v.pipe(count, v.maxValue(20)) }),
    output: v.array(v.array(wallPhoto)),
  },
} as const
