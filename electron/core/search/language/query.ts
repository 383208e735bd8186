import type { TermId } from '../../labels/term.ts'

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
  readonly start: number
  readonly end: number
}

/** Dates are whole days since 1970-01-01 of the local wall time, `until` exclusive; `null` is open. */
export interface Days {
  readonly from: number | null
  readonly until: number | null
}

export type Having = 'place' | 'date' | 'camera' | 'keywords'
export type Being = 'untagged' | 'problem' | 'pending' | 'confirmed' | 'damaged' | 'offline' | 'copy'

export type Criterion =
  /**
   * Photos found by any of these terms. `asked`: how it was written. A plain word also finds photos whose own
   * keywords contain it; `label:` and `category:` mean the labels only.
   */
  | {
      readonly kind: 'terms'
      readonly asked: 'word' | 'label' | 'category'
      readonly words: string
      readonly terms: readonly TermId[]
    }
  | { readonly kind: 'folder'; readonly value: string }
  | { readonly kind: 'camera'; readonly value: string }
  /** A country, region or town, or what lies near it. */
  | { readonly kind: 'place' | 'near'; readonly value: string }
  | { readonly kind: 'type'; readonly value: string }
  /** `word`: a bare year, which may be a keyword as well. */
  | { readonly kind: 'date'; readonly days: Days; readonly word: string | null }
  | { readonly kind: 'has'; readonly what: Having }
  | { readonly kind: 'is'; readonly what: Being }
  /** Bounds in 1/10,000, inclusive. It narrows every label of the query, so it always stands alone in its group. */
  | { readonly kind: 'confidence'; readonly min: number | null; readonly max: number | null }
  | { readonly kind: 'name'; readonly words: string }
  | { readonly kind: 'keyword'; readonly words: string }
  /** Words no label has, found in file names, keywords and folder names. */
  | { readonly kind: 'text'; readonly words: string }
  /** Left out because the query is too long (see resolve.ts); it asks for nothing and always stands alone. */
  | { readonly kind: 'ignored' }
  /** Found nowhere, or a value an operator does not know. */
  | {
      readonly kind: 'unknown'
      readonly words: string
      readonly operator: OperatorName | null
    }

export type OperatorName =
  | 'label'
  | 'category'
  | 'folder'
  | 'camera'
  | 'place'
  | 'near'
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

/** What the text consists of before any word is looked up. */
export type Item =
  | {
      readonly kind: 'word'
      readonly text: string
      /** A comma or semicolon stands before it, so it does not continue a phrase. */
      readonly apart: boolean
      readonly negated: boolean
      readonly start: number
      readonly end: number
    }
  | {
      readonly kind: 'quoted'
      readonly text: string
      readonly negated: boolean
      readonly start: number
      readonly end: number
    }
  | {
      readonly kind: 'operator'
      readonly operator: OperatorName
      readonly value: string
      readonly quoted: boolean
      readonly negated: boolean
      readonly start: number
      readonly end: number
    }
  | { readonly kind: 'link'; readonly link: 'or' | 'and'; readonly start: number; readonly end: number }
