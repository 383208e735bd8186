import type { Facet, TermKey } from '../../../electron/core/contract/values.ts'
import { facetBranches, type Branch } from './rail-branches.ts'

/** Lines that the rail fills by itself. */
const usual = 8
/** Of those that nobody has asked for yet, so many are the person's own labels at most. */
const mostOwn = 4

export interface RailThings {
  /** What the person wants there, in this order; all of it is shown. */
  readonly pinned: readonly TermKey[]
  /** What this person asks for, the most frequent first. */
  readonly used: readonly string[]
}

/**
 * The few things that the rail shows: what was pinned, what this person asks for most, and as long as there is room the own
 * labels and categories of most photos. All others are on the page of things.
 */
export function railThings(facets: readonly Facet[], { pinned, used }: RailThings): readonly Branch[] {
  const roots = facetBranches(facets)
  const byTerm = new Map(roots.flatMap((root) => withAllBelow(root)).map((branch) => [branch.key, branch]))
  const owns = roots.filter(isOwn).slice(0, mostOwn)
  const wanted = [...used, ...[...owns, ...roots.filter((root) => !isOwn(root))].map(({ key }) => key)]
  const lines = new Set<string>(pinned.filter((term) => byTerm.has(term)))
  const room = Math.max(usual, lines.size)
  for (const term of wanted) {
    if (lines.size >= room) break
    if (byTerm.has(term)) lines.add(term)
  }
  const kept = new Set<string>(pinned)
  return [...lines].flatMap((term) => {
    const branch = byTerm.get(term)
    return branch === undefined ? [] : [{ ...placedAt(branch, branch.key), pinned: kept.has(term) }]
  })
}

const isOwn = ({ of }: Branch): boolean => 'facet' in of && of.facet.kind === 'own'

function withAllBelow(branch: Branch): Branch[] {
  return [branch, ...branch.children.flatMap(withAllBelow)]
}

/** A dog can be a line of its own and one below the animals: each place has its own key. */
function placedAt(branch: Branch, key: string): Branch {
  return {
    ...branch,
    key,
    children: branch.children.map((child) => placedAt(child, `${key} ${child.key}`)),
  }
}
