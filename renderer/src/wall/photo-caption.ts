import { knownPart } from '../../../electron/core/contract/dates.ts'
import type { WallPhoto } from '../../../electron/core/contract/values.ts'
import { counted, dayName, percent, t } from '../i18n/words.ts'
import { shownPath } from '../i18n/shown-path.ts'

/** "zebra 97%", "possibly zebra 31%": what the wall says of a photo at a glance. */
export function captionOf(photo: WallPhoto): string {
  if (photo.state === 'failed') return t('wall.failed')
  if (photo.best === null) return photo.state === 'done' ? t('wall.untagged') : t('wall.pending')
  const { label, probability, sure } = photo.best
  const share = percent(probability)
  return sure ? `${label} ${share}` : t('wall.possibly', { label, share })
}

/** It has no date of its own: that of its file has to do. */
export const isDatedByFile = ({ takenFrom }: WallPhoto): boolean => takenFrom === 'file-time'

/** The same for people who hear the wall: name, day and state besides the tag. */
export function describe(photo: WallPhoto): string {
  const parts = [captionOf(photo)]
  if (photo.takenAt !== null) parts.push(dayName(knownPart(photo.takenAt, photo.takenPrecision).slice(0, 10)))
  if (isDatedByFile(photo)) parts.push(t('wall.datedByFile'))
  parts.push(shownPath(photo.name))
  if (photo.copies > 0) parts.push(counted('wall.files', photo.copies + 1))
  if (photo.offline) parts.push(t('wall.offline'))
  if (photo.damaged) parts.push(t('wall.damaged'))
  return parts.join(', ')
}
