import * as v from 'valibot'
import { personFactValues } from './person-facts.ts'

/** A change of where photos were taken. */
export const placeChange = v.variant('how', [
  /** All of them there; `none`: the files are wrong, there is no place. */
  v.object({ how: v.literal('set'), position: personFactValues.position }),
  /** Each where the photo was taken that is nearest to it in time, within an hour. */
  v.object({ how: v.literal('nearby') }),
  /** Takes back what the person said. */
  v.object({ how: v.literal('as-in-file') }),
])
export type PlaceChange = v.InferOutput<typeof placeChange>

/** Why a photo keeps its place. */
export const keptPlaceReasons = [
  'same',
  /** It has a place, which a neighbour's must not replace. */
  'placed',
  /** Its time of day is not known. */
  'untimed',
  /** No photo with a place was taken within an hour. */
  'alone',
] as const
export type KeptPlaceReason = (typeof keptPlaceReasons)[number]

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const photoId = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

export const position = v.object({ latitude: v.number(), longitude: v.number() })

const shownPlace = v.nullable(
  v.object({
    ...position.entries,
    /** "Rome, Lazio, Italy"; `null` at sea, or while it is not known. */
    name: v.nullable(v.string()),
  }),
)
export type ShownPlace = v.InferOutput<typeof shownPlace>

const namedPhoto = v.object({ id: photoId, name: v.string() })

/** What a change would do. */
export const placesPreview = v.object({
  /** Photos that would get another place, or none. */
  changed: count,
  /** The first of them, in the order that was given. */
  rows: v.array(
    v.object({
      ...namedPhoto.entries,
      before: shownPlace,
      after: shownPlace,
      /** The photo whose place it gets, and how far apart in time they are, seconds. */
      neighbour: v.nullable(v.object({ ...namedPhoto.entries, seconds: count })),
    }),
  ),
  /** The others, by why, with the file names of the first of them. */
  kept: v.array(v.object({ why: v.picklist(keptPlaceReasons), count, names: v.array(v.string()) })),
})
export type PlacesPreview = v.InferOutput<typeof placesPreview>

/** A town that a text may mean; namesakes differ in what they lie in. */
export const town = v.object({
  key: v.string(),
  name: v.string(),
  region: v.nullable(v.string()),
  country: v.nullable(v.string()),
  ...position.entries,
})
export type Town = v.InferOutput<typeof town>
