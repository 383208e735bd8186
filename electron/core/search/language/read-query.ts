import { longestDate } from './dates/tokens.ts'
import { isSilent, linkOf } from './operators.ts'
import { endOf, parse, startOf } from './parse.ts'
import { operatorCriterion } from './read-operator.ts'
import { alternativesIn, phraseCriterion, trimmed, wordsCriterion } from './read-words.ts'
import type { Criterion, Item, Part, Query, Sign } from './query.ts'
import type { Word } from './read-words.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Parts of one query that are understood. What follows is left out, as one part more. */
export const mostParts = 32
/** Words of them that are looked for among those of all photos. */
export const mostWritten = 16
/** UTF-16 units of the words a part asks for. A longer part is left out. */
export const longestPart = 500
/** A longer word or quoted text is not even looked at. Every part of up to `longestPart` can be written in less. */
const longestPiece = 4 * longestPart
/** UTF-16 units; a longer text is not looked at. Every query of `mostParts` can be written in less. */
export const longestText = mostParts * longestPiece

/**
 * Reads a query. Longest names first ("black swan" before "swan"); a word means all that it can name. Its length is bounded
 * by `longestText`, `mostParts`, `mostWritten` and `longestPart`; what is over is `ignored`, so that no text whatever asks
 * for unbounded work. Never throws.
 */
export function readQuery(text: string, vocabulary: Vocabulary): Query {
  const from = startOf(text)
  const until = from === text.length ? from : endOf(text)
  if (until - from > longestText) {
    const whole: Part = {
      criterion: { kind: 'ignored' },
      negated: false,
      required: false,
      start: from,
      end: until,
    }
    return { text, groups: [[whole]] }
  }
  // Spaces without end behind it are not gone through again.
  const itemAt = readAhead(parse(text.length > longestText ? text.slice(0, until) : text, from))
  const groups: Part[][] = []
  let parts = 0
  let written = 0
  let alternative = false
  /** Where a `not` stands that still waits for what it negates. */
  let notAt: number | null = null
  /** Before this item the commas of a run part no alternatives. */
  let runEnd = 0

  const add = (asked: Criterion, sign: Sign, start: number, end: number): void => {
    const criterion: Criterion = isTooLong(asked) ? { kind: 'ignored' } : asked
    const negated = criterion.kind !== 'ignored' && (sign === 'without' || notAt !== null)
    const required = sign === 'required' && !negated
    const part: Part = { criterion, negated, required, start: notAt ?? start, end }
    const group = groups.at(-1)
    const standsAlone = isAlone(criterion) || isAlone(group?.[0]?.criterion)
    parts += 1
    written += writtenIn(criterion)
    if (alternative && group !== undefined && !standsAlone) group.push(part)
    else groups.push([part])
    alternative = false
    notAt = null
  }

  /** Between a `not` and what it negates nothing can be joined. */
  const join = (link: 'or' | 'and'): void => {
    if (notAt === null) alternative = link === 'or'
  }

  const ignore = (start: number, end: number): void => {
    add({ kind: 'ignored' }, null, start, end)
  }

  for (let at = 0; ;) {
    const item = itemAt(at)
    if (item === undefined) break
    if (item.kind === 'link') {
      join(item.link)
      at += 1
      continue
    }
    if ((parts >= mostParts || written >= mostWritten) && asksSomething(itemAt, at, vocabulary)) {
      ignore(item.start, until)
      break
    }
    if (item.end - item.start > longestPiece) {
      ignore(item.start, item.end)
      at += 1
      continue
    }
    if (item.kind !== 'operator' && item.sign === null && notAt === null && at >= runEnd) {
      const run = runAt(itemAt, at)
      runEnd = at + run.length
      const names = run.length > longestRun ? null : alternativesIn(run, vocabulary)
      const words = (names ?? []).reduce((sum, { criterion }) => sum + writtenIn(criterion), 0)
      if (names !== null && parts + names.length <= mostParts && written + words <= mostWritten) {
        for (const { criterion, start, end } of names) {
          add(criterion, null, start, end)
          alternative = true
        }
        alternative = false
        at = runEnd
        continue
      }
    }
    if (item.kind === 'quoted') {
      add(phraseCriterion(item.text, vocabulary), item.sign, item.start, item.end)
      at += 1
    } else if (item.kind === 'operator') {
      const negated = item.sign === 'without' || notAt !== null
      const { criterion, length } = operatorCriterion(
        item,
        wordsAfter(itemAt, at, vocabulary),
        negated,
        vocabulary,
      )
      const last = itemAt(at + length) ?? item
      if (criterion.kind === 'confidence') {
        // The other side of the bound is already in it.
        const start = notAt ?? item.start
        notAt = null
        add(criterion, null, start, last.end)
      } else add(criterion, item.sign, item.start, last.end)
      at += 1 + length
    } else {
      const words: [Word, ...Word[]] = [item, ...wordsAfter(itemAt, at, vocabulary)]
      const { criterion, length } = wordsCriterion(words, vocabulary)
      const link = item.sign === null ? linkOf(trimmed(item.text)) : undefined
      const says = length > 1 || asksByItself(criterion)
      if (link !== undefined && length === 1) {
        if (link === 'not') notAt ??= item.start
        else join(link)
      } else if (says || !isSilent(trimmed(item.text)))
        add(criterion, item.sign, item.start, (words[length - 1] ?? item).end)
      at += length
    }
  }
  return { text, groups }
}

