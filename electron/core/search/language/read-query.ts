import { daysOf, bareDays, spokenDays } from './dates.ts'
import { boundsOf } from './bounds.ts'
import { fold } from '../../labels/fold.ts'
import { termOf } from '../../labels/term.ts'
import { beingOf, havingOf, isSilent, linkOf } from './operators.ts'
import { endOf, parse, startOf } from './parse.ts'
import { nameWithoutEnding } from '../../paths/file-kinds.ts'
import { withoutLooseQuotes, wordsOf } from './words.ts'
import type { TermId } from '../../labels/term.ts'
import type { Criterion, Item, OperatorName, Part, Query } from './query.ts'
import type { Vocabulary } from './vocabulary.ts'

type Word = Extract<Item, { kind: 'word' }>
type Operator = Extract<Item, { kind: 'operator' }>

/** File formats by the names people use, as the library keeps them. */
const formats: Readonly<Record<string, string>> = { jpg: 'jpeg', jpe: 'jpeg', tif: 'tiff', heif: 'heic' }

/** Parts of one query that are understood. What follows is left out, as one part more. */
export const mostParts = 32
/** Of them those that are looked for among the words of all photos. */
export const mostWritten = 8
/** UTF-16 units of the words a part asks for. A longer part is left out. */
export const longestPart = 500
/** A longer word or quoted text is not even looked at. Every part of up to `longestPart` can be written in less. */
const longestPiece = 4 * longestPart
/** UTF-16 units; a longer text is not looked at. Every query of `mostParts` can be written in less. */
export const longestText = mostParts * longestPiece

/**
 * Reads a query. Longest phrases first ("black swan" before "swan"); a word that names several labels means any of them;
 * a word no label has is looked for in names, keywords and folders; one that is found nowhere becomes `unknown`.
 * Its length is bounded by `longestText`, `mostParts`, `mostWritten` and `longestPart`; what is over is `ignored`, so that no text
 * whatever asks for unbounded work. Never throws.
 */
