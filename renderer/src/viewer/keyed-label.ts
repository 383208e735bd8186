import type { PhotoDetails } from '../../../electron/core/contract/values.ts'
import type { LabelChoice, Verdict } from '../labels/decisions.ts'

interface Meant {
  readonly verdict: Verdict
  readonly choice: LabelChoice
}

/**
 * What the key for confirming or removing means on a photo: the label under the pointer or with the focus; else the
 * one the wall names it by, which in a search is the one asked for; else the best that still stands. The same key
 * once more on the same label takes the decision back.
 * @returns `null` when nothing is left to decide on
 */
export function labelMeant(
  details: PhotoDetails,
  verdict: 'confirmed' | 'removed',
  hints: { readonly looked: string | null; readonly best: string | null },
): Meant | null {
  const said = new Map(details.decisions.map((one) => [one.term, one.verdict]))
  const all = [...details.tags, ...details.categories, ...details.decisions]
  const standing = (term: string) => said.get(term) !== 'removed'
  const one =
    all.find(({ term }) => term === hints.looked) ??
    all.find(({ term }) => term === hints.best && standing(term)) ??
    details.tags.find(({ term }) => standing(term))
  if (one === undefined) return null
  return {
    verdict: said.get(one.term) === verdict ? 'clear' : verdict,
    choice: { term: one.term, name: one.label },
  }
}
