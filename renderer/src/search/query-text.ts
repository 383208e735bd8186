import { completedWord } from '../../../electron/core/contract/completed-word.ts'
import { removeParts } from '../../../electron/core/contract/remove-part.ts'
import type { QueryPart } from '../../../electron/core/contract/values.ts'

/** Puts a completion in place of the word under the caret, a space after it for the next one. */
export function completed(text: string, caret: number, insert: string): { text: string; caret: number } {
  const { start, end } = completedWord(text, caret)
  const space = insert.endsWith(':') ? '' : ' '
  const head = `${text.slice(0, start)}${insert}${space}`
  return { text: head + text.slice(end).trimStart(), caret: head.length }
}

/** A question with more words is still the same question. */
export function goesOn(before: string, next: string): boolean {
  const asked = before.trim()
  return asked === '' ? next.trim() === '' : next.includes(asked)
}

const plus = /^[+＋]+/u

/** `+word`: the rest of the query is not answered without it. */
export const isRequired = ({ text, negated }: Pick<QueryPart, 'text' | 'negated'>): boolean =>
  !negated && plus.test(text)

/** The text of a part without the sign that makes it required. */
export const withoutPlus = (text: string): string => text.replace(plus, '')

/**
 * The query with every word that was set aside made a required one. A sign ends a run of names between commas, so what
 * the commas meant is written out: "zebra, otter" is either of them still.
 */
export function withAllWords(text: string, understood: readonly QueryPart[]): string {
  let signed = ''
  let done = 0
  const moved = understood.map(({ start, end, group, setAside }) => {
    signed += `${text.slice(done, start)}${setAside ? '+' : ''}`
    const piece = { start: signed.length - (setAside ? 1 : 0), end: signed.length + end - start, group }
    signed += text.slice(start, end)
    done = end
    return piece
  })
  if (understood.every(({ setAside }) => !setAside)) return text
  return text.slice(0, understood[0]?.start) + removeParts(signed + text.slice(done), moved, [])
}

const operator = /^\p{L}+[:：]/u

const openOrClose = /(?<![\p{L}\p{N}\p{M}])["“”„‟«»＂]|["“”„‟«»＂](?![\p{L}\p{N}\p{M}])/gu
const lastLink =
  /(?:^|[\s,;，；、])(?:(?:or|and|not|without|except|или|либо|и|не|без|кроме|&+)|[|｜])$|[|｜]$/iu

/**
 * A query to which more can be added: nothing that follows is swallowed by a quote left open, or taken for an alternative
 * or left out by an `or` or `not` that waits for its word.
 */
function finished(text: string, understood: readonly QueryPart[]): string {
  const asked = text.trimEnd()
  if ((asked.match(openOrClose) ?? []).length % 2 === 1)
    return /["“”„‟«»＂]$/u.test(asked) ? asked.slice(0, -1).trimEnd() : `${asked}"`
  const link = lastLink.exec(asked)
  // The last word of a name is none.
  if (link === null || understood.some(({ end }) => end > link.index + 1)) return asked
  return finished(asked.slice(0, link.index), understood)
}

/** The query within a box on the map, which takes the place of those before it. */
export function withinArea(text: string, understood: readonly QueryPart[], query: string): string {
  const areas = understood.filter(({ kind, negated }) => kind === 'area' && !negated)
  const [area] = areas
  if (area === undefined) return `${finished(text, understood)} ${query}`.trimStart()
  const rest = removeParts(text, understood, areas)
  return `${finished(rest, [])} ${query}`.trimStart()
}

/**
 * The query narrowed by another one. One folder takes the place of the other: hardly any photo lies in two. A part that is
 * in the query already is meant alone.
 */
export function refined(
  text: string,
  understood: readonly QueryPart[],
  query: string,
  isFolder: boolean,
): string {
  const asked = finished(text, understood).trimStart()
  if (asked === '' || understood.some((part) => part.text === query)) return query
  const folders = understood.filter(
    ({ kind, negated, text: written }) => kind === 'folder' && !negated && operator.test(written),
  )
  const [folder, another] = folders
  const isLone =
    folder !== undefined &&
    another === undefined &&
    understood.filter(({ group }) => group === folder.group).length === 1
  if (isFolder && isLone) return text.slice(0, folder.start) + query + text.slice(folder.end)
  return `${asked} ${query}`
}
