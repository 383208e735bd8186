import type { Area } from '../../contract/map.ts'
import type { TermId } from '../../labels/term.ts'
import type { When } from './dates/when.ts'

/**
 * A query as it was understood: groups joined by "and", each a list of alternatives joined by "or".
 * Spans are UTF-16 offsets into the text, end exclusive.
 */
export interface Query {
  readonly text: string
  readonly groups: readonly (readonly Part[])[]
}

export interface Part {
  readonly criterion: Criterion
  /** `true`: photos for which the criterion does not hold. */
  readonly negated: boolean
  /** `+word`: it is not set aside when nothing is called so. */
  readonly required: boolean
  readonly start: number
  readonly end: number
}

export type Having = 'place' | 'date' | 'camera' | 'keywords' | 'stars' | 'title' | 'note'
export type Being =
  | 'untagged'
  | 'problem'
  | 'pending'
  | 'confirmed'
  | 'damaged'
  | 'offline'
  | 'copy'
  /** Without a date of its own: none is known, or only when its file was last written. */
  | 'undated'
  /** By a rating of −1. */
  | 'rejected'
  | 'favourite'
  /** Off the wall, as the person wanted; such photos are found only where the query asks for them. */
  | 'hidden'

/** A word, or a name of several, that means all that it can name. */
export interface WordCriterion {
  readonly kind: 'word'
  /** As it is looked for in the names of folders and files, keywords, cameras. */
  readonly words: string
  /** Labels, categories and own labels of that name. */
  readonly terms: readonly TermId[]
  /** Albums of that name, or with the words in it. */
  readonly albums: readonly TermId[]
  /** The date that it may be as well ("2019"). */
  readonly when: When | null
  /** The words of a name of several: photos that have each of them come after those that have the name. */
  readonly each: readonly WordCriterion[]
}

export type Criterion =
  | WordCriterion
  /** `label:` and `category:`: photos found by any of these terms. */
  | {
      readonly kind: 'terms'
      readonly asked: 'label' | 'category'
      readonly words: string
      readonly terms: readonly TermId[]
    }
  /** Photos that are in any of these albums; they are called so, or have the words in their names. */
  | { readonly kind: 'album'; readonly words: string; readonly albums: readonly TermId[] }
  | { readonly kind: 'folder'; readonly value: string }
  | { readonly kind: 'camera'; readonly value: string }
  /** A country, region or town, or what lies near it. */
  | { readonly kind: 'place' | 'near'; readonly value: string }
  /** A box on the map. */
  | { readonly kind: 'area'; readonly area: Area }
  | { readonly kind: 'type'; readonly value: string }
  | {
      readonly kind: 'similar'
      readonly how: Likeness
      /** By its number, or a picture that was shown to the window, by its mark (see alike/shown-pictures.ts). */
      readonly photo: number | string
    }
  | { readonly kind: 'date'; readonly when: When }
  | { readonly kind: 'has'; readonly what: Having }
  | { readonly kind: 'is'; readonly what: Being }
  /** Bounds in 1/10,000, inclusive. It narrows every label of the query, so it always stands alone in its group. */
  | { readonly kind: 'confidence'; readonly min: number | null; readonly max: number | null }
  | { readonly kind: 'name'; readonly words: string }
  | { readonly kind: 'keyword'; readonly words: string }
  /** What the person called the photo, or wrote of it. */
  | { readonly kind: 'title' | 'note'; readonly words: string }
  /** Both ends included, see `stars.ts`. */
  | { readonly kind: 'stars'; readonly min: number; readonly max: number }
  /** Left out because the query is too long (see read-query.ts); it asks for nothing and always stands alone. */
  | { readonly kind: 'ignored' }
  /** A value that its operator does not know. */
  | { readonly kind: 'unknown'; readonly words: string; readonly operator: OperatorName }

export type OperatorName =
  | 'label'
  | 'category'
  | 'album'
  | 'folder'
  | 'camera'
  | 'place'
  | 'near'
  | 'area'
  | 'type'
  | 'date'
  | 'before'
  | 'after'
  | 'since'
  | 'until'
  | 'has'
  | 'is'
  | 'confidence'
  | 'name'
  | 'keyword'
  | 'title'
  | 'note'
  | 'stars'
  | Likeness

/** Photos that look like one, are the same picture, or were put into one stack with it. */
export type Likeness = 'similar' | 'same' | 'stack'

/** What stands before a word: `-` or `+`. */
export type Sign = 'without' | 'required' | null

/** What the text consists of before any word is looked up. */
export type Item =
  | {
      readonly kind: 'word'
      readonly text: string
      /** A comma or semicolon stands before it. */
      readonly apart: boolean
      readonly sign: Sign
      readonly start: number
      readonly end: number
    }
  | {
      readonly kind: 'quoted'
      readonly text: string
      readonly apart: boolean
      readonly sign: Sign
      readonly start: number
      readonly end: number
    }
  | {
      readonly kind: 'operator'
      readonly operator: OperatorName
      readonly value: string
      readonly quoted: boolean
      readonly sign: Sign
      readonly start: number
      readonly end: number
    }
  | { readonly kind: 'link'; readonly link: 'or' | 'and'; readonly start: number; readonly end: number }
