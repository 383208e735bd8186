import type { QueryPart } from './values.ts'

const closed = /["“”„‟«»＂]$/u
const signOrQuote = /^["“”„‟«»＂!−\p{Pd}]/u

/**
 * The text of a query without one of its parts; what is left is read as before. Its neighbours do not run together
 * into a phrase ("hot big dog" without "big" is "hot & dog", not a hot dog), and no `or` is left hanging
 * ("dog or cat or bird" without "cat" is "dog | bird").
 * @param understood all parts of `text`, in their order; `part` one of them
 */
export function removePart(text: string, understood: readonly QueryPart[], part: QueryPart): string {
  const at = understood.findIndex(({ start }) => start === part.start)
  const before = understood[at - 1]
  const after = understood[at + 1]
  if (before === undefined) return after === undefined ? '' : text.slice(after.start)
  const left = text.slice(0, before.end)
  if (after === undefined) return left
  const right = text.slice(after.start)
  // Not with the `or` that was written: between words a label could have that in its name.
  if (before.group === part.group && after.group === part.group) return `${left} | ${right}`
  const couldJoin = !closed.test(left) && !signOrQuote.test(right)
  return left + (couldJoin ? ' & ' : ' ') + right
}
