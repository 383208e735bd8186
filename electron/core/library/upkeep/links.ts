import { lstatSync } from 'node:fs'
import { KartotekaError } from '../../contract/failure.ts'
import { featuresFile, libraryFile, lockFile, thumbnailsFile } from './library-files.ts'

/**
 * A link in the place of a library's file would have us write to one that someone else chose; a pipe would have us
 * wait for ever. The folder itself may be reached by a link.
 * @throws KartotekaError `library-unusable`
 */
export function refuseLinks(folder: string): void {
  for (const file of [libraryFile(folder), thumbnailsFile(folder), featuresFile(folder), lockFile(folder)]) {
    for (const path of ['', '-wal', '-shm', '-journal', '.new', '.restoring'].map((end) => file + end)) {
      const entry = lstatSync(path, { throwIfNoEntry: false })
      // A folder in the place of the database counts as damage, which is told elsewhere.
      if (entry === undefined || entry.isFile() || entry.isDirectory()) continue
      throw new KartotekaError(
        'library-unusable',
        `${path} is no plain file, so the library in ${folder} is not opened. Put the file itself there, or move it away.`,
      )
    }
  }
}
