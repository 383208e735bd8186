import * as v from 'valibot'
import { datePrecisions, dateSources } from '../../contract/dates.ts'
import type { PhotoMetadata } from '../../imaging/photo-reading.ts'

const number = v.nullable(v.number())
const text = v.nullable(v.string())

/** What is kept as JSON. A library may come from someone else, and its text say anything. */
const photoMetadata: v.GenericSchema<unknown, PhotoMetadata> = v.object({
  takenAt: text,
  takenPrecision: v.nullable(v.picklist(datePrecisions)),
  takenOffset: text,
  takenFrom: v.nullable(v.picklist(dateSources)),
  position: v.nullable(v.object({ latitude: v.number(), longitude: v.number() })),
  camera: text,
  lens: text,
  exposure: v.object({ time: number, fNumber: number, iso: number, focalLength: number }),
  keywords: v.array(v.string()),
  keywordPaths: v.array(v.array(v.string())),
  rating: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(-1), v.maxValue(5))),
})

/** Facts as kept in `content_facts.facts` and `file.sidecar`; `null` for none, and for what Kartoteka never wrote there. */
export function keptFacts(json: string | null): PhotoMetadata | null {
  return keptAs(photoMetadata, json)
}

/** Keywords as kept in `photo.keywords`. */
export function keptKeywords(json: string | null): string[] {
  return keptAs(v.array(v.string()), json) ?? []
}

/** Trees of keywords as kept in `photo.keyword_paths`. */
export function keptKeywordPaths(json: string | null): string[][] {
  return keptAs(v.array(v.array(v.string())), json) ?? []
}

function keptAs<Value>(schema: v.GenericSchema<unknown, Value>, json: string | null): Value | null {
  if (json === null) return null
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null
  }
  const { success, output } = v.safeParse(schema, value)
  return success ? output : null
}
