import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { Language, SelectionLabel } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import { termOf, type TermId } from '../labels/term.ts'
import { decidedScore } from '../library/photos/index-entries.ts'
import { reading, type Reader } from '../library/statements.ts'
import { askLists } from './engine/statements.ts'
import { sessionOf } from './session.ts'

/** Photos whose labels are counted without a pause: tens of milliseconds. Searches are answered between two such parts. */
const photosAtOnce = 10_000

interface Tally {
  count: number
  decided: number
}

/** What is more about the photo comes first. */
const kindOrder = ['own', 'class', 'category'] as const satisfies readonly SelectionLabel['kind'][]

/**
 * The labels that some photos surely have, each with how many of them have it and of how many a person said so, those
 * of most photos first. Photos that are gone count for nothing.
 */
export async function selectionLabels(
  reader: Reader,
  lexicon: Lexicon,
  { photoIds, language }: { readonly photoIds: readonly number[]; readonly language: Language },
): Promise<SelectionLabel[]> {
  const tallies = new Map<TermId, Tally>()
  for (let from = 0; from < photoIds.length; from += photosAtOnce) {
    if (from > 0) await yieldToEventLoop()
    count(reader, lexicon, photoIds.slice(from, from + photosAtOnce), tallies)
  }
  return reading(reader, () => {
    const { vocabulary } = sessionOf(reader, lexicon)
    return [...tallies]
      .map(([term, tally]): SelectionLabel => {
        const { kind } = termOf(term)
        return { term: vocabulary.keyOf(term), label: vocabulary.label(term, language), kind, ...tally }
      })
      .sort(
        (a, b) =>
          b.count - a.count ||
          kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) ||
          a.label.localeCompare(b.label, language),
      )
  })
}

function count(
  reader: Reader,
  lexicon: Lexicon,
  photoIds: readonly number[],
  tallies: Map<TermId, Tally>,
): void {
  reading(reader, () => {
    const { vocabulary } = sessionOf(reader, lexicon)
    const thresholds = new Map<TermId, number>()
    const { ids: terms, scores } = askLists(reader, 'termsOfSome', JSON.stringify(photoIds))
    for (const [at, term] of terms.entries()) {
      const score = scores?.[at] ?? 0
      const least = thresholds.get(term) ?? vocabulary.countedFrom(term)
      thresholds.set(term, least)
      if (score < least) continue
      const tally = tallies.get(term) ?? { count: 0, decided: 0 }
      tallies.set(term, tally)
      tally.count++
      if (score >= decidedScore) tally.decided++
    }
  })
}
