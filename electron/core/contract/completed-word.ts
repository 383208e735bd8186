const space = /\s/u
const quote = /["“”„‟«»＂]/u

/**
 * The word of a query that a completion replaces: from the last space before the caret that is not inside quotes to the
 * caret, or to the end of the word the caret is in. `folder:"My ph|` is one word.
 */
export function completedWord(text: string, caret: number): { readonly start: number; readonly end: number } {
  const at = Math.max(0, Math.min(caret, text.length))
  let start = 0
  let quoted = false
  for (let index = 0; index < at; index += 1) {
    const here = text[index] ?? ''
    if (quote.test(here)) quoted = !quoted
    else if (!quoted && space.test(here)) start = index + 1
  }
  let end = at
  while (end < text.length && !space.test(text[end] ?? '') && !quote.test(text[end] ?? '')) end += 1
  if (quoted && quote.test(text[end] ?? '')) end += 1
  return { start, end }
}
