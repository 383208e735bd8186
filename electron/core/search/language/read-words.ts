import { dateAt } from './dates/read.ts'
import { isSilent, linkOf } from './operators.ts'
import { nameWithoutEnding } from '../../paths/file-kinds.ts'
import { wordsOf } from './words.ts'
import type { Criterion, Item, WordCriterion } from './query.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Words that stand in a query without an operator, and what they name together. */

export type Word = Extract<Item, { kind: 'word' }>

export const trimmed = (word: string): string =>
  word.replace(/^[^\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+$/gu, '')

/** The words of a file's name, which are kept without its ending: anyone who types it means the file all the same. */
export const nameWords = (text: string): string => wordsOf(nameWithoutEnding(trimmed(text)) ?? text)

/** What the first of the words name: the longest date or name of several words, else the first of them alone. */
export function wordsCriterion(
  words: readonly [Word, ...Word[]],
  vocabulary: Vocabulary,
): { criterion: Criterion; length: number } {
  const [first] = words
  const date = dateAt(
    words.map(({ text }) => text),
    vocabulary.dates,
  )
  const name = nameIn(words, vocabulary)
  if (date !== null && date.length > name.length && date.length > 1)
    return { criterion: { kind: 'date', when: date.when }, length: date.length }
  const when = date?.length === name.length ? date.when : null
  if (when !== null && name.length === 1 && !isName(first.text))
    return { criterion: { kind: 'date', when }, length: 1 }
  const named = words.slice(0, name.length)
  return {
    criterion: {
      ...phraseCriterion(named.map(({ text }) => text).join(' '), vocabulary),
      when,
      each: eachOf(named, vocabulary),
    },
    length: name.length,
  }
}

/** A text that is looked for as it stands. */
export function phraseCriterion(text: string, vocabulary: Vocabulary): WordCriterion {
  const words = wordsOf(text)
  const fileName = nameWords(text)
  // Without its ending "zebra.png" would ask for zebras.
  if (fileName !== words)
    return { kind: 'word', words: fileName, terms: [], albums: [], when: null, each: [] }
  const match = vocabulary.match(text)
  const terms = new Set([...(match?.terms ?? []), ...vocabulary.ownWith(words)])
  return {
    kind: 'word',
    words: match?.words ?? words,
    terms: [...terms],
    albums: vocabulary.albumsLike(words),
    when: null,
    each: [],
  }
}

/** Letters, a year, or a day as folders are called by it: what a person may have called something. */
const isName = (text: string): boolean => /^(?:\p{L}+|\d{4}(?:-\d{2}){0,2})$/u.test(trimmed(text))

/** How many of the words are a known name; 1 also when the first is none. */
function nameIn(words: readonly [Word, ...Word[]], vocabulary: Vocabulary): { length: number } {
  if (linkOf(words[0].text) !== undefined) return { length: 1 }
  for (let length = phraseLength(words, vocabulary); length > 1; length -= 1) {
    const last = words[length - 1]
    if (last === undefined || linkOf(last.text) !== undefined) continue
    const phrase = words
      .slice(0, length)
      .map(({ text }) => text)
      .join(' ')
    const name = wordsOf(phrase)
    if (vocabulary.match(phrase) !== null || vocabulary.isPlace(name) || vocabulary.isAlbumName(name))
      return { length }
  }
  return { length: 1 }
}

function eachOf(words: readonly Word[], vocabulary: Vocabulary): WordCriterion[] {
  if (words.length === 1) return []
  return words
    .filter(({ text }) => !isSilent(trimmed(text)) && linkOf(trimmed(text)) === undefined)
    .map(({ text }) => ({
      ...phraseCriterion(text, vocabulary),
      when: dateAt([text], vocabulary.dates)?.when ?? null,
    }))
}

/** How many of the words could be one name: a symbol ends it. */
export function phraseLength(words: readonly Word[], vocabulary: Vocabulary): number {
  const stop = words.findIndex(({ text }, index) => index > 0 && trimmed(text) === '')
  if (trimmed(words[0]?.text ?? '') === '') return 1
  return Math.min(stop === -1 ? words.length : stop, vocabulary.maxPhraseWords)
}

/**
 * Names between commas, when each part of the run is one: "dog, cat" asks for either. `null` when any is none, as in
 * "Rome, 2019", where commas are only spaces, and when the whole is a name of one's own that has the comma in it.
 * @param run words and quoted texts side by side, without signs
 */
export function alternativesIn(
  run: readonly (Word | Extract<Item, { kind: 'quoted' }>)[],
  vocabulary: Vocabulary,
): readonly { criterion: WordCriterion; start: number; end: number }[] | null {
  const segments: (typeof run)[number][][] = []
  for (const item of run) {
    const segment = segments.at(-1)
    if (segment === undefined || item.apart) segments.push([item])
    else segment.push(item)
  }
  if (segments.length < 2) return null
  const found: { criterion: WordCriterion; start: number; end: number }[] = []
  for (const segment of segments) {
    const from = segment.findIndex((item) => item.kind === 'quoted' || !isSilent(trimmed(item.text)))
    const items = from === -1 ? [] : segment.slice(from)
    const [first, last] = [items[0], items.at(-1)]
    const text = items.map((item) => item.text).join(' ')
    if (first === undefined || last === undefined || vocabulary.match(text) === null) return null
    const words = items.filter((item) => item.kind === 'word')
    const each = words.length === items.length ? eachOf(words, vocabulary) : []
    found.push({
      criterion: { ...phraseCriterion(text, vocabulary), each },
      start: first.start,
      end: last.end,
    })
  }
  return vocabulary.hasCommaName(run.map((item) => (item.apart ? `, ${item.text}` : item.text)).join(' '))
    ? null
    : found
}
