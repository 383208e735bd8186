import type { QueryPart, Reason } from '../../../electron/core/contract/values.ts'
import { shownPath } from '../i18n/shown-path.ts'
import { percent, t } from '../i18n/words.ts'

const seen: ReadonlySet<Reason['kind']> = new Set(['label', 'category'])

/** "folder Wedding Olga", "seen: beach 83 %". */
function reasonText({ kind, met, probability, guess }: Reason): string {
  const name = shownPath(met)
  if (guess === true) return t('reason.guess', { met: name })
  if (kind === 'own-label' && probability !== null)
    return `${t('reason.taught', { met: name })} ${percent(probability)}`
  if (!seen.has(kind)) return t(`reason.${kind}`, { met: name })
  return probability === null
    ? t('reason.certain', { met: name })
    : `${t(`reason.${kind}`, { met: name })} ${percent(probability)}`
}

/** Why a photo was found, in one line; empty where nothing was asked. */
export const reasonsText = (because: readonly Reason[]): string =>
  [...new Set(because.map(reasonText))].join(' · ')

/** The reasons of each word of the query, each once; `word` is empty for those that have none. */
export function reasonsByWord(because: readonly Reason[]): { word: string; reasons: string }[] {
  const byWord = Map.groupBy(because, ({ word }) => word.trim())
  return [...byWord].map(([word, reasons]) => ({ word, reasons: reasonsText(reasons) }))
}

/** What a word can mean, as its chip tells it: "in folders", "seen: bridegroom". */
export const meaningText = ({ kind, name }: QueryPart['meanings'][number]): string =>
  t(`meaning.${kind}`, { name: name ?? '' })
