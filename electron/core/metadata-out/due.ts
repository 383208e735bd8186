import { write, type Library } from '../library/library.ts'
import { prepare } from '../library/statements.ts'
import type { FileState } from './write-sidecar.ts'

/**
 * Photos whose sidecars are still to be written. While the setting is on, triggers keep it, so that undo, merged labels and
 * the command line are followed like any decision.
 */
export interface Due {
  readonly photoId: number
  readonly version: number
}

export const dueSql =
  "SELECT photo_id AS photoId, version FROM sidecar_due WHERE state = 'due' ORDER BY photo_id LIMIT ?"

export function duePhotos(library: Library, limit: number): Due[] {
  return prepare<[number], Due>(library, dueSql).all(limit)
}

/** It is written, unless something else was decided meanwhile. */
export function settle(library: Library, { photoId, version }: Due): void {
  write(library, () => {
    prepare<[number, number]>(library, 'DELETE FROM sidecar_due WHERE photo_id = ? AND version = ?').run(
      photoId,
      version,
    )
  })
}

/** It waits for the next `retryAll`, unless something else was decided meanwhile. */
export function postpone(library: Library, { photoId, version }: Due, state: 'offline' | 'failed'): void {
  write(library, () => {
    prepare<[string, number, number]>(
      library,
      'UPDATE sidecar_due SET state = ? WHERE photo_id = ? AND version = ?',
    ).run(state, photoId, version)
  })
}

export function retryAll(library: Library): void {
  write(library, () => {
    prepare<[]>(library, "UPDATE sidecar_due SET state = 'due' WHERE state <> 'due'").run()
  })
}

/** Whether a sidecar could not be written, and still waits. */
export function hasFailed(library: Library): boolean {
  return prepare<[]>(library, "SELECT 1 FROM sidecar_due WHERE state = 'failed' LIMIT 1").get() !== undefined
}

/** The setting was switched: on, all that was decided up to now is to be written; off, nothing is. */
export function switchDue(library: Library, isOn: boolean): void {
  write(library, () => {
    prepare<[]>(library, 'DELETE FROM sidecar_due').run()
    if (!isOn) return
    prepare<[]>(
      library,
      `INSERT INTO sidecar_due (photo_id)
       SELECT photo_id FROM decision UNION SELECT photo_id FROM person_fact`,
    ).run()
  })
}

export const knownSidecarSql = `SELECT fi.id, fi.size, fi.mtime, fi.ctime FROM folder f
  CROSS JOIN file fi ON fi.folder_id = f.id
  WHERE f.path = ? AND fi.name = ? AND fi.kind = 'sidecar' AND fi.presence = 'here'`

/** A sidecar as the last scan saw it; `null` when it saw none. */
export function knownSidecar(
  library: Library,
  folder: string,
  name: string,
): (FileState & { readonly id: number }) | null {
  return (
    prepare<[string, string], FileState & { readonly id: number }>(library, knownSidecarSql).get(
      folder,
      name,
    ) ?? null
  )
}
