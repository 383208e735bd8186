import { believedFirst, sidecarKeys } from '../../paths/sidecars.ts'
import { write, type Library } from '../library.ts'
import { prepare } from '../statements.ts'

/**
 * Sidecars are files like photos: the scan compares them, and where one came, changed or went the photo files beside it
 * are read again. What they say is kept with the photo file (`file.sidecar`).
 */

export const sidecarsSql =
  "SELECT name FROM file WHERE folder_id = ? AND sidecar_of = ? AND presence = 'here'"

/**
 * Names of the sidecars beside a photo file, the one to be believed first: `photo.jpg.xmp` before `photo.xmp`; of several
 * that differ in the case of letters alone the one that is written like the photo.
 */
export function sidecarsBeside(library: Library, folderId: number, name: string): string[] {
  const select = prepare<[number, string], { name: string }>(library, sidecarsSql)
  return [...new Set(sidecarKeys(name))].flatMap((key) =>
    select
      .all(folderId, key)
      .map((row) => row.name)
      .toSorted(believedFirst(name)),
  )
}

/** Queues photo files that were read, as what stands beside them is no longer what it was. At most some 200 at once. */
export function readAgain(library: Library, fileIds: readonly number[]): void {
  const update = prepare<[number]>(
    library,
    "UPDATE file SET state = 'pending', attempts = 0 WHERE id = ? AND kind = 'photo' AND state = 'done'",
  )
  write(library, () => {
    for (const id of fileIds) update.run(id)
  })
}
