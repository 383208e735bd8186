import { baseForms } from '../../labels/word-forms.ts'
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

/**
 * Whether a name (as `wordsOf` gives it) has the words side by side; a single word in any of its forms, whichever of the
 * two is the form of the other: "свадьбы", "свадьба".
 */
export function isCalled(name: string, words: string): boolean {
  if (words === '' || words.includes(' ')) return words !== '' && hasWords(name, words, false)
  return name.split(' ').some((word) => isForm(word, words) || isForm(words, word))
}

/** Forms keep the first letters of a word. */
const isForm = (word: string, base: string): boolean =>
  word === base || (word.startsWith(base.slice(0, 2)) && baseForms(word).includes(base))
