import { readSetting, writeSetting } from '../settings.ts'
import { prepare, type Connection } from '../statements.ts'

/**
 * Folders inside a root that people chose by themselves, before or after the one around them. They are looked into
 * whatever they are called. Kept as ids, so that they go with their folder wherever its path goes.
 */
const key = 'folders.chosen'

export interface ChosenFolder {
  readonly id: number
  readonly path: string
}

/** Those in the roots of the library. One that is a root itself by now is none of them. */
export function chosenFolders(library: Connection): ChosenFolder[] {
  const inRoot = prepare<[number], ChosenFolder>(
    library,
    `SELECT f.id, f.path FROM folder f JOIN root r ON r.id = f.root_id
     WHERE f.id = ? AND f.parent_id IS NOT NULL AND r.state = 'present'`,
  )
  return chosenIds(library).flatMap((id) => inRoot.get(id) ?? [])
}

/** The person chose this folder by itself. */
export function keepChosen(library: Connection, folderId: number): void {
  const ids = chosenIds(library)
  if (!ids.includes(folderId)) writeSetting(library, key, [...ids, folderId])
}

/** These folders are no longer known; others may get their ids. */
export function forgetChosen(library: Connection, folderIds: readonly number[]): void {
  const ids = chosenIds(library)
  const left = ids.filter((id) => !folderIds.includes(id))
  if (left.length < ids.length) writeSetting(library, key, left)
}

function chosenIds(library: Connection): number[] {
  const kept = readSetting(library, key)
  return Array.isArray(kept) ? kept.filter((id): id is number => Number.isSafeInteger(id)) : []
}
