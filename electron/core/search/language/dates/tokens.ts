import { fold } from '../../../labels/fold.ts'
import { yearSpan, type ClosedDays } from './calendar.ts'
import { closedDays, joined } from './join.ts'
import { numberOf, type DateNumber } from './numbers.ts'
import { english } from './english.ts'
import { russian } from './russian.ts'
import type { DateWord, Role } from './date-word.ts'
import { spanOf, type DateContext } from './when.ts'

/** A piece of a date: a word, a number, or what stands between the ends of a range. */
export interface Token {
  readonly word: DateWord
  readonly number: DateNumber | null
  /** The words used up by a date that ends here; 0 where it would end in the middle of one. */
  readonly ends: number
}

/** Words of the longest date, "between the 14th of july 2019 and the 15th of august 2020" and one more. */
export const longestDate = 13
/** UTF-16 units; no piece of a date is longer. */
const longestWord = 40

const table = new Map<string, DateWord>()
for (const [words, meaning] of [...english, ...russian])
  for (const word of words.split(' ').filter((each) => each !== ''))
    table.set(word, {
      ...table.get(word),
      ...meaning,
      role: [...(table.get(word)?.role ?? []), ...(meaning.role ?? [])],
    })

const noWord: DateWord = {}
const dash: DateWord = { role: ['to'] }
/** They also stand at one end of a range that has no other. */
const dots: DateWord = { role: ['to'] }
const onlyLetters = /^\p{L}+$/u
const around = /^[\s.,;:!?'"’‘“”«»()[\]-]+|[\s.,;:!?'"’‘“”«»()[\]-]+$/gu

/** The pieces at the start of `words`, up to the first that belongs to no date. */
export function tokensOf(words: readonly string[], context: DateContext): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < words.length && at < longestDate; at += 1) {
    const word = words[at] ?? ''
    const pieces = word.length > longestWord ? null : piecesOf(word, context)
    if (pieces === null) break
    const last = pieces.findLastIndex(({ word }) => word !== dots)
    // A date may end before the dots that follow it.
    for (const [index, { word, number }] of pieces.entries())
      tokens.push({ word, number, ends: index >= last ? at + 1 : 0 })
  }
  return tokens
}

type Piece = Pick<Token, 'word' | 'number'>

/** `null` when any of it belongs to no date. */
function piecesOf(word: string, context: DateContext): Piece[] | null {
  const whole = pieceOf(fold(word))
  if (whole !== null) return [whole]
  // Nearly all words of a query end here.
  if (onlyLetters.test(word)) return null
  const text = plain(word)
  if (text === '-') return [{ word: dash, number: null }]
  const pieces: Piece[] = []
  for (const [index, side] of text.split(/\.{2,}/u).entries()) {
    if (index > 0) pieces.push({ word: dots, number: null })
    if (side === '') continue
    const found = sideOf(side.replace(around, ''), context)
    if (found === null) return null
    pieces.push(...found)
  }
  const [first, sign, last, more] = pieces
  const range = sign?.word === dots && more === undefined ? daysBetween(first, last) : null
  return range === null ? pieces : [{ word: noWord, number: { days: range } }]
}

/** "2015..2019" holds together: "december 2015..2019" is not from December on. */
function daysBetween(first: Piece | undefined, last: Piece | undefined): ClosedDays | null {
  const [from, until] = [first, last].map((piece) => {
    const { days, year } = piece?.number ?? {}
    return days ?? (year === undefined ? null : yearSpan(year))
  })
  if (from === null || from === undefined || until === null || until === undefined) return null
  return closedDays(joined(spanOf(from), spanOf(until)))
}

/** One word or number, or several with hyphens: "14-july-2019", and the ranges "may-july" and "5-10". */
function sideOf(text: string, context: DateContext): Piece[] | null {
  const one = oneOf(text, context)
  if (one !== null) return [one]
  const sides = text.split('-')
  if (sides.length === 1) return null
  const pieces = sides.map((side) => oneOf(side, context))
  if (!pieces.every((piece) => piece !== null)) return null
  const numbers = pieces.filter((piece) => piece.number !== null).length
  if (numbers > 0 && numbers < pieces.length) return pieces
  return pieces.flatMap((piece, at) => (at === 0 ? [piece] : [{ word: dash, number: null }, piece]))
}

function oneOf(text: string, context: DateContext): Piece | null {
  const word = pieceOf(fold(text))
  if (word !== null) return word
  const number = numberOf(text, context)
  return number === null ? null : { word: noWord, number }
}

function pieceOf(folded: string): Piece | null {
  const word = table.get(folded)
  return word === undefined ? null : { word, number: null }
}

/** Full-width and other digits as ASCII, dashes of all kinds as `-`, an ellipsis as dots. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Pd}|−/gu, '-')
    .trim()

export const isDots = (token: Token | undefined): boolean => token?.word === dots

export const plays = (token: Token | undefined, role: Role): boolean =>
  token?.word.role?.includes(role) === true
