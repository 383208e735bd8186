import type { Area } from '../../contract/map.ts'
import type { TermId } from '../../labels/term.ts'
import type { Hours, Weekdays, Yearly } from '../language/dates/when.ts'
import type { Being, Likeness } from '../language/query.ts'

/** Scores in 1/10,000, both ends included. */
export interface ScoreRange {
  readonly min: number
  readonly max: number
}

/** `photo.shown_at` in seconds: `from` included, `until` not. Begins and ends at midnight, or leaves out what has no date. */
export interface TimeWindow {
  readonly from: number
  readonly until: number
}

/**
 * How much a reason counts in the order by confidence, before any confidence: what the person said, what a thing is called or
 * where it lies, what was surely seen, the name of a file, what was possibly seen, the words of a name one by one.
 */
export const tiers = { person: 5, name: 4, sure: 3, fileName: 2, possible: 1, apart: 0 } as const
export type Tier = (typeof tiers)[keyof typeof tiers]

const naming: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>([
  'folder',
  'camera',
  'lens',
  'place',
  'days',
  'hours',
])

/** The tier of a fact that is certain, the lowest where it names nothing; labels count by their score. */
export function tierOf(fact: Fact): Tier {
  if (fact.kind === 'words') return fact.tier
  if (fact.kind === 'album') return tiers.person
  if (fact.kind === 'window') return fact.window === always ? tiers.apart : tiers.name
  return naming.has(fact.kind) ? tiers.name : tiers.apart
}

/** Something that holds for some photos. `match` is an FTS5 expression made here, never a person's text as it is. */
export type Fact =
  /** `sure`: the score from which it is more than possible. */
  | ({ readonly kind: 'term'; readonly term: TermId; readonly sure: number } & ScoreRange)
  /** Its surest class. */
  | ({ readonly kind: 'best' } & ScoreRange)
  | {
      readonly kind: 'words'
      readonly table: WordsTable
      readonly match: string
      readonly tier: Tier
    }
  /** So many, from 1 on; both ends included. */
  | { readonly kind: 'stars'; readonly min: number; readonly max: number }
  | { readonly kind: 'window'; readonly window: TimeWindow }
  | { readonly kind: 'days'; readonly days: Yearly | Weekdays }
  | Hours
  /** `ids` follow from `value`, whose last word may be cut short if `beginning`. */
  | {
      readonly kind: 'folder'
      readonly value: string
      readonly beginning: boolean
      readonly ids: readonly number[]
    }
  | { readonly kind: 'camera'; readonly ids: readonly number[] }
  | { readonly kind: 'lens'; readonly ids: readonly number[] }
  | { readonly kind: 'place'; readonly ids: readonly number[] }
  | { readonly kind: 'album'; readonly term: TermId }
  | { readonly kind: 'area'; readonly area: Area }
  | { readonly kind: 'type'; readonly format: string }
  /** It looks like that photo; scores say how much. See `Likeness`. */
  | { readonly kind: 'similar'; readonly how: Likeness; readonly photo: number | string }
  | { readonly kind: 'state'; readonly what: PhotoState }
  /** Any photo; its score is its shape, see `contract/shape.ts`, which no query asks for. */
  | { readonly kind: 'shape' }
  /** It has a rating; its score is one more than that, as rejected is −1. All numbers of stars are answered by it. */
  | { readonly kind: 'rating' }
  /** Only the year or month of them is known; see `date-order.ts`. */
  | { readonly kind: 'inPart'; readonly unit: PartOfDate }

/** `names`: what files are called, and keywords; `said`: titles and notes. */
export type WordsTable = 'names' | 'said'

/** All that is known of some dates; the photo stands in the order on the first day of it. */
export type PartOfDate = 'year' | 'month'

/** A fact that follows from the order by date. */
export type DaysFact = Extract<Fact, { kind: 'window' | 'days' }>
/** A fact that is kept in memory. */
export type KeptFact = Exclude<Fact, DaysFact>

export const isOfDays = (fact: Fact): fact is DaysFact => fact.kind === 'window' || fact.kind === 'days'

export type PhotoState =
  Exclude<Being, 'untagged'> | 'tagged' | 'place' | 'keywords' | 'hasCamera' | 'title' | 'note'

export const always: TimeWindow = { from: Number.MIN_SAFE_INTEGER, until: Number.MAX_SAFE_INTEGER }
