import { completedWord } from '../../../electron/core/contract/completed-word.ts'
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

/** The query with every word that was set aside made a required one. */
export function withAllWords(text: string, understood: readonly QueryPart[]): string {
  return understood
    .filter(({ setAside }) => setAside)
    .toSorted((a, b) => b.start - a.start)
    .reduce((whole, { start }) => `${whole.slice(0, start)}+${whole.slice(start)}`, text)
}

const operator = /^\p{L}+[:：]/u

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
  const asked = text.trim()
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
