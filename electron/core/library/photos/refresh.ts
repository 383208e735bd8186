import { yieldToEventLoop, write, type Library } from '../library.ts'
import { prepare } from '../statements.ts'
import { logChanges } from './changes.ts'
import { refreshIndexEntries } from './index-entries.ts'
import { orderDays } from './order-of-days.ts'
import { storeBorrowedFacts } from './facts.ts'
import { withFronts } from './stacked.ts'
import { restack } from './stacks.ts'
import { refreshWords } from './words.ts'

/**
 * Brings all that follows from photos, their files and decisions up to date: facts that names and sidecars tell, stacks, the order of the
 * days concerned, the photos of each folder, words, the search index; and notes that they changed. To be called for every photo whose row, files, tags or decisions
 * changed. Part of the caller's transaction.
 */
export function refreshPhotos(library: Library, photoIds: Iterable<number>): void {
  const ids = withFronts(library, photoIds)
  if (ids.size > 0) {
    storeBorrowedFacts(library, ids)
    for (const id of restack(library, ids)) ids.add(id)
  }
  // Photos that are gone altogether left days behind, too.
  for (const id of orderDays(library)) ids.add(id)
  if (ids.size === 0) return
  refreshFolders(library, ids)
  refreshWords(library, ids)
  refreshIndexEntries(library, ids)
  logChanges(library, ids, 'all')
}

/** Which folders show a photo: those that hold a file of it, if it is shown at all. */
function refreshFolders(library: Library, photoIds: Iterable<number>): void {
  const leave = prepare<[number]>(
    library,
    `DELETE FROM folder_photo WHERE photo_id = ? AND NOT EXISTS (
       SELECT 1 FROM photo JOIN file ON photo_id = photo.id
       WHERE photo.id = folder_photo.photo_id AND folder_id = folder_photo.folder_id AND presence = 'here' AND visible = 1)`,
  )
  const enter = prepare<[number]>(
    library,
    `INSERT OR IGNORE INTO folder_photo (folder_id, photo_id)
     SELECT folder_id, photo_id FROM photo JOIN file ON photo_id = photo.id
     WHERE photo.id = ? AND visible = 1 AND presence = 'here'`,
  )
  for (const id of photoIds) {
    leave.run(id)
    enter.run(id)
  }
}

/**
 * Makes what follows from all photos anew, for when the tree of categories above the terms has changed. In steps of
 * 200 photos.
 */
export async function refreshAllPhotos(
  library: Library,
  betweenBatches: () => Promise<void> = yieldToEventLoop,
): Promise<void> {
  const next = prepare<[number], { id: number }>(
    library,
    'SELECT id FROM photo WHERE id > ? ORDER BY id LIMIT 200',
  )
  for (let last = 0; library.db.open; await betweenBatches()) {
    const ids = next.all(last).map(({ id }) => id)
    if (ids.length === 0) return
    write(library, () => {
      refreshPhotos(library, ids)
    })
    last = ids.at(-1) ?? last
  }
}
