import type { PhotoDetails } from '../../../electron/core/contract/values.ts'

type Decision = PhotoDetails['decisions'][number]

/** A label of the photo, as the panel shows it. */
export interface PanelLabel {
  readonly term: string
  readonly label: string
  /** `null` for what the person alone sees in it. */
  readonly probability: number | null
  readonly sure: boolean
  readonly verdict: Decision['verdict'] | null
}

export interface PanelLabels {
  /** Words of the person's own, and labels that they gave it and the program had not thought of. */
  readonly own: readonly PanelLabel[]
  /** What is seen at once: what is sure, and what the person decided on. */
  readonly first: readonly PanelLabel[]
  /** What is folded behind a button. */
  readonly more: readonly PanelLabel[]
}

/** So many sure labels are seen at once. */
const firstAtMost = 4

/**
 * The labels of a photo by what matters first: tags before the categories above them, each from the surest on.
 * @param staying what was decided on among the folded ones; it stays there, under the pointer and the focus
 */
export function panelLabels(
  { tags, categories, decisions }: Pick<PhotoDetails, 'tags' | 'categories' | 'decisions'>,
  staying: ReadonlySet<string> = new Set(),
): PanelLabels {
  const verdicts = new Map(decisions.map((one) => [one.term, one.verdict]))
  const seen: PanelLabel[] = [...tags, ...categories].map(({ term, label, probability, sure }) => ({
    term,
    label,
    probability,
    sure,
    verdict: verdicts.get(term) ?? null,
  }))
  const known = new Set(seen.map(({ term }) => term))
  const said: PanelLabel[] = decisions
    .filter(({ term }) => !known.has(term))
    .map(({ term, label, verdict }) => ({ term, label, probability: null, sure: true, verdict }))
  // One that was removed finds the photo no longer; it stays here to be taken back.
  const all = [...seen, ...said.filter(({ verdict }) => verdict === 'removed')]
  let sure = 0
  const isFirst = ({ term, sure: isSure, verdict }: PanelLabel): boolean => {
    if (staying.has(term)) return false
    if (verdict !== null) return true
    return isSure && ++sure <= firstAtMost
  }
  const first = all.filter(isFirst)
  const shown = new Set(first)
  return {
    own: said.filter(({ verdict }) => verdict !== 'removed'),
    first,
    more: all.filter((one) => !shown.has(one)),
  }
}
