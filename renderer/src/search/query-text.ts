import { completedWord } from '../../../electron/core/contract/completed-word.ts'

/** Puts a completion in place of the word under the caret, a space after it for the next one. */
export function completed(text: string, caret: number, insert: string): { text: string; caret: number } {
  const { start, end } = completedWord(text, caret)
  const space = insert.endsWith(':') ? '' : ' '
  const head = `${text.slice(0, start)}${insert}${space}`
  return { text: head + text.slice(end).trimStart(), caret: head.length }
}
