import type { QueryPart } from '../../../electron/core/contract/values.ts'
import { anyOf, t } from '../i18n/words.ts'

/** A word of the query as it is told to people: in quotation marks, whatever marks were typed. */
export function quotedWord({ text }: Pick<QueryPart, 'text'>): string {
  const bare = text.replaceAll(/["“”„‟«»＂]/gu, '').trim()
  return t('search.quoted', { text: bare === '' ? text : bare })
}

/** The words that the search left out, each once. */
export function leftOut(understood: readonly QueryPart[]): readonly string[] {
  return [...new Set(understood.filter(({ setAside }) => setAside).map(quotedWord))]
}

/** Why words were left out: nothing is called so, or they are labels that no photo has. Empty where none were. */
export function whyLeftOut(understood: readonly QueryPart[]): string {
  const aside = understood.filter(({ setAside }) => setAside)
  const notCalled = leftOut(aside.filter(({ terms }) => terms.length === 0))
  const notShown = leftOut(aside.filter(({ terms }) => terms.length > 0))
  return [
    ...(notCalled.length > 0 ? [t('search.notCalled', { words: anyOf(notCalled) })] : []),
    ...(notShown.length > 0 ? [t('search.notShown', { words: anyOf(notShown) })] : []),
  ].join(' ')
}
