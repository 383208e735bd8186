import { api } from '../api.ts'
import { counted } from '../i18n/words.ts'
import { useToasts } from '../notices/toasts.ts'

/**
 * Moves the files of photos to the system's trash, which asks with their paths. Where some went and no photo is gone, since
 * copies of it stayed, says so: nothing else on the screen would.
 * @returns the photos that are gone
 */
export async function moveToTrash(photoIds: readonly number[]): Promise<readonly number[]> {
  const { attempt, show } = useToasts()
  const answer = await attempt(api.trashPhotos({ photoIds: [...photoIds] }))
  if (answer === null) return []
  const { trashed, files } = answer
  if (trashed.length === 0 && files > 0) show(counted('batch.trashedFiles', files))
  return trashed
}
