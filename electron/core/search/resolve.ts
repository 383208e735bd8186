import { daysOf, bareDays, spokenDays } from './dates.ts'
import { boundsOf } from './confidence.ts'
import { fold } from '../labels/fold.ts'
import { termOf } from '../labels/term.ts'
import { beingOf, havingOf, isSilent, linkOf } from './operators.ts'
import { parse } from './parse.ts'
import { withoutLooseQuotes, wordsOf } from './words.ts'
import type { TermId } from '../labels/term.ts'
import type { Criterion, Item, OperatorName, Part, Query } from './query.ts'
import type { Vocabulary } from './vocabulary.ts'

type Word = Extract<Item, { kind: 'word' }>
type Operator = Extract<Item, { kind: 'operator' }>

/** File formats by the names people use, as the library keeps them. */
const formats: Readonly<Record<string, string>> = { jpg: 'jpeg', jpe: 'jpeg', tif: 'tiff', heif: 'heic' }

/**
 * Reads a query. Longest phrases first ("black swan" before "swan"); a word that names several labels means any of them;
 * a word no label has is looked for in names, keywords and folders; one that is found nowhere becomes `unknown`.
 * Never throws.
 */
export function readQuery(text: string, vocabulary: Vocabulary): Query {
  const items = parse(text)
  const groups: Part[][] = []
  let alternative = false
  /** Where a `not` stands that still waits for what it negates. */
  let notAt: number | null = null

  const add = (criterion: Criterion, negated: boolean, start: number, end: number): void => {
    const part: Part = { criterion, negated: negated || notAt !== null, start: notAt ?? start, end }
    const group = groups.at(-1)
    const standsAlone = criterion.kind === 'confidence' || group?.[0]?.criterion.kind === 'confidence'
    if (alternative && group !== undefined && !standsAlone) group.push(part)
    else groups.push([part])
    alternative = false
    notAt = null
  }

  /** Between a `not` and what it negates nothing can be joined. */
  const join = (link: 'or' | 'and'): void => {
    if (notAt === null) alternative = link === 'or'
  }

  for (let at = 0; at < items.length;) {
    const item = items[at]
    if (item === undefined) break
    if (item.kind === 'link') {
      join(item.link)
      at += 1
    } else if (item.kind === 'quoted') {
      add(phraseCriterion(item.text, vocabulary), item.negated, item.start, item.end)
      at += 1
    } else if (item.kind === 'operator') {
      const negated = item.negated || notAt !== null
      const { criterion, length } = operatorCriterion(item, wordsAfter(items, at), negated, vocabulary)
      const last = items[at + length] ?? item
      if (criterion.kind === 'confidence') {
        // The other side of the bound is already in it.
        const start = notAt ?? item.start
        notAt = null
        add(criterion, false, start, last.end)
      } else add(criterion, item.negated, item.start, last.end)
      at += 1 + length
    } else {
      const words = [item, ...wordsAfter(items, at)]
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

/** The words that directly follow, each of which could continue a phrase. */
function wordsAfter(items: readonly Item[], at: number): Word[] {
  const words: Word[] = []
  for (let next = at + 1; next < items.length; next += 1) {
    const item = items[next]
    if (item?.kind !== 'word' || item.negated) break
    words.push(item)
  }
  return words
}

const trimmed = (word: string): string => word.replace(/^[^\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+$/gu, '')

const yearOf = (word: string): string | null => /^(\d{4})\.?$/.exec(fold(word))?.[1] ?? null

function longestMatch(
  words: readonly Word[],
  vocabulary: Vocabulary,
): { criterion: Criterion; length: number } | null {
  const first = words[0]
  if (first === undefined) return null
  const spoken = spokenDays(words.slice(0, 4).map(({ text }) => fold(trimmed(text))))
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

function writtenCriterion(text: string, vocabulary: Vocabulary): Criterion {
  const words = wordsOf(text)
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
      return one({ kind: operator, value })
    case 'type': {
      const format = fold(value).replace(/^[.*]+/, '')
      return one({ kind: 'type', value: formats[format] ?? format })
    }
    case 'name':
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
    : spokenDays([value, ...following.slice(0, 3).map(({ text }) => trimmed(text))].map((word) => fold(word)))
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
