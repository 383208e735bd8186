import { dialog, shell, type BrowserWindow } from 'electron'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { KartotekaError } from '../core/contract/failure.ts'
import { osFromText } from '../core/paths/os-path.ts'
import type { LocatedPhoto } from '../service/protocol.ts'
import type { Supervisor } from '../service/supervisor.ts'
import type { Texts } from './texts.ts'

/**
 * Moves photos to the system's trash, after asking. A file that is no longer the one that was indexed stays
 * where it is: the person saw another picture. Says afterwards what could not be moved.
 * @returns the ids of the photos that are in the trash now.
 */
export async function trashPhotos(
  ids: readonly number[],
  window: BrowserWindow,
  supervisor: Pick<Supervisor, 'inner'>,
  texts: Texts,
): Promise<number[]> {
  const located = await supervisor.inner('locatePhotos', ids)
  if (!located.ok) throw new KartotekaError(located.error.code, located.error.message)
  const photos = located.value
  const [first] = photos
  if (!first) return []
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: photos.length === 1 ? texts.trashOne(basename(first.path)) : texts.trashMany(photos.length),
    detail: texts.trashDetail,
    buttons: [texts.cancel, texts.moveToTrash],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  if (response !== 1) return []

  const trashed: number[] = []
  const kept: string[] = []
  for (const photo of photos) {
    const why = await trash(photo, texts)
    if (why === null) trashed.push(photo.id)
    else kept.push(`${photo.path}: ${why}`)
  }
  if (trashed.length > 0) await supervisor.inner('photosTrashed', trashed)
  if (kept.length > 0) {
    await dialog.showMessageBox(window, {
      type: 'error',
      message: texts.notTrashed(kept.length),
      detail: kept.slice(0, 20).join('\n'),
    })
  }
  return trashed
}

/** Why the file stays, or `null` when it is in the trash (or was gone already). */
async function trash(photo: LocatedPhoto, texts: Texts): Promise<string | null> {
  const name = osFromText(photo.path)
  if (typeof name !== 'string') return texts.nameNotPassable
  try {
    const now = await stat(name)
    if (now.size !== photo.size || Math.trunc(now.mtimeMs) !== Math.trunc(photo.mtime))
      return texts.changedSince
    await shell.trashItem(name)
    return null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    return error instanceof Error ? error.message : String(error)
  }
}
