import { distance } from 'fastest-levenshtein'
import type { Language } from '../contract/values.ts'
import { fold } from './fold.ts'
import type { Unseen } from './load-data.ts'
import type { TermId } from './term.ts'
import { baseForms } from './word-forms.ts'
import type { WordIndex } from './word-index.ts'

interface Suggestion {
  readonly text: string
  readonly term: TermId
}

export type Nearest = (word: string, limit: number) => readonly Suggestion[]

const longestWord = 40

/**
 * Known words near an unknown one. For a thing the model cannot see ("sunset"), what the label files suggest;
 * otherwise by spelling: one slip in short words, up to three in long ones, swapped neighbours being one slip.
 * `nameOf` gives a term's shown name.
 */
export function prepareNearest(
  index: WordIndex,
  unseen: readonly Unseen[],
  nameOf: (term: TermId, language: Language) => string,
): Nearest {
  const meant = new Map<string, Unseen>()
  for (const one of unseen) for (const word of one.words) meant.set(fold(word), one)

  return (word, limit) => {
    if (limit <= 0 || word.length > 4 * longestWord) return []
    const folded = fold(word)
    if (folded === '') return []
    const found = new Map<TermId, string>()
    for (const form of baseForms(folded)) {
      const known = meant.get(form)
      if (known !== undefined) for (const term of known.nearest) found.set(term, nameOf(term, known.language))
    }
    if (found.size === 0 && folded.length <= longestWord) {
      for (const { text, term } of bySpelling(index, folded)) if (!found.has(term)) found.set(term, text)
    }
    return [...found].slice(0, limit).map(([term, text]) => ({ text, term }))
  }
}

function bySpelling(index: WordIndex, folded: string): Suggestion[] {
  const allowed = folded.length < 5 ? 1 : folded.length < 9 ? 2 : 3
  const near: { text: string; term: TermId; slips: number; shown: boolean }[] = []
  for (const { text, folded: name, term, shown } of index.names) {
    if (Math.abs(name.length - folded.length) > allowed) continue
    // A swap counts two here, so one more is let through to be counted exactly.
    const rough = distance(folded, name)
    if (rough > allowed + 1) continue
    const slips = rough < 2 ? rough : slipsBetween(folded, name)
    if (slips <= allowed && slips < name.length) near.push({ text, term, slips, shown })
  }
  return near.sort(
    (a, b) =>
      a.slips - b.slips || b.term - a.term || Number(b.shown) - Number(a.shown) || (a.text < b.text ? -1 : 1),
  )
}

/**
 * Optimal string alignment distance: the least number of characters put in, left out, exchanged or swapped with
 * their neighbour (Damerau 1964, each place touched once).
 */
export function slipsBetween(a: string, b: string): number {
  let older: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let slips = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        slips = Math.min(slips, (older[column - 2] ?? 0) + 1)
      current.push(slips)
    }
    older = above
    above = current
  }
  return above[b.length] ?? 0
}