type ItemAt = (index: number) => Item | undefined

/** The items of a text, read only as far as they are asked for. */
function readAhead(items: Iterator<Item>): ItemAt {
  const known: Item[] = []
  return (index) => {
    while (known.length <= index) {
      const next = items.next()
      if (next.done === true) return undefined
      known.push(next.value)
    }
    return known[index]
  }
}

/** A confidence narrows the whole query, what is left out asks for nothing: neither is an alternative of anything. */
const isAlone = (criterion: Criterion | undefined): boolean =>
  criterion?.kind === 'confidence' || criterion?.kind === 'ignored'

const isTooLong = (criterion: Criterion): boolean =>
  ('words' in criterion && criterion.words.length > longestPart) ||
  ('value' in criterion && criterion.value.length > longestPart)

const written: ReadonlySet<Criterion['kind']> = new Set(['name', 'keyword', 'title', 'note'])

/** How many words of it are looked for among those of all photos. */
function writtenIn(criterion: Criterion): number {
  if (criterion.kind === 'word') return 1 + criterion.each.length
  return written.has(criterion.kind) ? 1 : 0
}

/** It is a label or a date, whatever the word means in a sentence. */
const asksByItself = (criterion: Criterion): boolean =>
  criterion.kind !== 'word' || criterion.terms.length > 0 || criterion.when !== null

/** The item is not only a word like "and", "not" or "of". */
function asksSomething(itemAt: ItemAt, at: number, vocabulary: Vocabulary): boolean {
  const item = itemAt(at)
  if (item?.kind !== 'word') return item !== undefined && item.kind !== 'link'
  const { criterion, length } = wordsCriterion([item, ...wordsAfter(itemAt, at, vocabulary)], vocabulary)
  const word = trimmed(item.text)
  if (length === 1 && item.sign === null && linkOf(word) !== undefined) return false
  return length > 1 || asksByItself(criterion) || !isSilent(word)
}

/** The words that directly follow, each of which could continue a name or a date. */
function wordsAfter(itemAt: ItemAt, at: number, { maxPhraseWords }: Vocabulary): Word[] {
  const words: Word[] = []
  const most = Math.max(maxPhraseWords, longestDate)
  for (let next = at + 1; words.length < most; next += 1) {
    const item = itemAt(next)
    if (item?.kind !== 'word' || item.sign !== null) break
    words.push(item)
  }
  return words
}

/** Words and quoted texts side by side in which commas may part alternatives. */
const longestRun = 2 * mostParts

function runAt(itemAt: ItemAt, at: number): Parameters<typeof alternativesIn>[0] {
  const run: Parameters<typeof alternativesIn>[0][number][] = []
  for (let next = at; run.length <= longestRun; next += 1) {
    const item = itemAt(next)
    if ((item?.kind !== 'word' && item?.kind !== 'quoted') || item.sign !== null) break
    if (item.kind === 'word' && linkOf(trimmed(item.text)) !== undefined) break
    if (item.end - item.start > longestPiece) break
    run.push(item)
  }
  return run
}