export function readQuery(text: string, vocabulary: Vocabulary): Query {
  const from = startOf(text)
  const until = from === text.length ? from : endOf(text)
  if (until - from > longestText) {
    const whole: Part = { criterion: { kind: 'ignored' }, negated: false, start: from, end: until }
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

  const add = (asked: Criterion, minus: boolean, start: number, end: number): void => {
    const criterion: Criterion = isTooLong(asked) ? { kind: 'ignored' } : asked
    const negated = criterion.kind !== 'ignored' && (minus || notAt !== null)
    const part: Part = { criterion, negated, start: notAt ?? start, end }
    const group = groups.at(-1)
    const standsAlone = isAlone(criterion) || isAlone(group?.[0]?.criterion)
    parts += 1
    if (isWritten(criterion)) written += 1
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
    add({ kind: 'ignored' }, false, start, end)
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
    if (item.kind === 'quoted') {
      add(phraseCriterion(item.text, vocabulary), item.negated, item.start, item.end)
      at += 1
    } else if (item.kind === 'operator') {
      const negated = item.negated || notAt !== null
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
        add(criterion, false, start, last.end)
      } else add(criterion, item.negated, item.start, last.end)
      at += 1 + length
    } else {
      const words = [item, ...wordsAfter(itemAt, at, vocabulary)]
      const found = longestMatch(words, vocabulary)
      if (found !== null) {
        add(found.criterion, item.negated, item.start, (words[found.length - 1] ?? item).end)
        at += found.length
        continue
      }
      at += 1
      const link = item.negated ? undefined : linkOf(trimmed(item.text))
      if (link === 'not') notAt ??= item.start
      else if (link !== undefined) join(link)
      else if (!isSilent(trimmed(item.text)))
        add(writtenCriterion(item.text, vocabulary), item.negated, item.start, item.end)
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

/** It is looked for among the words of all photos. */
const isWritten = (criterion: Criterion): boolean =>
  criterion.kind === 'text' ||
  criterion.kind === 'name' ||
  criterion.kind === 'keyword' ||
  (criterion.kind === 'unknown' && criterion.operator === null)

/** The item is not only a word like "and", "not" or "of". */
function asksSomething(itemAt: ItemAt, at: number, vocabulary: Vocabulary): boolean {
  const item = itemAt(at)
  if (item?.kind !== 'word') return item !== undefined && item.kind !== 'link'
  if (longestMatch([item, ...wordsAfter(itemAt, at, vocabulary)], vocabulary) !== null) return true
  const word = trimmed(item.text)
  return !isSilent(word) && (item.negated || linkOf(word) === undefined)
}

/** The words that directly follow, each of which could continue a phrase or a date. */
function wordsAfter(itemAt: ItemAt, at: number, { maxPhraseWords }: Vocabulary): Word[] {
  const words: Word[] = []
  const most = Math.max(maxPhraseWords, mostDateWords)
  for (let next = at + 1; words.length < most; next += 1) {
    const item = itemAt(next)
    if (item?.kind !== 'word' || item.negated) break
    words.push(item)
  }
  return words
}

/** Words of the longest spoken date, "14 июля 2019 года". */
const mostDateWords = 4

const trimmed = (word: string): string => word.replace(/^[^\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+$/gu, '')

const yearOf = (word: string): string | null => /^(\d{4})\.?$/.exec(fold(word))?.[1] ?? null

function longestMatch(
  words: readonly Word[],
  vocabulary: Vocabulary,
): { criterion: Criterion; length: number } | null {
  const first = words[0]
  if (first === undefined) return null
  const spoken = spokenDays(words.slice(0, mostDateWords).map(({ text }) => fold(trimmed(text))))
  if (spoken !== null)
    return { criterion: { kind: 'date', days: spoken.days, word: null }, length: spoken.length }
  for (let length = phraseLength(words, vocabulary); length > 1; length -= 1) {
    const last = words[length - 1]
    if (linkOf(first.text) !== undefined) break
    if (last === undefined || linkOf(last.text) !== undefined) continue
    const phrase = words
      .slice(0, length)
      .map(({ text }) => text)
      .join(' ')
    const match = vocabulary.match(phrase)
    if (match !== null) return { criterion: { kind: 'terms', asked: 'word', ...match }, length }
  }
  const days = bareDays(first.text)
  if (days !== null) return { criterion: { kind: 'date', days, word: yearOf(first.text) }, length: 1 }
  if (linkOf(trimmed(first.text)) !== undefined && !first.negated) return null
  const match = vocabulary.match(first.text)
  return match === null ? null : { criterion: { kind: 'terms', asked: 'word', ...match }, length: 1 }
}

/** How many of the words could be one phrase: a comma or a symbol ends it. */
function phraseLength(words: readonly Word[], vocabulary: Vocabulary): number {
  const stop = words.findIndex(({ apart, text }, index) => index > 0 && (apart || trimmed(text) === ''))
  if (trimmed(words[0]?.text ?? '') === '') return 1
  return Math.min(stop === -1 ? words.length : stop, vocabulary.maxPhraseWords)
}

function phraseCriterion(text: string, vocabulary: Vocabulary): Criterion {
  const match = vocabulary.match(text)
  return match === null ? writtenCriterion(text, vocabulary) : { kind: 'terms', asked: 'word', ...match }
}

/** The words of a file's name, which are kept without its ending: anyone who types it means the file all the same. */
const nameWords = (text: string): string => wordsOf(nameWithoutEnding(trimmed(text)) ?? text)

function writtenCriterion(text: string, vocabulary: Vocabulary): Criterion {
  const words = wordsOf(text)
  const name = nameWords(text)
  // Without its ending "zebra.png" would ask for zebras.
  if (name !== words && vocabulary.isWritten(name))
    return { kind: vocabulary.match(name) === null ? 'text' : 'name', words: name }
  return vocabulary.isWritten(words) ? { kind: 'text', words } : { kind: 'unknown', words, operator: null }
}

/** `length`: how many of the words that follow belong to the value ("label:hot dog"). */
function operatorCriterion(
  item: Operator,
  following: readonly Word[],
  negated: boolean,
  vocabulary: Vocabulary,
): { criterion: Criterion; length: number } {
  const value = withoutLooseQuotes(item.value)
  const { operator } = item
  const one = (criterion: Criterion | null): { criterion: Criterion; length: number } => ({
    criterion: criterion ?? { kind: 'unknown', words: value, operator },
    length: 0,
  })
  switch (operator) {
    case 'label':
    case 'category': {
      const first: Word = { kind: 'word', text: value, apart: false, negated: false, start: 0, end: 0 }
      const words = item.quoted ? [first] : [first, ...following]
      for (let length = phraseLength(words, vocabulary); length > 0; length -= 1) {
        const phrase = words
          .slice(0, length)
          .map(({ text }) => text)
          .join(' ')
        const match = matchAsked(operator, phrase, vocabulary)
        if (match !== null)
          return { criterion: { kind: 'terms', asked: operator, ...match }, length: length - 1 }
      }
      return one(null)
    }
    case 'folder':
    case 'camera':
    case 'place':
    case 'near':
      return one({ kind: operator, value })
    case 'type': {
      const format = fold(value).replace(/^[.*]+/, '')
      return one({ kind: 'type', value: formats[format] ?? format })
    }
    case 'name':
      return one({ kind: operator, words: nameWords(value) })
    case 'keyword':
      return one({ kind: operator, words: wordsOf(value) })
    case 'has': {
      const what = havingOf(value)
      return one(what === undefined ? null : { kind: 'has', what })
    }
    case 'is': {
      const what = beingOf(value)
      return one(what === undefined ? null : { kind: 'is', what })
    }
    case 'confidence': {
      const bounds = boundsOf(value, negated)
      return one(bounds === null ? null : { kind: 'confidence', ...bounds })
    }
    case 'date':
    case 'before':
    case 'after':
    case 'since':
    case 'until':
      return dateCriterion(operator, item, value, following)
  }
}

function dateCriterion(
  operator: Extract<OperatorName, 'date' | 'before' | 'after' | 'since' | 'until'>,
  item: Operator,
  value: string,
  following: readonly Word[],
): { criterion: Criterion; length: number } {
  const spoken = item.quoted
    ? null
    : spokenDays(
        [value, ...following.slice(0, mostDateWords - 1).map(({ text }) => trimmed(text))].map((word) =>
          fold(word),
        ),
      )
  const days = spoken?.days ?? daysOf(value)
  const length = spoken === null ? 0 : spoken.length - 1
  const unknown: Criterion = { kind: 'unknown', words: value, operator }
  if (days === null) return { criterion: unknown, length }
  if (operator === 'date') return { criterion: { kind: 'date', days, word: null }, length }
  const from = operator === 'since' ? days.from : operator === 'after' ? days.until : null
  const until = operator === 'before' ? days.from : operator === 'until' ? days.until : null
  if (from === null && until === null) return { criterion: unknown, length: 0 }
  return { criterion: { kind: 'date', days: { from, until }, word: null }, length }
}

/** Labels for `label:`, categories for `category:`; whatever there is when a word names only the other kind. */
function matchAsked(
  operator: 'label' | 'category',
  phrase: string,
  vocabulary: Vocabulary,
): { words: string; terms: readonly TermId[] } | null {
  const byKey = vocabulary.termOfKey(phrase)
  if (byKey !== null) return { words: phrase, terms: [byKey] }
  const match = vocabulary.match(phrase)
  if (match === null) return null
  const asked = match.terms.filter((term) => (termOf(term).kind === 'category') === (operator === 'category'))
  return asked.length > 0 ? { words: match.words, terms: asked } : match
}
