import type { ShownPlace, Town } from '../../../electron/core/contract/placing.ts'
import { position, t } from '../i18n/words.ts'

/** What a town lies in: "Lazio, Italy". */
export const around = ({ name, region, country }: Town): string =>
  [...new Set([region, country].filter((each) => each !== null && each !== name))].join(', ')

/** "Rome, Lazio, Italy". */
export const townText = (town: Town): string => [town.name, around(town)].filter(Boolean).join(', ')

/** A place by its name; without one by its position. */
export function placeText(place: ShownPlace): string {
  if (place === null) return t('places.noPlace')
  return place.name ?? position(place)
}
