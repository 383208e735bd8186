import type { Facet } from '../../../electron/core/contract/values.ts'
import { thingOf, type Thing } from '../things/thing-sections.ts'
import { facetBranches, type Branch } from '../rail/rail-branches.ts'

/** Cards that are offered. */
const most = 6
/** A single photo is no find to be proud of. */
const fewest = 2
/** A narrower name is the better one as long as it stands for this share of the photos: dogs rather than animals. */
const telling = 1 / 3

/**
 * A few things that were found so far and are worth a first click: of each large category the narrowest name that still
 * stands for a good part of it, those of most photos first.
 */
export function firstFinds(facets: readonly Facet[]): readonly Thing[] {
  return facetBranches(facets)
    .map(narrowest)
    .filter(({ count }) => count >= fewest)
    .sort((a, b) => b.count - a.count)
    .slice(0, most)
    .map(thingOf)
}

function narrowest(branch: Branch): Branch {
  const [widest] = branch.children
  return widest !== undefined && widest.count >= Math.max(fewest, branch.count * telling)
    ? narrowest(widest)
    : branch
}
