import { civil } from './calendar.ts'
import { bounded, closedDays, joined } from './join.ts'
import { pointsAt, type Reached } from './points.ts'
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
  const found = longestOf(tokens, context, ({ when, end }) => isNear(when) || !isOnlyNumbers(tokens, end))
  return found === null ? null : { when: found.when, length: tokens[found.end - 1]?.ends ?? 0 }
}

const isOnlyNumbers = (tokens: readonly Token[], end: number): boolean =>
  tokens.slice(0, end).every(({ number, word }) => number !== null || (word.role?.length ?? 0) > 0)

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
  const found = longestOf(tokens, context, () => true)
  return found !== null && tokens[found.end - 1]?.ends === words.length ? found.when : null
}

/**
 * The longest date or range that begins with the first token and ends where a word does. What a date is depends on
 * nothing behind it, so that it is the same again without what follows.
 */
function longestOf(
  tokens: readonly Token[],
  context: DateContext,
  isGood: (reached: Reached) => boolean,
): Reached | null {
  if (tokens.length === 0) return null
  let longest: Reached | null = null
  for (const found of [
    ...pointsAt(tokens, 0, context),
    ...between(tokens, 0, context),
    ...beginningWithWord(tokens, context),
    ...open(tokens, context),
  ])
    if (found.end > (longest?.end ?? 0) && (tokens[found.end - 1]?.ends ?? 0) > 0 && isGood(found))
      longest = found
  return longest
}

/** "2019..2021", "monday to friday", "between 2019 and 2021" behind its first word. */
function between(
  tokens: readonly Token[],
  at: number,
  context: DateContext,
  by: 'to' | 'and' = 'to',
): Reached[] {
  const start = afterThe(tokens, at)
  const firsts = pointsAt(tokens, start, context).filter(({ end }) => plays(tokens[end], by))
  const found = firsts.flatMap((first) =>
    pointsAt(tokens, afterThe(tokens, first.end + 1), context).map((last) => ({
      when: joined(first.when, last.when),
      end: last.end,
    })),
  )
  return [...found, ...daysBetween(tokens, start, by, context)].filter(isDate)
}

const isDate = (reached: { when: When | null; end: number }): reached is Reached => reached.when !== null

const afterThe = (tokens: readonly Token[], at: number): number => (plays(tokens[at], 'the') ? at + 1 : at)

/** "5 to 10 july": the first of them has its month from the second. */
function daysBetween(
  tokens: readonly Token[],
  start: number,
  by: 'to' | 'and',
  context: DateContext,
): { when: When | null; end: number }[] {
  const day = tokens[start]
  if (day?.number?.day === undefined || !plays(tokens[start + 1], by)) return []
  return pointsAt(tokens, afterThe(tokens, start + 2), context).flatMap((last) => {
    const month = monthOfDay(last.when)
    const inMonth: Token = { word: month === null ? {} : { month }, number: null, ends: 0 }
    return pointsAt([day, inMonth], 0, context).map((first) => ({
      when: joined(first.when, last.when),
      end: last.end,
    }))
  })
}

/** The month of a single day, of one year or of any. */
function monthOfDay(when: When): number | null {
  if (when.kind === 'yearly') return when.from === when.until ? Math.floor(when.from / 100) : null
  const days = closedDays(when)
  return days !== null && days.until === days.from + 1 ? civil(days.from).month : null
}

function beginningWithWord(tokens: readonly Token[], context: DateContext): Reached[] {
  const found: { when: When | null; end: number }[] = []
  const [first] = tokens
  if (plays(first, 'from')) found.push(...between(tokens, 1, context))
  if (plays(first, 'between')) found.push(...between(tokens, 1, context, 'and'))
  for (const bound of ['before', 'after', 'since', 'until'] as const)
    if (plays(first, bound))
      for (const { when, end } of pointsAt(tokens, afterThe(tokens, 1), context))
        found.push({ when: bounded(bound, when), end })
  const { days, part } = tokens[1]?.word ?? {}
  if (plays(first, 'during') || (plays(first, 'by') && (days !== undefined || part !== undefined)))
    found.push(...pointsAt(tokens, afterThe(tokens, 1), context))
  return found.filter(isDate)
}

/** "2019..", "..2021"; dots before or after anything else say nothing. */
function open(tokens: readonly Token[], context: DateContext): Reached[] {
  if (isDots(tokens[0]))
    return pointsAt(tokens, 1, context).map(({ when, end }) => ({
      when: bounded('until', when) ?? when,
      end,
    }))
  return pointsAt(tokens, 0, context)
    .filter(({ end }) => isDots(tokens[end]))
    .map(({ when, end }) => ({ when: bounded('since', when) ?? when, end: end + 1 }))
}
