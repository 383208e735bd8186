import type { QueryPart } from '../../../electron/core/contract/values.ts'
import { lastPart, shownPath } from '../i18n/shown-path.ts'
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

/** Parts that a person comes to by a click on a folder, a day or a place: there the photos have a heading. */
const headed: ReadonlySet<QueryPart['kind']> = new Set(['folder', 'date', 'place', 'near', 'camera'])

/** What stands above the photos of one folder, day or place: the name alone. `null` for every other question. */
export function questionHeading(understood: readonly QueryPart[]): string | null {
  const [part, another] = understood
  if (part === undefined || another !== undefined || part.negated || !headed.has(part.kind)) return null
  if (part.kind === 'date') return part.meaning
  const value = part.text
    .slice(part.text.indexOf(':') + 1)
    .replaceAll('"', '')
    .trim()
  return part.kind === 'folder' ? shownPath(lastPart(value)) : value
}
