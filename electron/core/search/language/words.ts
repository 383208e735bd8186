import { fold } from '../../labels/fold.ts'

const letterOrDigit = /[\p{L}\p{N}]/u
const between = /[^\p{L}\p{N}\p{M}]+/u

/** The folded words of a text joined by single spaces, punctuation gone; what is only symbols stays as it is. */
export function wordsOf(text: string): string {
  const folded = fold(text)
  const words = folded.split(between).filter((word) => letterOrDigit.test(word))
  return words.length === 0 ? withoutLooseQuotes(folded) : words.join(' ')
}

/** The text without its quotation marks, except those inside a word (a Hebrew abbreviation). */
export function withoutLooseQuotes(text: string): string {
  return text
    .replace(/(?<![\p{L}\p{N}\p{M}])["“”„‟«»＂]|["“”„‟«»＂](?![\p{L}\p{N}\p{M}])/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Whether words stand side by side in others (both as `wordsOf` gives them), the last perhaps as the beginning of one. */
export const hasWords = (text: string, words: string, beginning: boolean): boolean =>
  ` ${text} `.includes(` ${words}${beginning ? '' : ' '}`)
