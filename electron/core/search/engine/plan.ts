import { languages } from '../../contract/languages.ts'
import type { TermId } from '../../labels/term.ts'
import { decidedScore } from '../../library/photos/index-entries.ts'
import { undatedAt } from '../../library/times.ts'
import { scoreScale } from '../language/bounds.ts'
import type { Being, Criterion, Days, Part, Query } from '../language/query.ts'
import type { Vocabulary } from '../language/vocabulary.ts'

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

/** Something that holds for some photos. `match` is an FTS5 expression made here, never a person's text as it is. */
export type Fact =
  | ({ readonly kind: 'term'; readonly term: TermId } & ScoreRange)
  /** Its surest class. */
  | ({ readonly kind: 'best' } & ScoreRange)
  /** `score`: how much it counts in the order by confidence. */
  | { readonly kind: 'words'; readonly match: string; readonly score: number }
  | { readonly kind: 'window'; readonly window: TimeWindow }
  /** `ids` follow from `value`. */
  | { readonly kind: 'folder'; readonly value: string; readonly ids: readonly number[] }
  | { readonly kind: 'camera'; readonly ids: readonly number[] }
  | { readonly kind: 'place'; readonly ids: readonly number[] }
  | { readonly kind: 'type'; readonly format: string }
  | { readonly kind: 'state'; readonly what: PhotoState }

export type PhotoState = Exclude<Being, 'untagged'> | 'tagged' | 'place' | 'keywords' | 'hasCamera'

/** Alternatives: one fact of `any` holds, or none of one of the lists of `none`. */
export interface Group {
  /** The best of `any` counts in the order by confidence. */
  readonly scored: boolean
  readonly any: readonly Fact[]
  readonly none: readonly (readonly Fact[])[]
}

/** What is asked of each photo: all groups hold, and it lies in the window. */
export interface Plan {
  readonly window: TimeWindow
  readonly groups: readonly Group[]
}

/** What planning must know of the library. */
export interface Facts {
  /** Folders a value names, with all below; `'all'` when that is every folder. */
  readonly foldersLike: (value: string) => readonly number[] | 'all'
  readonly camerasLike: (value: string) => readonly number[]
  /** Places of this library that have such a name in any language, with everything in them. */
  readonly placesLike: (value: string) => readonly number[]
  /** Those near towns that have such a name. */
  readonly placesNear: (value: string) => readonly number[]
  /** Whether any photo on the wall has such words. */
  readonly hasMatch: (match: string) => boolean
}

export const always: TimeWindow = { from: Number.MIN_SAFE_INTEGER, until: Number.MAX_SAFE_INTEGER }
/** Beside labels an alternative that always holds still leaves those the person confirmed in front. */
const everyPhoto: Fact = { kind: 'window', window: always }
/** All photos that have a date. */
const dated: TimeWindow = { from: undatedAt + 1, until: always.until }
const secondsPerDay = 86_400

/** Words of a phrase that are looked for: each one more costs a walk through all photos that have it. */
const mostPhraseWords = 6

/**
 * An FTS5 expression that finds the words side by side; the last may be the beginning of a word if it is long enough.
 * Of a long phrase only the first words are looked for.
 */
export function matchOf(words: string, column: 'name' | 'keywords' | null, beginning: boolean): string {
  const wanted = words.split(' ', mostPhraseWords).join(' ')
  const phrase = `"${wanted.replaceAll('"', '""')}"`
  const last = wanted.slice(wanted.lastIndexOf(' ') + 1)
  const prefix = beginning && [...last].length >= 3 ? ' *' : ''
  return `${column === null ? '' : `${column} : `}${phrase}${prefix}`
}

const written = (match: string, score = scoreScale): Fact => ({ kind: 'words', match, score })

/**
 * Turns a query into a plan; `null` when no photo can be meant. Cut-offs: what the query says (`confidence:`), else
 * `minConfidence`, else each label's own threshold. A photo that has a word only among its keywords counts as just under
 * the cut-off, so it comes after the photos in which it was seen. What must not be there is left out from the lower of
 * cut-off and threshold on.
 */
