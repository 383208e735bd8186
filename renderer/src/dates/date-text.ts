import { knownPart } from '../../../electron/core/contract/dates.ts'
import type { ShownDate } from '../../../electron/core/contract/dating.ts'
import { exactMoment, t } from '../i18n/words.ts'
import { zoneName } from './zone-offsets.ts'

/** A date to the second, as far as it is known, with its zone. */
export function dateText(date: ShownDate): string {
  if (date === null) return t('dates.none')
  const text = exactMoment(knownPart(date.at, date.precision))
  return date.offset === null ? text : `${text} (${zoneName(date.offset)})`
}
