import type { Facet, TermKey } from '../../../electron/core/contract/values.ts'
import { facetBranches, type Branch } from '../rail/rail-branches.ts'

/** A label or category as a card: what it is called, how many photos, and the question it stands for. */
export interface Thing {
  readonly term: TermKey
  readonly label: string
  readonly count: number
  readonly query: string
  /** The person's own label. */
  readonly isOwn: boolean
  readonly of: { readonly facet: Facet }
}

export interface ThingSection {
  readonly id: string
  /** `own`: the person's labels; `group`: what lies in a category, see `of`; `rest`: what lies in no large one. */
  readonly kind: 'own' | 'group' | 'rest'
  readonly of: Thing | null
  readonly things: readonly Thing[]
}

/** A category with fewer cards than this has no section of its own: the page would be all headings. */
const fewest = 4

/**
 * The page of things from top to bottom: the person's own labels, then every large category with all that lies in it, then
 * the rest; within each, and among the categories, what most photos show comes first.
 */
export function thingSections(facets: readonly Facet[]): readonly ThingSection[] {
  const roots = facetBranches(facets)
  const own = roots.map(thingOf).filter(({ isOwn }) => isOwn)
  const sections: ThingSection[] = []
  const rest: Thing[] = []
  for (const root of roots) {
    const thing = thingOf(root)
    if (thing.isOwn) continue
    const below = allBelow(root)
    if (below.length < fewest) rest.push(thing, ...below)
    else sections.push({ id: thing.term, kind: 'group', of: thing, things: below.sort(mostFirst) })
  }
  if (own.length > 0) sections.unshift({ id: 'own', kind: 'own', of: null, things: own })
  if (rest.length > 0) sections.push({ id: 'rest', kind: 'rest', of: null, things: rest.sort(mostFirst) })
  return sections
}

/** Those things of the page that were found by a text, and all that lies in them; each once, in the order of the page. */
export function thingsFound(facets: readonly Facet[], found: readonly TermKey[]): readonly Thing[] {
  const wanted = new Set<string>(found)
  const under = (branch: Branch, isWanted: boolean): Thing[] => {
    const thing = thingOf(branch)
    const isFound = isWanted || wanted.has(thing.term)
    return [...(isFound ? [thing] : []), ...branch.children.flatMap((child) => under(child, isFound))]
  }
  const things = facetBranches(facets).flatMap((root) => under(root, false))
  return things.sort((a, b) => Number(b.isOwn) - Number(a.isOwn) || mostFirst(a, b))
}

/** Every label and category with photos, once. */
export const allThings = (facets: readonly Facet[]): readonly Thing[] =>
  facetBranches(facets).flatMap((root) => [thingOf(root), ...allBelow(root)])

/** @throws TypeError for a folder */
export function thingOf({ label, count, query, of }: Branch): Thing {
  if (!('facet' in of)) throw new TypeError(`${label} is a folder and no thing`)
  return { term: of.facet.term, label, count, query, isOwn: of.facet.kind === 'own', of }
}

function allBelow({ children }: Branch): Thing[] {
  return children.flatMap((child) => [thingOf(child), ...allBelow(child)])
}

const mostFirst = (a: Thing, b: Thing): number => b.count - a.count
