import type { TermId } from '../../labels/term.ts'
import { decidedScore } from '../../library/photos/index-entries.ts'
import { scoreScale } from '../language/bounds.ts'
import type { Criterion, Part, Query } from '../language/query.ts'
import { mostStars } from '../language/stars.ts'
import type { Vocabulary } from '../language/vocabulary.ts'
import { always, tierOf, type Fact, type ScoreRange, type TimeWindow } from './facts.ts'
import {
  dated,
  everyPhoto,
  meaningsOf,
  type CutOffs,
  type Library,
  type Meaning,
  type Naming,
} from './meanings.ts'

/** Alternatives: one fact of `any` holds, or none of one of the lists of `none`, or all groups of one of the lists of `all`. */
export interface Group {
  /** The best of `any` counts in the order by confidence. */
  readonly scored: boolean
  readonly any: readonly Fact[]
  readonly none: readonly (readonly Fact[])[]
  readonly all: readonly (readonly Group[])[]
}

/** What is asked of each photo: all groups hold, and it lies in the window. */
export interface Plan {
  readonly window: TimeWindow
  readonly groups: readonly Group[]
  /** Hidden photos are asked for; else they are left out. */
  readonly withHidden: boolean
}

/** A part of the query with what it means in this library. */
export interface PlannedPart {
  readonly part: Part
  /** The piece of the query that it was read from. */
  readonly text: string
  readonly meanings: readonly Meaning[]
  /** The same of each word of a name of several, if every one of them means something. */
  readonly apart: readonly (readonly Meaning[])[]
  /** Nothing is called so, and the other words answer without it. */
  readonly setAside: boolean
  /** Parts of one group are alternatives. */
  readonly group: number
}

export interface Planned {
  /** `null` when no photo can be meant. */
  readonly plan: Plan | null
  readonly parts: readonly PlannedPart[]
}

/** What the query says of the confidence of labels; `null`: nothing. */
type Bounds = { readonly min: number | null; readonly max: number | null } | null

function cutOffsOf(bounds: Bounds, minConfidence: number | null, vocabulary: Vocabulary): CutOffs {
  const withNames = bounds === null || bounds.max === null
  const rangeOf = (term: TermId): ScoreRange => {
    if (bounds !== null) return { min: bounds.min ?? 1, max: bounds.max ?? decidedScore }
    const min = minConfidence === null ? vocabulary.threshold(term) : Math.round(minConfidence * scoreScale)
    return { min: Math.max(1, min), max: decidedScore }
  }
  return {
    rangeOf,
    excludedFrom: (term) => ({
      min: Math.min(
        vocabulary.countedFrom(term),
        withNames && (bounds !== null || minConfidence !== null) ? rangeOf(term).min : decidedScore,
      ),
      max: decidedScore,
    }),
    withNames,
  }
}

type Meant = Omit<PlannedPart, 'setAside' | 'group'>

/**
 * Turns a query into a plan. Cut-offs of labels: what the query says (`confidence:`), else `minConfidence`, else each label's
 * own threshold; names know none. Words that meet no photo are set aside as long as anything else is asked for.
 */
export function planOf(
  query: Query,
  minConfidence: number | null,
  vocabulary: Vocabulary,
  library: Library,
): Planned {
  const bounds = boundsOf(query)
  const cutOffs = cutOffsOf(bounds, minConfidence, vocabulary)
  const meant = (part: Part): Meant => {
    const { criterion, negated, start, end } = part
    const text = query.text.slice(start, end)
    if (!isNaming(criterion)) return { part, text, meanings: [], apart: [] }
    const of = (each: Naming): readonly Meaning[] => meaningsOf(each, part, vocabulary, library, cutOffs)
    const apart = criterion.kind === 'word' && !negated ? criterion.each.map(of) : []
    return { part, text, meanings: of(criterion), apart: apart.every((each) => each.length > 0) ? apart : [] }
  }
  const groups = query.groups.map((parts) => parts.map(meant))
  const asksMore = groups.some(
    (parts) => !meetsNothing(parts) && parts.some(({ part }) => asksForPhotos(part)),
  )
  const isAside = (parts: readonly Meant[]): boolean => asksMore && meetsNothing(parts)
  return {
    plan: joined(
      groups.filter((parts) => !isAside(parts)),
      bounds,
    ),
    parts: groups.flatMap((parts, group) =>
      parts.map((each) => ({ ...each, setAside: isAside(parts), group })),
    ),
  }
}

