import { pathsBelow } from './folders.ts'
import { pause, write, type Library } from '../library.ts'
import { reunite } from '../moves.ts'
import { markPresence } from '../files/files.ts'
import { prepare } from '../statements.ts'

const awayFoldersSql =
  'SELECT id FROM folder WHERE offline = 1 AND (path = :path OR (path > :low AND path < :high))'

/** Photos that were hidden because a person said that they are gone. */
export interface HiddenPhotos {
  /** All of them, also files that are shown together with another one. */
  readonly photoIds: readonly number[]
  /** Photos that are no longer shown. */
  readonly changed: number
}

/** Photos handled in one transaction. */
const atOnce = 200

/**
 * Takes a person's word that the photos of a folder, and below it, whose disk is thought to be away are gone: they are
 * missing from now on, and no longer shown. What is known and was decided about them stays for when their files turn
 * up again. 200 photos at a time.
 */
export async function hideAway(
  library: Library,
  folderId: number,
  breathe: () => Promise<void> = pause,
): Promise<HiddenPhotos> {
  const path = prepare<[number], { path: string }>(library, 'SELECT path FROM folder WHERE id = ?').get(
    folderId,
  )?.path
  const photoIds: number[] = []
  if (path === undefined) return { photoIds, changed: 0 }
  const bounds = { path, ...pathsBelow(path) }
  const folders = prepare<[typeof bounds], { id: number }>(library, awayFoldersSql).all(bounds)
  const next = prepare<[number, number], { id: number; visible: number }>(
    library,
    "SELECT id, visible FROM photo WHERE folder_id = ? AND presence = 'here' LIMIT ?",
  )
  let changed = 0
  for (const { id } of folders) {
    for (;;) {
      if (!library.db.open) return { photoIds, changed }
      const photos = next.all(id, atOnce)
      if (photos.length === 0) break
      const ids = photos.map((photo) => photo.id)
      write(library, () => {
        markPresence(library, ids, 'missing')
        reunite(library, ids)
      })
      for (const hidden of ids) photoIds.push(hidden)
      changed += photos.filter(({ visible }) => visible === 1).length
      await breathe()
    }
  }
  return { photoIds, changed }
}

export const stillAwaySql = `
  SELECT 1 FROM photo p CROSS JOIN folder f ON f.id = p.folder_id
  WHERE p.id = ? AND p.presence = 'missing' AND substr(p.name, 1, 1) <> '/' AND f.offline = 1`

/**
 * The way back from `hideAway`: its photos are shown again, greyed, as before. Not those whose content has turned up
 * elsewhere meanwhile, nor those whose disk is back: that their files are not there has been seen. 200 at a time.
 * @returns photos that are shown again
 */
export async function showAway(
  library: Library,
  photoIds: readonly number[],
  breathe: () => Promise<void> = pause,
): Promise<number> {
  const isStillAway = prepare<[number], unknown>(library, stillAwaySql)
  const shown = prepare<[number], { visible: number }>(library, 'SELECT visible FROM photo WHERE id = ?')
  let changed = 0
  for (let from = 0; from < photoIds.length && library.db.open; from += atOnce) {
    const ids = photoIds.slice(from, from + atOnce).filter((id) => isStillAway.get(id) !== undefined)
    markPresence(library, ids, 'here')
    changed += ids.filter((id) => shown.get(id)?.visible === 1).length
    await breathe()
  }
  return changed
}
