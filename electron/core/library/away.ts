import { pathsBelow } from './folders.ts'
import { pause, write, type Library } from './library.ts'
import { reunite } from './moves.ts'
import { markPresence } from './photos.ts'
import { prepare } from './statements.ts'

const awayFoldersSql =
  'SELECT id FROM folder WHERE offline = 1 AND (path = :path OR (path > :low AND path < :high))'

/**
 * Takes a person's word that the photos of a folder, and below it, whose disk is thought to be away are gone: they are
 * missing from now on, and no longer shown. What is known and was decided about them stays for when their files turn
 * up again. 200 photos at a time.
 * @returns photos that are no longer shown
 */
export async function hideAway(
  library: Library,
  folderId: number,
  breathe: () => Promise<void> = pause,
): Promise<number> {
  const path = prepare<[number], { path: string }>(library, 'SELECT path FROM folder WHERE id = ?').get(
    folderId,
  )?.path
  if (path === undefined) return 0
  const bounds = { path, ...pathsBelow(path) }
  const folders = prepare<[typeof bounds], { id: number }>(library, awayFoldersSql).all(bounds)
  const next = prepare<[number], { id: number; visible: number }>(
    library,
    "SELECT id, visible FROM photo WHERE folder_id = ? AND presence = 'here' LIMIT 200",
  )
  let hidden = 0
  for (const { id } of folders) {
    for (;;) {
      if (!library.db.open) return hidden
      const photos = next.all(id)
      if (photos.length === 0) break
      const ids = photos.map((photo) => photo.id)
      write(library, () => {
        markPresence(library, ids, 'missing')
        reunite(library, ids)
      })
      hidden += photos.filter(({ visible }) => visible === 1).length
      await breathe()
    }
  }
  return hidden
}
