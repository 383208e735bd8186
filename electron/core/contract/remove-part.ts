import type { QueryPart } from './values.ts'

type Piece = Pick<QueryPart, 'start' | 'end' | 'group'>

const closed = /["“”„‟«»＂]$/u
const signOrQuote = /^["“”„‟«»＂!+−\p{Pd}]/u
const comma = /[,;，；、]/u

/**
 * The text of a query without some of its parts; what is left is read as before. Its neighbours do not run together
 * into a phrase ("hot big dog" without "big" is "hot & dog", not a hot dog), no `or` is left hanging
 * ("dog or cat or bird" without "cat" is "dog | bird"), and no comma gets another meaning ("dog, big cat" without "big").
 * @param understood all parts of `text`, in their order; `removed` some of them
 */
export function removeParts(text: string, understood: readonly Piece[], removed: readonly Piece[]): string {
  const left = understood.filter(({ start }) => removed.every((part) => part.start !== start))
  let result = ''
  for (const [at, piece] of left.entries()) {
    const before = left[at - 1]
    const written = text.slice(piece.start, piece.end)
    result += before === undefined ? written : between(text, before, piece, removed) + written
  }
  const last = left.at(-1)
  const isLast = removed.every((part) => last === undefined || part.start < last.start)
  return last !== undefined && isLast ? result + text.slice(last.end) : result
}

/** What stands between two pieces that are neighbours now. */
function between(text: string, before: Piece, after: Piece, removed: readonly Piece[]): string {
  const gap = text.slice(before.end, after.start)
  const isWritten = removed.every(({ start }) => start < before.start || start > after.start)
  if (isWritten && !comma.test(gap)) return gap
  // Not with the `or` that was written: between words a label could have that in its name.
  if (before.group === after.group) return ' | '
  const couldJoin =
    isWritten || (!closed.test(text.slice(0, before.end)) && !signOrQuote.test(text.slice(after.start)))
  return couldJoin ? ' & ' : ' '
}

/** The text without one part. */
export const removePart = (text: string, understood: readonly Piece[], part: Piece): string =>
  removeParts(text, understood, [part])
