import type { QueryPart } from '../../../electron/core/contract/values.ts'
import { t } from '../i18n/words.ts'

/** What the photos on the wall are: all of them, what the one part of the query means, else the query itself. */
export function questionTitle(text: string, understood: readonly QueryPart[]): string {
  const asked = text.trim()
  if (asked === '') return t('rail.allPhotos')
  const [part, another] = understood
  // A word that means several things is told by itself.
  if (part === undefined || another !== undefined || part.kind === 'word' || part.kind === 'unknown')
    return asked
  return part.negated ? `${t('search.not')} ${part.meaning}` : part.meaning
}
