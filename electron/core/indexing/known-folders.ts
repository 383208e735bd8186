import { knownFiles, laterCopies } from '../library/files/files.ts'
import { knownFolders } from '../library/roots/folders.ts'
import { listRoots } from '../library/roots/roots.ts'
import type { Reader } from '../library/statements.ts'
import { isWithin } from '../paths/os-path.ts'
import type { KnownFolders } from '../scan/scan-root.ts'

/** What a scan asks of the library; the folders as they are known now. */
export function knownTo(reader: Reader): KnownFolders {
  const ids = new Map<string, number>()
  for (const root of listRoots(reader)) {
    for (const { id, path } of knownFolders(reader, root.id)) ids.set(path, id)
  }
  return {
    foldersFrom: (from) => [...ids.keys()].filter((path) => isWithin(path, from)),
    filesIn: (path) => {
      const id = ids.get(path)
      return id === undefined ? [] : knownFiles(reader, id)
    },
    laterCopies: (fileId) => laterCopies(reader, fileId),
  }
}
