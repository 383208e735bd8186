import { fold } from '../../labels/fold.ts'
import { linkOf, operatorOf } from './operators.ts'
import type { Item, Sign } from './query.ts'

const breaks = /[\p{White_Space}\p{Cc}()[\]{}（）［］｛｝【】「」]/u
const commas = /[,;，；、]/u
const quotes = /["“”„‟«»＂]/u
const bars = /[|｜]/u
const letterOrDigit = /[\p{L}\p{N}\p{M}]/u
const digit = /\p{Nd}/u
/** What may stand before a word: it must not be there, or must. */
export const signs = /^[\p{Pd}−!！+＋]+/u
const plus = /^[+＋]+$/u
const operatorStart = /^(\p{L}+)(?:[:：]|(?=[<>=≤≥＜＞＝]))/u
/** Of a box on the map: here a comma may stand before a minus. */
const coordinates = /^(?:,?[+\u2212\p{Pd}]?[\d.…]+)+/u
const onlyComparison = /^[<>=≤≥＜＞＝]+$/u
/** Nothing to search for: punctuation and symbols, but no emoji. */
const stray = /^[^\p{L}\p{N}\p{Extended_Pictographic}]*$/u
const isStray = (text: string): boolean => stray.test(fold(text))

/**
 * Splits what a person typed into words, quoted phrases, operators and links. Knows spelling only, no labels.
 * Takes any text whatever: what makes no sense (a quote left open, stray punctuation, NUL, half a surrogate pair)
 * is read in the friendliest way or skipped. Reads no further than it is asked to.
 * @param from where the text begins, see `startOf`
 */
export function* parse(text: string, from = 0): Generator<Item, void, void> {
  let at = from
  let apart = false

  const char = (index: number): string => {
    const point = text.codePointAt(index)
    return point === undefined ? '' : String.fromCodePoint(point)
  }
  const before = (index: number): string =>
    index >= 2 && letterOrDigit.test(char(index - 2)) && char(index - 2).length === 2
      ? char(index - 2)
      : text.slice(Math.max(0, index - 1), index)
  const insideWord = (index: number): boolean =>
    letterOrDigit.test(before(index)) && letterOrDigit.test(char(index + char(index).length))
  const skipBreaks = (from: number): number => {
    let index = from
    while (index < text.length && breaks.test(char(index))) index += char(index).length
    return index
  }

  /** End of the run of characters that starts here and belongs to one word. */
  const wordEnd = (from: number): number => {
    let index = from
    while (index < text.length) {
      const here = char(index)
      if (breaks.test(here) || bars.test(here)) break
      if (commas.test(here) && !(digit.test(before(index)) && digit.test(char(index + 1)))) break
      if (quotes.test(here) && (index === from || !insideWord(index))) break
      index += here.length
    }
    return index
  }

  /** A quoted text from its opening quote; one left open reaches to the end. A quote inside a word closes nothing. */
  const readQuoted = (open: number): { content: string; end: number } => {
    const start = open + char(open).length
    let index = start
    while (index < text.length) {
      const here = char(index)
      const next = char(index + here.length)
      if (quotes.test(here) && !(letterOrDigit.test(before(index)) && letterOrDigit.test(next)))
        return { content: text.slice(start, index), end: index + here.length }
      index += here.length
    }
    return { content: text.slice(start), end: text.length }
  }

  /** The value of an operator: what follows the colon, or the next word when a space was left after it. */
  const readValue = (
    valueStart: number,
    wordStop: number,
  ): { value: string; quoted: boolean; end: number } => {
    const value = text.slice(valueStart, wordStop)
    if (value !== '' && !onlyComparison.test(value)) return { value, quoted: false, end: wordStop }
    const next = skipBreaks(wordStop)
    if (next >= text.length) return { value, quoted: false, end: wordStop }
    if (quotes.test(char(next))) {
      const { content, end } = readQuoted(next)
      return { value: value + content, quoted: true, end }
    }
    const end = wordEnd(next)
    const following = text.slice(next, end)
    if (
      end === next ||
      signs.test(following) ||
      operatorStart.test(following) ||
      linkOf(following) !== undefined
    )
      return { value, quoted: false, end: wordStop }
    return onlyComparison.test(value + following)
      ? readValue(next, end)
      : { value: value + following, quoted: false, end }
  }

  while (at < text.length) {
    const here = char(at)
    if (breaks.test(here)) {
      at += here.length
      continue
    }
    if (commas.test(here)) {
      apart = true
      at += here.length
      continue
    }
    if (bars.test(here)) {
      yield { kind: 'link', link: 'or', start: at, end: at + 1 }
      at += 1
      continue
    }

    const start = at
    let sign: Sign = null
    const stop = wordEnd(at)
    const signed = signs.exec(text.slice(at, stop))?.[0] ?? ''
    if (signed !== '') {
      at += signed.length
      sign = plus.test(signed) ? 'required' : 'without'
    }
    if (at === stop && quotes.test(char(at))) {
      const { content, end } = readQuoted(at)
      if (!isStray(content)) yield { kind: 'quoted', text: content, apart, sign, start, end }
      at = end
      apart = false
      continue
    }
    if (at === stop) {
      // A lone dash asks for nothing.
      if (signed === '') at += char(at).length
      continue
    }

    const word = text.slice(at, stop)
    if (/^&+$/.test(word)) {
      yield { kind: 'link', link: 'and', start, end: stop }
      at = stop
      continue
    }
    const key = operatorStart.exec(word)
    const operator = key === null ? undefined : operatorOf(key[1] ?? '')
    if (key !== null && operator !== undefined) {
      const from = at + key[0].length
      const box = operator === 'area' ? (coordinates.exec(text.slice(from))?.[0].length ?? 0) : 0
      const { value, quoted, end } = readValue(from, Math.max(stop, from + box))
      if (!isStray(value)) yield { kind: 'operator', operator, value, quoted, sign, start, end }
      at = end
      apart = false
      continue
    }
    if (!isStray(word)) {
      yield { kind: 'word', text: word, apart, sign, start, end: stop }
      apart = false
    }
    at = stop
  }
}

const isBreak = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 0x20 || breaks.test(text.charAt(at))

/** Where the text begins when the spaces and brackets before the first word are left off; its length when it is no more. */
export function startOf(text: string): number {
  let start = 0
  while (start < text.length && isBreak(text, start)) start += 1
  return start
}

/** Where the text ends when the spaces and brackets behind the last word are left off. */
export function endOf(text: string): number {
  let end = text.length
  while (end > 0 && isBreak(text, end - 1)) end -= 1
  return end
}
