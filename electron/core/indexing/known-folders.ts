import { knownFolders } from '../library/roots/folders.ts'
import type { Library } from '../library/library.ts'
import { laterCopies } from '../library/moves.ts'
import { knownFiles } from '../library/files/files.ts'
import { listRoots } from '../library/roots/roots.ts'
import { strangersIn } from '../library/strangers.ts'
import { isWithin } from '../paths/os-path.ts'
import type { KnownFolders } from '../scan/scan-root.ts'

/** What a scan asks of the library; the folders as they are known now. */
export function knownTo(library: Library): KnownFolders {
  const ids = new Map<string, number>()
  for (const root of listRoots(library)) {
    for (const { id, path } of knownFolders(library, root.id)) ids.set(path, id)
  }
  return {
    foldersFrom: (from) => [...ids.keys()].filter((path) => isWithin(path, from)),
    filesIn: (path) => {
      const id = ids.get(path)
      return id === undefined ? [] : knownFiles(library, id)
    },
    laterCopies: (photoId) => laterCopies(library, photoId),
    strangersIn: (path) => {
      const id = ids.get(path)
      return id === undefined ? [] : strangersIn(library, id)
    },
  }
}
