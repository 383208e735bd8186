/** Changing what stands in the search box without disturbing the rest of it. */

interface Piece {
  readonly start: number
  readonly end: number
}

/** The query without one of its parts, and without an `or` that has nothing left to join. */
export function withoutPart(text: string, part: Piece): string {
  const before = text.slice(0, part.start).trimEnd()
  const after = text.slice(part.end).trimStart()
  const joining = /(?:^|\s)(?:or|или)$/iu
  const joined = /^(?:or|или)(?=\s|$)/iu
  const head = joining.test(before) ? before.replace(joining, '') : before
  const tail = head === before ? after.replace(joined, '').trimStart() : after
  return [head.trimEnd(), tail].filter((piece) => piece !== '').join(' ')
}

/** The word around the caret, quotes and field name included: what a completion replaces. */
export function wordAt(text: string, caret: number): Piece {
  const head = text.slice(0, caret)
  const quoted = /(?:^|\s)(-?(?:\p{L}+:)?"[^"]*)$/u.exec(head)
  const start =
    quoted === null ? caret - (/\S*$/u.exec(head)?.[0].length ?? 0) : caret - (quoted[1]?.length ?? 0)
  const rest = text.slice(caret)
  const end =
    caret +
    (quoted === null ? (/^\S*/u.exec(rest)?.[0].length ?? 0) : (/^[^"]*"?/u.exec(rest)?.[0].length ?? 0))
  return { start, end }
}

/** Puts a completion in place of the word under the caret, a space after it for the next one. */
export function completed(text: string, caret: number, insert: string): { text: string; caret: number } {
  const { start, end } = wordAt(text, caret)
  const minus = text[start] === '-' && !insert.startsWith('-') ? '-' : ''
  const space = insert.endsWith(':') ? '' : ' '
  const head = `${text.slice(0, start)}${minus}${insert}${space}`
  return { text: head + text.slice(end).trimStart(), caret: head.length }
}
