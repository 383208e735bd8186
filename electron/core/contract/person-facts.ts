import * as v from 'valibot'
import { datePrecisions } from './dates.ts'

/** Local wall time, `2019-07-14T18:03:22`, of a day that there is, in the years 1–9999. */
export const wallTime = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/u, 'a time is written 2019-07-14T18:03:22'),
  v.check((text) => isWallTime(text), 'there is no such day or time'),
)

function isWallTime(text: string): boolean {
  const date = new Date(`${text}Z`)
  return !Number.isNaN(date.getTime()) && !text.startsWith('0000') && date.toISOString().startsWith(text)
}

/** Of a clock from UTC. */
export const zoneOffset = v.pipe(
  v.string(),
  v.regex(/^[+-](?:0\d|1[0-4]):[0-5]\d$/u, 'an offset is written +02:00'),
)

/** Characters. */
const longestTitle = 1000
const longestNote = 100_000

const text = (longest: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(longest))

/** What a person may say of a photo beside labels. Whatever is not said is as in the file. */
export const personFactValues = {
  /** Stars; 0 for none, −1 for rejected. */
  rating: v.pipe(v.number(), v.integer(), v.minValue(-1), v.maxValue(5)),
  favourite: v.literal(true),
  /** Off the wall, unless the search asks for hidden ones. */
  hidden: v.literal(true),
  title: text(longestTitle),
  note: text(longestNote),
  /** `at` is the beginning of what is known: `1965-01-01T00:00:00` for the year 1965. */
  taken: v.object({ at: wallTime, precision: v.picklist(datePrecisions), offset: v.nullable(zoneOffset) }),
  /** Degrees, north and east positive; `none`: the file is wrong, there is no place. */
  position: v.union([
    v.object({
      latitude: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
      longitude: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
    }),
    v.literal('none'),
  ]),
  /** Degrees clockwise, after the file's own orientation. */
  turn: v.picklist([90, 180, 270]),
} as const

export type PersonField = keyof typeof personFactValues
export type PersonFacts = { readonly [Field in PersonField]: v.InferOutput<(typeof personFactValues)[Field]> }

export const personFields = Object.keys(personFactValues) as readonly PersonField[]

/** What a person said of one photo; what was not said is not there. */
export const saidFacts = v.partial(v.object(personFactValues))

const said = <Field extends PersonField>(field: Field) =>
  v.object({ field: v.literal(field), value: v.nullable(personFactValues[field]) })

/** One thing said; `null` takes it back. */
export const personFact = v.variant('field', [
  said('rating'),
  said('favourite'),
  said('hidden'),
  said('title'),
  said('note'),
  said('taken'),
  said('position'),
  said('turn'),
])
export type PersonFact = v.InferOutput<typeof personFact>
