import { languages } from '../contract/languages.ts'
import type { Sort } from '../contract/values.ts'
import type { TermId } from '../labels/term.ts'
import { decidedScore } from '../library/photos/index-entries.ts'
import { scoreScale } from './confidence.ts'
import { undatedAt } from '../library/times.ts'
import type { Being, Criterion, Days, Part, Query } from './query.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Scores in 1/10,000, both ends included. */
export interface ScoreRange {
  readonly min: number
  readonly max: number
}

/** `finding.shown_at` in seconds: `from` included, `until` not. */
export interface TimeWindow {
  readonly from: number
  readonly until: number
}

export interface TermTest extends ScoreRange {
  readonly term: TermId
}

/** One thing a photo is tested for. `match` is an FTS5 expression made here, never a person's text as it is. */
export type Test =
  | { readonly kind: 'term'; readonly test: TermTest }
  | { readonly kind: 'words'; readonly match: string; readonly score: number }
  | {
      readonly kind: 'no-terms'
      readonly terms: readonly TermTest[]
      readonly match: string | null
    }
  | { readonly kind: 'window'; readonly window: TimeWindow; readonly negated: boolean }
  | { readonly kind: 'folder'; readonly ids: readonly number[]; readonly negated: boolean }
  | { readonly kind: 'camera'; readonly ids: readonly number[]; readonly negated: boolean }
  | { readonly kind: 'type'; readonly format: string; readonly negated: boolean }
  | {
      readonly kind: 'state'
      readonly what: Being | 'place' | 'keywords' | 'has camera'
      readonly negated: boolean
    }
  | { readonly kind: 'no-words'; readonly match: string }

/** It holds for the photos that are in none of its sets. */
export function isNegated(test: Test): boolean {
  return test.kind === 'no-terms' || test.kind === 'no-words' || ('negated' in test && test.negated)
}

/** Alternatives of which one must hold. `scored`: the best of them counts in the order by confidence. */
export interface TestGroup {
  readonly scored: boolean
  readonly tests: readonly Test[]
}

/**
 * How the library is asked.
 * `wall`: the photos themselves by date. `term`: one label, straight from its index; `match` adds the photos that only
 * their keywords name. `composed`: all the rest, worked out once and kept.
 */
export type Plan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'wall'; readonly window: TimeWindow }
  | { readonly kind: 'term'; readonly test: TermTest; readonly match: string | null }
  | {
      readonly kind: 'composed'
      readonly window: TimeWindow
      readonly groups: readonly TestGroup[]
      /** The best class of a photo must lie in this range: a confidence was asked for, but no label. */
      readonly best: ScoreRange | null
      readonly population: Population
    }

/** Photos that could not be read are no part of the wall, but can be asked for: they are present. */
type Population = 'visible' | 'present'

/** What planning must know of the library. */
export interface Facts {
  /** Folders a value names, with all below; `'all'` when that is every folder. */
  readonly foldersLike: (value: string) => readonly number[] | 'all'
  readonly camerasLike: (value: string) => readonly number[]
  /** Whether any of these photos has such words. */
  readonly hasMatch: (match: string, population: Population) => boolean
}

export const always: TimeWindow = { from: Number.MIN_SAFE_INTEGER, until: Number.MAX_SAFE_INTEGER }
/** Beside labels an alternative that always holds still leaves those the person confirmed in front. */
const everyPhoto: Test = { kind: 'window', window: always, negated: false }
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

const written = (match: string, negated: boolean): readonly Test[] =>
  negated ? [{ kind: 'no-words', match }] : [{ kind: 'words', match, score: scoreScale }]

/**
 * Turns a query into tests. Cut-offs: what the query says (`confidence:`), else `minConfidence`, else each label's own
 * threshold. A photo that has a word only among its keywords counts as just under the cut-off, so it comes after the
 * photos in which it was seen. What must not be there is left out from the lower of cut-off and threshold on.
 */
