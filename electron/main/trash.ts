import { dialog, shell, type BrowserWindow } from 'electron'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { KartotekaError } from '../core/contract/failure.ts'
import { osFromText } from '../core/paths/os-path.ts'
import type { LocatedFile } from '../service/protocol.ts'
import type { Supervisor } from '../service/supervisor.ts'
import type { Texts } from './texts.ts'

/**
 * Moves photos to the system's trash with all their copies, after asking. A file that is no longer the one that was
 * indexed stays where it is: the person saw another picture. Says afterwards what could not be moved.
 * @returns the ids of the photos all of whose files are in the trash now
 */
export async function trashPhotos(
  ids: readonly number[],
  window: BrowserWindow,
  supervisor: Pick<Supervisor, 'inner'>,
  texts: Texts,
): Promise<number[]> {
  const located = await supervisor.inner('locateFiles', ids)
  if (!located.ok) throw new KartotekaError(located.error.code, located.error.message)
  const files = located.value
  const photos = new Set(files.map(({ photoId }) => photoId))
  const [first] = files
  if (!first) return []
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: photos.size === 1 ? texts.trashOne(basename(first.path)) : texts.trashMany(photos.size),
    detail:
      files.length > photos.size
        ? `${texts.trashCopies(files.length)} ${texts.trashDetail}`
        : texts.trashDetail,
    buttons: [texts.cancel, texts.moveToTrash],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  if (response !== 1) return []

  const trashed: number[] = []
  const kept: string[] = []
  for (const file of files) {
    const why = await trash(file, texts)
    if (why === null) trashed.push(file.fileId)
    else {
      kept.push(`${file.path}: ${why}`)
      photos.delete(file.photoId)
    }
  }
  if (trashed.length > 0) await supervisor.inner('filesTrashed', trashed)
  if (kept.length > 0) {
    await dialog.showMessageBox(window, {
      type: 'error',
      message: texts.notTrashed(kept.length),
      detail: kept.slice(0, 20).join('\n'),
    })
  }
  return [...photos]
}

/** Why the file stays, or `null` when it is in the trash (or was gone already). */
async function trash(file: LocatedFile, texts: Texts): Promise<string | null> {
  const name = osFromText(file.path)
  if (typeof name !== 'string') return texts.nameNotPassable
  try {
    const now = await stat(name)
    if (now.size !== file.size || Math.trunc(now.mtimeMs) !== Math.trunc(file.mtime))
      return texts.changedSince
    await shell.trashItem(name)
    return null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    return error instanceof Error ? error.message : String(error)
  }
}
