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
 * Known words near an unknown one. For a thing the model cannot see ("sunset"), what the label files say is near in
 * meaning, which may be nothing; otherwise by spelling, swapped neighbours being one slip. `nameOf` gives a term's
 * shown name.
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
    const forms = baseForms(folded)
    const exactly = meant.get(folded)
    const unseenThings = exactly === undefined ? forms.flatMap((form) => meant.get(form) ?? []) : [exactly]
    const found = new Map<TermId, string>()
    for (const { nearest, language } of unseenThings)
      for (const term of nearest) found.set(term, nameOf(term, language))
    // Russian has so many endings that with one slip more nearly any two words of one length meet.
    const spellings = /[а-я]/u.test(folded) ? [folded] : forms
    if (unseenThings.length === 0 && folded.length <= longestWord) {
      const offered = new Set<string>()
      for (const { text, term } of bySpelling(index, spellings)) {
        if (!found.has(term) && !offered.has(text)) found.set(term, text)
        offered.add(text)
      }
    }
    return [...found].slice(0, limit).map(([term, text]) => ({ text, term }))
  }
}

/** Names that differ from one of the forms in at most one letter of four, most alike first. */
function bySpelling(index: WordIndex, forms: readonly string[]): Suggestion[] {
  const near: { text: string; term: TermId; slips: number; shown: boolean }[] = []
  for (const { text, folded: name, term, shown } of index.names) {
    const slips = Math.min(...forms.map((form) => slipsIfFew(form, name)))
    if (slips < Infinity) near.push({ text, term, slips, shown })
  }
  return near.sort(
    (a, b) =>
      a.slips - b.slips || b.term - a.term || Number(b.shown) - Number(a.shown) || (a.text < b.text ? -1 : 1),
  )
}

const mostSlips = 3

/** Letters in which a name differs from what was typed; infinity for another word rather than the same one mistyped. */
export function slipsIfFew(typed: string, name: string): number {
  const length = Math.max(typed.length, name.length)
  const allowed = Math.min(mostSlips, Math.floor(length / 4))
  if (typed.length < 4 || Math.abs(name.length - typed.length) > allowed) return Infinity
  // People hardly ever mistype the first letter alone; with another one it is another word: "cook", "book".
  if (typed[0] !== name[0] && (typed[0] !== name[1] || typed[1] !== name[0])) return Infinity
  // A swap counts two here, so one more is let through to be counted exactly.
  const rough = distance(typed, name)
  if (rough > allowed + 1) return Infinity
  const slips = rough < 2 ? rough : slipsBetween(typed, name)
  if (slips > allowed) return Infinity
  // A letter more, less or exchanged makes another word of so short a one ("work", "wok"), unless it is doubled.
  return length === 4 && rough === 1 && withoutDoubles(typed) !== withoutDoubles(name) ? Infinity : slips
}

function withoutDoubles(word: string): string {
  return word.replace(/(.)\1/gu, '$1')
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
