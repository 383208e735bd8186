import { civil } from './calendar.ts'
import { bounded, closedDays, joined } from './join.ts'
import { pointAt, type Reached } from './points.ts'
import { isDots, longestDate, plain, plays, tokensOf, type Token } from './tokens.ts'
import type { DateContext, When } from './when.ts'

/** Bare numbers are dates from 1800 to 2199 only. */
const [firstBareYear, lastBareYear] = [1800, 2200]

/** The longest date at the start of `words`, as typed; `length` says how many of them belong to it. */
export function dateAt(
  words: readonly string[],
  context: DateContext,
): { when: When; length: number } | null {
  const tokens = tokensOf(words, context)
  const found = longestOf(tokens, context)
  if (found === null) return null
  const used = tokens.slice(0, found.end)
  if (
    used.every(({ number, word }) => number !== null || (word.role?.length ?? 0) > 0) &&
    !isNear(found.when)
  )
    return null
  return { when: found.when, length: used.at(-1)?.ends ?? 0 }
}

function isNear(when: When): boolean {
  if (when.kind !== 'span') return true
  return [when.from, when.until].every((day) => {
    const year = day === null ? null : civil(day).year
    return year === null || (year >= firstBareYear && year <= lastBareYear)
  })
}

/** Words that may stand before a date and change nothing. */
const beside = /^(in|on|at|the|в|во|на)$/u

/** The value of `date:` and its like: all of it is a date, or `null`. Also `>2018`, `<=2020`. */
export function dateOf(value: string, context: DateContext): When | null {
  const text = plain(value)
  const compared = /^(>=|<=|≥|≤|>|<|=)\s*(.+)$/u.exec(text)
  if (compared !== null) {
    const when = wholeDate(compared[2] ?? '', context)
    const bound = bounds[compared[1] ?? '']
    if (when === null || bound === undefined) return when
    return closedDays(when) === null ? null : bounded(bound, when)
  }
  return wholeDate(text, context)
}

const bounds: Readonly<Record<string, 'before' | 'after' | 'since' | 'until'>> = {
  '<': 'before',
  '>': 'after',
  '>=': 'since',
  '≥': 'since',
  '<=': 'until',
  '≤': 'until',
}

function wholeDate(text: string, context: DateContext): When | null {
  // One word more than a date has is enough to see that this is none.
  const words = text.split(/[\s,;]+/u, longestDate + 4).filter((word) => word !== '')
  while (beside.test(words[0] ?? '')) words.shift()
  const tokens = tokensOf(words, context)
  const found = longestOf(tokens, context)
  return found !== null && tokens[found.end - 1]?.ends === words.length ? found.when : null
}

/** The longest date or range that begins with the first token and ends where a word does. */
function longestOf(tokens: readonly Token[], context: DateContext): Reached | null {
  let longest: Reached | null = null
  for (const found of [
    pointAt(tokens, 0, context),
    between(tokens, 0, context),
    ...beginningWithWord(tokens, context),
    ...open(tokens, context),
  ])
    if (found !== null && (tokens[found.end - 1]?.ends ?? 0) > 0 && found.end > (longest?.end ?? 0))
      longest = found
  return longest
}

/** "2019..2021", "monday to friday", "between 2019 and 2021" behind its first word. */
function between(
  tokens: readonly Token[],
  at: number,
  context: DateContext,
  by: 'to' | 'and' = 'to',
): Reached | null {
  const first = pointAt(tokens, afterThe(tokens, at), context)
  const day = first === null ? dayBefore(tokens, at, by, context) : null
  if (day !== null) return day
  if (first === null || !plays(tokens[first.end], by)) return null
  const last = pointAt(tokens, afterThe(tokens, first.end + 1), context)
  const when = last === null ? null : joined(first.when, last.when)
  return when === null || last === null ? null : { when, end: last.end }
}

const afterThe = (tokens: readonly Token[], at: number): number => (plays(tokens[at], 'the') ? at + 1 : at)

/** "5 to 10 july": the first of them has its month from the second. */
function dayBefore(
  tokens: readonly Token[],
  at: number,
  by: 'to' | 'and',
  context: DateContext,
): Reached | null {
  const start = afterThe(tokens, at)
  const day = tokens[start]
  if (day?.number?.day === undefined || !plays(tokens[start + 1], by)) return null
  const last = pointAt(tokens, afterThe(tokens, start + 2), context)
  if (last === null) return null
  const month =
    last.when.kind === 'yearly' && last.when.from === last.when.until
      ? Math.floor(last.when.until / 100)
      : monthOfDay(last.when)
  if (month === null) return null
  const first = pointAt([day, { word: { month }, number: null, ends: 0 }], 0, context)
  const when = first === null ? null : joined(first.when, last.when)
  return when === null ? null : { when, end: last.end }
}

/** The month of a span of one day. */
function monthOfDay(when: When): number | null {
  const days = closedDays(when)
  return days !== null && days.until === days.from + 1 ? civil(days.from).month : null
}

function beginningWithWord(tokens: readonly Token[], context: DateContext): (Reached | null)[] {
  const found: (Reached | null)[] = []
  const [first] = tokens
  if (plays(first, 'from')) found.push(between(tokens, 1, context))
  if (plays(first, 'between')) found.push(between(tokens, 1, context, 'and'))
  for (const bound of ['before', 'after', 'since', 'until'] as const)
    if (plays(first, bound)) {
      const point = pointAt(tokens, afterThe(tokens, 1), context)
      const when = point === null ? null : bounded(bound, point.when)
      if (point !== null && when !== null) found.push({ when, end: point.end })
    }
  const { days, part } = tokens[1]?.word ?? {}
  if (plays(first, 'during') || (plays(first, 'by') && (days !== undefined || part !== undefined)))
    found.push(pointAt(tokens, afterThe(tokens, 1), context))
  return found
}

/** "2019..", "..2021"; dots before or after anything else say nothing. */
function open(tokens: readonly Token[], context: DateContext): (Reached | null)[] {
  if (isDots(tokens[0])) {
    const last = pointAt(tokens, 1, context)
    return [last === null ? null : { when: bounded('until', last.when) ?? last.when, end: last.end }]
  }
  const first = pointAt(tokens, 0, context)
  if (first === null || !isDots(tokens[first.end])) return []
  return [{ when: bounded('since', first.when) ?? first.when, end: first.end + 1 }]
}
