import * as v from 'valibot'
import { failure } from './states.ts'
import { count } from './values.ts'

/** Pixels: the longest side that a JPEG can have. */
export const longestJpegSide = 65_500

/** What stands in the braces of a pattern for names, see `core/give-away/names.ts`. */
export const namePlaceholders = ['name', 'date', 'time', 'number', 'folder'] as const
export type NamePlaceholder = (typeof namePlaceholders)[number]

const braces = /\{([^{}]*)\}/gu

/** The first part in braces of a pattern that is no placeholder, or `null`. */
export function unknownPlaceholder(pattern: string): string | null {
  for (const [, inside = ''] of pattern.matchAll(braces)) {
    if (!(namePlaceholders as readonly string[]).includes(inside)) return inside
  }
  return null
}

/** How copies are made that leave the library: see `core/give-away`. */
export const copyOptions = v.object({
  /** A pattern such as `{date} {name}`, without an ending; `null`: the names of the originals. */
  names: v.nullable(
    v.pipe(
      v.string(),
      v.trim(),
      v.minLength(1),
      v.maxLength(200),
      v.check((pattern) => unknownPlaceholder(pattern) === null, 'a part in braces is no placeholder'),
    ),
  ),
  as: v.variant('kind', [
    /** The files as they are, on wish with the sidecars beside them. */
    v.object({ kind: v.literal('original'), sidecars: v.boolean() }),
    v.object({
      kind: v.literal('jpeg'),
      /** Pixels of the longer side, never enlarged; `null`: all there are. */
      side: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(longestJpegSide))),
      quality: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
      metadata: v.picklist(['all', 'without-place', 'none']),
    }),
  ]),
})
export type CopyOptions = v.InferOutput<typeof copyOptions>

/** How far copying is. */
const copyProgress = v.object({
  /** Photos that are copied or left out. */
  done: count,
  total: count,
  /** Path of a photo that is in work. */
  current: v.nullable(v.string()),
})
export type CopyProgress = v.InferOutput<typeof copyProgress>

/** What came of it. */
export const copyReport = v.object({
  /** Photos of which there is a copy now. */
  copied: count,
  /** Photos of which there is none. */
  leftOut: count,
  /** Why, a sentence for each; the first thousand, also of sidecars that were left out. */
  reasons: v.array(v.string()),
  /** What ended it before all photos were seen to; `stopped` by the person. */
  ended: v.variant('how', [
    v.object({ how: v.literal('done') }),
    v.object({ how: v.literal('stopped') }),
    v.object({ how: v.literal('failed'), failure }),
  ]),
})
export type CopyReport = v.InferOutput<typeof copyReport>

/** Told while copies are made and when they are. */
export const copyState = v.variant('phase', [
  v.object({ phase: v.literal('copying'), progress: copyProgress }),
  v.object({
    phase: v.literal('ended'),
    report: copyReport,
    /** Where the copies are; `null` for a download. */
    folder: v.nullable(v.string()),
  }),
])
export type CopyState = v.InferOutput<typeof copyState>
