import { boundsQuery } from './bounds.ts'
import { daysQuery, isMonth } from './dates.ts'
import { beingSpellings, havingSpellings, isSilent, linkOf } from './operators.ts'
import type { Criterion, Part, Query } from './query.ts'

const plainWord = /^\p{L}{2,}$/u

/** The query in its plainest spelling. Reading it gives the same query again. */
export function formatQuery(query: Query): string {
  let text = ''
  for (const group of query.groups) {
    const pieces = group.map((part) => partText(part, query.text))
    const first = pieces[0] ?? ''
    // Two bare words side by side could be read as one phrase, what was left out as part of anything.
    const apart = group[0]?.criterion.kind === 'ignored' || (isBare(lastPiece(text)) && isBare(first))
    // Not "or": a label could have that in its name.
    text += (text === '' ? '' : apart ? ' & ' : ' ') + pieces.join(' | ')
  }
  return text
}

const lastPiece = (text: string): string => text.slice(text.lastIndexOf(' ') + 1)
/** A word or a year without quotes. */
const isBare = (piece: string): boolean => /^-?(?:\p{L}{2,}|\d+)$/u.test(piece)

function partText(part: Part, text: string): string {
  if (part.criterion.kind === 'ignored') return text.slice(part.start, part.end)
  return (part.negated ? '-' : '') + criterionText(part.criterion)
}

const quoted = (text: string): string => `"${text}"`
const wordText = (words: string): string => (isPlain(words) ? words : quoted(words))
const isPlain = (words: string): boolean =>
  plainWord.test(words) && linkOf(words) === undefined && !isSilent(words) && !isMonth(words)

function criterionText(criterion: Exclude<Criterion, { kind: 'ignored' }>): string {
  switch (criterion.kind) {
    case 'terms':
      return criterion.asked === 'word'
        ? wordText(criterion.words)
        : `${criterion.asked}:${quoted(criterion.words)}`
    case 'folder':
    case 'camera':
    case 'place':
    case 'near':
    case 'type':
      return `${criterion.kind}:${quoted(criterion.value)}`
    case 'date':
      return criterion.word ?? daysQuery(criterion.days)
    case 'has':
      return `has:${havingSpellings[criterion.what].en[0]}`
    case 'is':
      return `is:${beingSpellings[criterion.what].en[0]}`
    case 'confidence':
      return `confidence:${boundsQuery(criterion)}`
    case 'name':
    case 'keyword':
      return `${criterion.kind}:${quoted(criterion.words)}`
    case 'text':
      return wordText(criterion.words)
    case 'unknown':
      return criterion.operator === null
        ? wordText(criterion.words)
        : `${criterion.operator}:${quoted(criterion.words)}`
  }
}

/** The same photos are asked for, whatever the spelling and the spans. */
export function sameQuery(a: Query, b: Query): boolean {
  return meaningOf(a) === meaningOf(b)
}

function meaningOf(query: Query): string {
  return JSON.stringify(
    query.groups.map((group) => group.map(({ criterion, negated }) => [negated, criterion])),
  )
}
