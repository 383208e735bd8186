import * as v from 'valibot'
import { dateSources } from './dates.ts'
import { personFactValues, wallTime, zoneOffset } from './person-facts.ts'

/** A change of the dates of photos: each gets one of its own, made from what it has. */

/** Seconds in 10,000 years: no date of the years 1–9999 can be moved farther. */
const farthest = 10_000 * 366 * 86_400

export const dateChange = v.variant('how', [
  /** The same for all of them. */
  v.object({ how: v.literal('set'), taken: personFactValues.taken }),
  /** Later, or earlier where it is negative. */
  v.object({
    how: v.literal('shift'),
    seconds: v.pipe(v.number(), v.integer(), v.minValue(-farthest), v.maxValue(farthest)),
  }),
  /** The earliest of them was taken then; all others move along with it. */
  v.object({ how: v.literal('first'), at: wallTime }),
  /** The clock stayed in the zone `from` where it was in `to`. */
  v.object({ how: v.literal('zone'), from: zoneOffset, to: zoneOffset }),
  /** What the name of the file, or of the folders above it, tells. */
  v.object({ how: v.literal('name'), of: v.picklist(['file', 'folder']) }),
  /** Takes back what the person said. */
  v.object({ how: v.literal('as-in-file') }),
])
export type DateChange = v.InferOutput<typeof dateChange>

/** Why a photo keeps its date. */
export const keptReasons = [
  /** It is the same already, or the name tells less than is known. */
  'same',
  /** There is no date to begin with. */
  'undated',
  /** Only its year, month or day is known, which cannot be moved by hours. */
  'coarse',
  /** It would leave the years 1–9999. */
  'outside',
  /** The name tells no date. */
  'untold',
  /** It says itself that its clock stood in another zone. */
  'other-zone',
] as const
export type KeptReason = (typeof keptReasons)[number]

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const photoId = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

export const shownDate = v.nullable(
  v.object({
    ...personFactValues.taken.entries,
    /** `null` for what a person would say by the change. */
    from: v.nullable(v.picklist(dateSources)),
  }),
)
/** A date with where it comes from; `null` for none. */
export type ShownDate = v.InferOutput<typeof shownDate>

const datedPhoto = v.object({ id: photoId, name: v.string() })

/** What a change would do. */
export const datesPreview = v.object({
  /** Photos that would get another date. */
  changed: count,
  /** The first of them, in the order that was given. */
  rows: v.array(v.object({ ...datedPhoto.entries, before: shownDate, after: shownDate })),
  /** The others, by why. */
  kept: v.array(
    v.object({
      why: v.picklist(keptReasons),
      count,
      /** File names of the first of them. */
      names: v.array(v.string()),
    }),
  ),
  /** The earliest photo whose time of day is known. */
  first: v.nullable(v.object({ ...datedPhoto.entries, at: wallTime })),
  /** The offset that most of them have. */
  zone: v.nullable(v.string()),
})
export type DatesPreview = v.InferOutput<typeof datesPreview>
