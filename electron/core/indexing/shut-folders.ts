import { KartotekaError, toFailure } from '../contract/failure.ts'
import { realFolder } from '../paths/real-folder.ts'

/** @throws KartotekaError `folder-missing` when none of the folders can be opened, and none of them was ever indexed */
export function refuseShut(folders: readonly string[], isNewLibrary: boolean): void {
  const shut = shutAmong(folders)
  // A library that is there may know the folder, even if its disk is away.
  if (isNewLibrary && folders.every((folder) => shut.has(folder))) throw nothingDone(shut.values())
}

/** Folders that cannot be opened, each with the sentence that says why. */
export function shutAmong(folders: readonly string[]): ReadonlyMap<string, string> {
  const shut = new Map<string, string>()
  for (const folder of folders) {
    try {
      realFolder(folder)
    } catch (error) {
      shut.set(folder, toFailure(error).message)
    }
  }
  return shut
}

/** The failure of a command that had no folder to look into. */
export function nothingDone(reasons: Iterable<string>): KartotekaError {
  return new KartotekaError('folder-missing', [...new Set(reasons)].join('\n'))
}
