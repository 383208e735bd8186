import { knownPart } from '../../../electron/core/contract/dates.ts'
import type { WallPhoto } from '../../../electron/core/contract/values.ts'
import { counted, dayName, percent, t } from '../i18n/words.ts'
import { starsText } from '../labels/say-of-photos.ts'
import { reasonsText } from '../search/reason-text.ts'
import { shownFor } from './stacks.ts'
import { shownPath } from '../i18n/shown-path.ts'

/** What the wall says of a photo at a glance: its title, else its best tag. */
export const captionOf = (photo: WallPhoto): string => photo.title ?? tagOf(photo)

/** "zebra 97%", "possibly zebra 31%". */
export function tagOf(photo: WallPhoto): string {
  if (photo.state === 'failed') return t('wall.failed')
  if (photo.best === null) return photo.state === 'done' ? t('wall.untagged') : t('wall.pending')
  const { label, probability, sure, guess } = photo.best
  if (guess === true) return t('wall.guess', { label })
  const share = percent(probability)
  return sure ? `${label} ${share}` : t('wall.possibly', { label, share })
}

/** A title that is cut off, and why the photo was found. */
export const tipOf = ({ title, because }: WallPhoto): string | undefined =>
  [title ?? '', reasonsText(because)].filter((text) => text !== '').join('\n') || undefined

/** It has no date of its own: that of its file has to do. */
export const isDatedByFile = ({ takenFrom }: WallPhoto): boolean => takenFrom === 'file-time'

/** The same for people who hear the wall: stars, name, day and state besides. */
export function describe(photo: WallPhoto): string {
  const parts = photo.title === null ? [] : [photo.title]
  parts.push(tagOf(photo))
  if (photo.rating !== null && photo.rating > 0) parts.push(starsText(photo.rating))
  if (photo.animated === true) parts.push(t('viewing.moves'))
  if (photo.favourite) parts.push(t('said.isFavourite'))
  if (photo.hidden) parts.push(t('said.isHidden'))
  if (photo.takenAt !== null) parts.push(dayName(knownPart(photo.takenAt, photo.takenPrecision).slice(0, 10)))
  if (isDatedByFile(photo)) parts.push(t('wall.datedByFile'))
  parts.push(shownPath(photo.name))
  if (photo.copies > 0) parts.push(counted('wall.files', photo.copies + 1))
  const together = shownFor(photo)
  if (together > 0)
    parts.push(
      photo.stack === undefined ? counted('stacks.same', together) : counted('stacks.photos', together),
    )
  if (photo.offline) parts.push(t('wall.offline'))
  if (photo.damaged) parts.push(t('wall.damaged'))
  return parts.join(', ')
}