const meetsNothing = (parts: readonly Meant[]): boolean =>
  parts.every(
    ({ part: { criterion, negated, required }, meanings, apart }) =>
      criterion.kind === 'word' && !negated && !required && meanings.length + apart.length === 0,
  )

/** It says what photos are looked for, not only what they must not be or how sure. */
const asksForPhotos = ({ criterion, negated }: Part): boolean =>
  !negated && criterion.kind !== 'confidence' && criterion.kind !== 'ignored'

const namings: ReadonlySet<Criterion['kind']> = new Set<Naming['kind']>([
  'word',
  'terms',
  'album',
  'folder',
  'camera',
  'place',
  'near',
  'name',
  'keyword',
  'title',
  'note',
  'date',
])
const isNaming = (criterion: Criterion): criterion is Naming => namings.has(criterion.kind)

function joined(asked: readonly (readonly Meant[])[], bounds: Bounds): Plan | null {
  let window = always
  const groups = new Map<string, Group>()
  let asksLabels = false
  // Photos like one are ordered by how much they are, whatever else is asked for.
  const byLikeness = asked.some((parts) => parts.some(isOfLikeness))
  for (const parts of asked) {
    const any = new Map<string, Fact>()
    const none: (readonly Fact[])[] = []
    const all: (readonly Group[])[] = []
    const add = (fact: Fact): unknown => any.set(JSON.stringify(fact), fact)
    const scored = parts.some(byLikeness ? isOfLikeness : isScored)
    asksLabels ||= parts.some(
      ({ part, meanings }) => !part.negated && meanings.some(({ term }) => term !== null),
    )
    let holds = false
    for (const { part, meanings, apart } of parts) {
      const { criterion, negated } = part
      const facts = isNaming(criterion) ? meanings.flatMap((each) => each.facts) : factsOf(criterion, negated)
      if (typeof facts === 'boolean') holds ||= facts !== negated
      else if (negated && facts.length === 0) holds = true
      else if (negated !== holdsWithout(criterion)) none.push(facts)
      else facts.forEach(add)
      if (apart.length > 0) all.push(apart.map((each) => groupOf(each.flatMap(({ facts }) => facts))))
    }
    if (holds && !scored) continue
    if (holds) add(everyPhoto)
    const [only, other] = any.values()
    const others = none.length + all.length
    if (only === undefined && others === 0) return null
    if (only?.kind === 'window' && other === undefined && others === 0) window = overlap(window, only.window)
    else groups.set(sameness(parts), { scored, any: [...any.values()], none, all })
  }
  if (window.from >= window.until) return null
  // A confidence was asked for, but no label.
  const best: Fact | null =
    bounds === null || asksLabels
      ? null
      : { kind: 'best', min: bounds.min ?? 0, max: bounds.max ?? decidedScore }
  return {
    window,
    withHidden: asked.some((parts) => parts.some(({ part }) => asksForHidden(part))),
    groups: [...groups.values(), ...(best === null ? [] : [{ ...groupOf([best]), scored: false }])],
  }
}

const groupOf = (any: readonly Fact[]): Group => ({ scored: true, any, none: [], all: [] })

const isOfLikeness = ({ part: { criterion, negated } }: Meant): boolean =>
  criterion.kind === 'similar' && !negated

/** It counts in the order by confidence: a word that is more than a date, or a label. */
function isScored({ part: { criterion, negated }, meanings, apart }: Meant): boolean {
  if (negated) return false
  const isOnlyDate =
    meanings.length > 0 && meanings.every(({ kind }) => kind === 'date') && apart.length === 0
  return criterion.kind === 'terms' || (criterion.kind === 'word' && !isOnlyDate)
}