export function planOf(
  query: Query,
  minConfidence: number | null,
  vocabulary: Vocabulary,
  library: Facts,
): Plan | null {
  const bounds = boundsOf(query)
  const rangeOf = (term: TermId): ScoreRange => {
    if (bounds !== null) return { min: bounds.min ?? 1, max: bounds.max ?? decidedScore }
    const min = minConfidence === null ? vocabulary.threshold(term) : Math.round(minConfidence * scoreScale)
    return { min: Math.max(1, min), max: decidedScore }
  }
  const withKeywords = bounds === null || bounds.max === null
  const excludedFrom = (term: TermId): ScoreRange => ({
    min: Math.min(vocabulary.threshold(term), withKeywords ? rangeOf(term).min : decidedScore),
    max: decidedScore,
  })
  const writtenIfAny = (match: string, score: number): Fact[] =>
    library.hasMatch(match) ? [written(match, score)] : []

  /** Any of which makes the criterion hold; `true` and `false` where that does not depend on the photo. */
  const factsOf = (criterion: Criterion, negated: boolean): readonly Fact[] | boolean => {
    switch (criterion.kind) {
      case 'terms': {
        const ranges = criterion.terms.map((term) => (negated ? excludedFrom(term) : rangeOf(term)))
        const seen = criterion.terms.map((term, at): Fact => ({
          kind: 'term',
          term,
          ...(ranges[at] ?? rangeOf(term)),
        }))
        if (criterion.asked !== 'word' || !withKeywords) return seen
        const names = new Set([criterion.words])
        for (const term of criterion.terms)
          for (const language of languages) names.add(vocabulary.plainName(term, language))
        const match = `keywords : (${[...names].map((name) => matchOf(name, null, false)).join(' OR ')})`
        return [...seen, ...writtenIfAny(match, Math.max(0, Math.min(...ranges.map(({ min }) => min)) - 1))]
      }
      case 'date': {
        const taken: Fact = { kind: 'window', window: windowOf(criterion.days) }
        if (criterion.word === null || negated) return [taken]
        return [taken, ...writtenIfAny(matchOf(criterion.word, 'keywords', false), scoreScale)]
      }
      case 'folder': {
        const ids = library.foldersLike(criterion.value)
        if (ids === 'all') return true
        return ids.length > 0 && [{ kind: 'folder', value: criterion.value, ids }]
      }
      case 'camera': {
        const ids = library.camerasLike(criterion.value)
        return ids.length > 0 && [{ kind: 'camera', ids }]
      }
      case 'place':
      case 'near': {
        const ids =
          criterion.kind === 'place'
            ? library.placesLike(criterion.value)
            : library.placesNear(criterion.value)
        return ids.length > 0 && [{ kind: 'place', ids }]
      }
      case 'type':
        return [{ kind: 'type', format: criterion.value }]
      case 'has':
        if (criterion.what === 'date') return [{ kind: 'window', window: dated }]
        return [{ kind: 'state', what: criterion.what === 'camera' ? 'hasCamera' : criterion.what }]
      case 'is':
        return [{ kind: 'state', what: criterion.what === 'untagged' ? 'tagged' : criterion.what }]
      case 'name':
        return [written(matchOf(criterion.words, 'name', true))]
      case 'keyword':
        return [written(matchOf(criterion.words, 'keywords', false))]
      case 'text':
        return [written(matchOf(criterion.words, null, true))]
      case 'confidence':
      case 'ignored':
        return !negated
      case 'unknown':
        return false
    }
  }

  let window = always
  const groups = new Map<string, Group>()
  let asksLabels = false
  for (const parts of query.groups) {
    const any = new Map<string, Fact>()
    const none: (readonly Fact[])[] = []
    const add = (fact: Fact): unknown => any.set(JSON.stringify(fact), fact)
    const scored = parts.some(({ criterion, negated }) => criterion.kind === 'terms' && !negated)
    asksLabels ||= scored
    let holds = false
    for (const { criterion, negated } of parts) {
      const facts = factsOf(criterion, negated)
      if (typeof facts === 'boolean') holds ||= facts !== negated
      else if (negated !== isUntagged(criterion)) none.push(facts)
      else facts.forEach(add)
    }
    if (holds && !scored) continue
    if (holds) add(everyPhoto)
    const [only, other] = any.values()
    if (only === undefined && none.length === 0) return null
    if (only?.kind === 'window' && other === undefined && none.length === 0)
      window = overlap(window, only.window)
    else groups.set(sameness(parts), { scored, any: [...any.values()], none })
  }
  if (window.from >= window.until) return null
  // A confidence was asked for, but no label.
  const best: Fact | null =
    bounds === null || asksLabels
      ? null
      : { kind: 'best', min: bounds.min ?? 0, max: bounds.max ?? decidedScore }
  return {
    window,
    groups: [...groups.values(), ...(best === null ? [] : [{ scored: false, any: [best], none: [] }])],
  }
}

/** It holds where the fact behind it does not. */
const isUntagged = (criterion: Criterion): boolean => criterion.kind === 'is' && criterion.what === 'untagged'

/** The same words twice count once. */
function sameness(parts: readonly Part[]): string {
  return JSON.stringify(parts.map(({ criterion, negated }) => [criterion, negated]))
}

function boundsOf(query: Query): { min: number | null; max: number | null } | null {
  let found: { min: number | null; max: number | null } | null = null
  for (const { criterion } of query.groups.flat()) {
    if (criterion.kind !== 'confidence') continue
    const { min, max } = criterion
    found ??= { min: null, max: null }
    found = {
      min: min === null ? found.min : Math.max(min, found.min ?? min),
      max: max === null ? found.max : Math.min(max, found.max ?? max),
    }
  }
  return found
}

/** A photo without a date lies in no window with an end. */
function windowOf({ from, until }: Days): TimeWindow {
  return {
    from: from === null ? dated.from : from * secondsPerDay,
    until: until === null ? dated.until : until * secondsPerDay,
  }
}

function overlap(a: TimeWindow, b: TimeWindow): TimeWindow {
  return { from: Math.max(a.from, b.from), until: Math.min(a.until, b.until) }
}

/** The one label asked for, when nothing else is. */
export function onlyTerm({ window, groups }: Plan): Extract<Fact, { kind: 'term' }> | null {
  const [group, other] = groups
  const [fact, another] = group?.any ?? []
  if (window !== always || other !== undefined || another !== undefined || group?.none.length !== 0)
    return null
  return fact?.kind === 'term' ? fact : null
}