export function planOf(
  query: Query,
  { minConfidence, sort }: { readonly minConfidence: number | null; readonly sort: Sort },
  vocabulary: Vocabulary,
  facts: Facts,
): Plan {
  const bounds = boundsOf(query)
  const population: Population = asksUnreadable(query) ? 'present' : 'visible'
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
  const keywordsOf = (criterion: Extract<Criterion, { kind: 'terms' }>): string | null => {
    if (criterion.asked !== 'word' || !withKeywords) return null
    const names = new Set([criterion.words])
    for (const term of criterion.terms)
      for (const language of languages) names.add(vocabulary.plainName(term, language))
    const match = `keywords : (${[...names].map((name) => matchOf(name, null, false)).join(' OR ')})`
    return facts.hasMatch(match, population) ? match : null
  }

  /** `true` and `false` where the answer does not depend on the photo. */
  const testsOf = (criterion: Criterion, negated: boolean): readonly Test[] | boolean => {
    switch (criterion.kind) {
      case 'terms': {
        const match = keywordsOf(criterion)
        if (negated)
          return [
            {
              kind: 'no-terms',
              terms: criterion.terms.map((term) => ({ term, ...excludedFrom(term) })),
              match,
            },
          ]
        const tests: Test[] = criterion.terms.map((term) => ({
          kind: 'term',
          test: { term, ...rangeOf(term) },
        }))
        const lowest = Math.min(...criterion.terms.map((term) => rangeOf(term).min))
        if (match !== null) tests.push({ kind: 'words', match, score: Math.max(0, lowest - 1) })
        return tests
      }
      case 'date':
        return dateTests(criterion, negated)
      case 'folder': {
        const ids = facts.foldersLike(criterion.value)
        if (ids === 'all') return !negated
        return ids.length === 0 ? negated : [{ kind: 'folder', ids, negated }]
      }
      case 'camera': {
        const ids = facts.camerasLike(criterion.value)
        return ids.length === 0 ? negated : [{ kind: 'camera', ids, negated }]
      }
      case 'type':
        return [{ kind: 'type', format: criterion.value, negated }]
      case 'has':
        if (criterion.what === 'date') return [{ kind: 'window', window: dated, negated }]
        return [{ kind: 'state', what: criterion.what === 'camera' ? 'has camera' : criterion.what, negated }]
      case 'is':
        return [{ kind: 'state', what: criterion.what, negated }]
      case 'name':
        return written(matchOf(criterion.words, 'name', true), negated)
      case 'keyword':
        return written(matchOf(criterion.words, 'keywords', false), negated)
      case 'text':
        return written(matchOf(criterion.words, null, true), negated)
      case 'confidence':
      case 'ignored':
        return true
      case 'unknown':
        return negated
    }
  }
  const dateTests = ({ days, word }: Extract<Criterion, { kind: 'date' }>, negated: boolean): Test[] => {
    const match = word === null || negated ? null : matchOf(word, 'keywords', false)
    const taken: Test = { kind: 'window', window: windowOfDays(days), negated }
    if (match === null || !facts.hasMatch(match, population)) return [taken]
    return [taken, { kind: 'words', match, score: scoreScale }]
  }
  let window = always
  const groups = new Map<string, TestGroup>()
  let asksLabels = false
  for (const parts of query.groups) {
    const answers = parts.map(({ criterion, negated }) => testsOf(criterion, negated))
    const scored = parts.some(({ criterion, negated }) => criterion.kind === 'terms' && !negated)
    asksLabels ||= scored
    if (!scored && answers.includes(true)) continue
    const tests = unique(
      answers.flatMap((answer) => (answer === true ? [everyPhoto] : answer === false ? [] : answer)),
    )
    const [only] = tests
    if (only === undefined) return { kind: 'nothing' }
    if (tests.length === 1 && only.kind === 'window' && !only.negated) window = overlap(window, only.window)
    else groups.set(sameness(parts), { scored, tests })
  }
  if (window.from >= window.until) return { kind: 'nothing' }
  const best =
    bounds === null || asksLabels ? null : { min: bounds.min ?? 0, max: bounds.max ?? decidedScore }
  const plan: Composed = {
    kind: 'composed',
    window,
    groups: [...groups.values()],
    best,
    population,
  }
  return simplest(plan, sort)
}

function unique(tests: readonly Test[]): Test[] {
  return [...new Map(tests.map((test) => [JSON.stringify(test), test])).values()]
}

/** The same words twice count once. */
function sameness(parts: readonly Part[]): string {
  return JSON.stringify(parts.map(({ criterion, negated }) => [criterion, negated]))
}

export type Composed = Extract<Plan, { kind: 'composed' }>

function simplest(plan: Composed, sort: Sort): Plan {
  if (plan.best !== null || plan.population === 'present') return plan
  const [group, second] = plan.groups
  if (group === undefined) return { kind: 'wall', window: plan.window }
  if (second !== undefined || plan.window !== always) return plan
  const [first, words, third] = group.tests
  if (first?.kind !== 'term' || third !== undefined) return plan
  if (words === undefined) return { kind: 'term', test: first.test, match: null }
  const below = words.kind === 'words' && words.score < first.test.min
  return below && sort === 'confidence' ? { kind: 'term', test: first.test, match: words.match } : plan
}

/** Photos that were never read have no place on the wall; `is:problem` and `is:pending` are about them, too. */
function asksUnreadable(query: Query): boolean {
  return query.groups.some(
    ([part, other]) =>
      part !== undefined &&
      other === undefined &&
      !part.negated &&
      part.criterion.kind === 'is' &&
      (part.criterion.what === 'problem' || part.criterion.what === 'pending'),
  )
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
function windowOfDays({ from, until }: Days): TimeWindow {
  return {
    from: from === null ? dated.from : from * secondsPerDay,
    until: until === null ? dated.until : until * secondsPerDay,
  }
}

function overlap(a: TimeWindow, b: TimeWindow): TimeWindow {
  return { from: Math.max(a.from, b.from), until: Math.min(a.until, b.until) }
}
