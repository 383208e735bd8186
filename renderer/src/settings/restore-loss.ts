import type { RestoreLoss } from '../../../electron/core/contract/states.ts'
import { counted, t } from '../i18n/words.ts'

/** What a person who restores a backup will miss or have again, a line for each kind of it; `null`: it cannot be told. */
export function lossLines(loss: RestoreLoss | null): string[] {
  if (loss === null) return [t('backup.lost.unknown')]
  const { decisions, photosDecided, labels, albums, searches, taught, groups, photosAdded, returning } = loss
  const photos = counted('folders.photos', photosDecided)
  const lines = [
    ...(decisions > 0 ? [counted('backup.lost.decisions', decisions, { photos })] : []),
    ...(labels > 0 ? [counted('backup.lost.labels', labels)] : []),
    ...(albums > 0 ? [counted('backup.lost.albums', albums)] : []),
    ...(searches > 0 ? [counted('backup.lost.searches', searches)] : []),
    ...(taught > 0 ? [counted('backup.lost.taught', taught)] : []),
    ...(groups > 0 ? [counted('backup.lost.groups', groups)] : []),
    ...(photosAdded > 0 ? [counted('backup.lost.photos', photosAdded)] : []),
  ]
  return [
    ...(lines.length === 0 ? [t('backup.lost.nothing')] : lines),
    ...(returning > 0 ? [counted('backup.lost.returning', returning)] : []),
  ]
}