/** Any of which makes the criterion hold; `true` and `false` where that does not depend on the photo. */
function factsOf(criterion: Exclude<Criterion, Naming>, negated: boolean): readonly Fact[] | boolean {
  switch (criterion.kind) {
    case 'area':
      return [criterion]
    case 'similar':
      return [{ kind: 'similar', how: criterion.how, photo: criterion.photo }]
    case 'type':
      return [{ kind: 'type', format: criterion.value }]
    case 'has':
      if (criterion.what === 'date') return [{ kind: 'window', window: dated }]
      if (criterion.what === 'stars') return [{ kind: 'stars', min: 1, max: mostStars }]
      return [{ kind: 'state', what: criterion.what === 'camera' ? 'hasCamera' : criterion.what }]
    case 'is':
      return [{ kind: 'state', what: criterion.what === 'untagged' ? 'tagged' : criterion.what }]
    case 'stars': {
      const { min, max } = criterion
      if (min > 0) return [{ kind: 'stars', min, max }]
      return max === mostStars ? true : [{ kind: 'stars', min: max + 1, max: mostStars }]
    }
    case 'confidence':
    case 'ignored':
      return !negated
    case 'unknown':
      return false
  }
}

/** It holds where the fact behind it does not. */
const holdsWithout = (criterion: Criterion): boolean =>
  (criterion.kind === 'is' && criterion.what === 'untagged') ||
  (criterion.kind === 'stars' && criterion.min === 0)

const asksForHidden = ({ criterion, negated }: Part): boolean =>
  criterion.kind === 'is' && criterion.what === 'hidden' && !negated

/** The same words twice count once. */
function sameness(parts: readonly Meant[]): string {
  return JSON.stringify(parts.map(({ part: { criterion, negated } }) => [criterion, negated]))
}

function boundsOf(query: Query): Bounds {
  let found: Bounds = null
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

function overlap(a: TimeWindow, b: TimeWindow): TimeWindow {
  return { from: Math.max(a.from, b.from), until: Math.min(a.until, b.until) }
}

/** The one label asked for, when nothing else is. */
export function onlyTerm({ window, groups, withHidden }: Plan): Extract<Fact, { kind: 'term' }> | null {
  const [group, other] = groups
  const [fact, another] = group?.any ?? []
  if (
    window !== always ||
    withHidden ||
    other !== undefined ||
    another !== undefined ||
    group?.none.length !== 0 ||
    group.all.length > 0
  )
    return null
  return fact?.kind === 'term' ? fact : null
}

/** The one album asked for, when nothing else is. */
export function onlyAlbum({ window, groups, withHidden }: Plan): TermId | null {
  const [group, other] = groups
  const [fact, another] = group?.any ?? []
  const isOnly = window === always && !withHidden && other === undefined && another === undefined
  if (!isOnly || fact?.kind !== 'album' || group === undefined) return null
  return group.none.length === 0 && group.all.length === 0 ? fact.term : null
}

/** The photo whose stack is all that is asked for. */
export function onlyStack({ window, groups }: Plan): number | null {
  if (window !== always) return null
  const [group, other] = groups
  const [fact, another] = group?.any ?? []
  if (fact?.kind !== 'similar' || fact.how !== 'stack' || typeof fact.photo !== 'number') return null
  return other === undefined && another === undefined && group?.none.length === 0 ? fact.photo : null
}

/** It asks for photos like one. */
export const asksForLikeness = ({ groups }: Plan): boolean =>
  groups.some(({ any }) => any.some((fact) => fact.kind === 'similar' && fact.how === 'similar'))

const isOfLooks = ({ kind }: Fact): boolean => kind === 'similar'

/** What it finds hangs on which photos are known to be the same picture. */
export function dependsOnLooks({ groups }: Pick<Plan, 'groups'>): boolean {
  return groups.some(
    ({ any, none, all }) =>
      any.some(isOfLooks) ||
      none.flat().some(isOfLooks) ||
      all.some((inner) => dependsOnLooks({ groups: inner })),
  )
}

/** No photo it finds counts more than another: the order by confidence would be that by date. */
export const hasOneTier = ({ groups }: Plan): boolean =>
  groups.every(
    ({ scored, any, all }) =>
      !scored ||
      (all.length === 0 &&
        any.every(({ kind }) => kind !== 'term' && kind !== 'similar') &&
        new Set(any.map(tierOf)).size <= 1),
  )
