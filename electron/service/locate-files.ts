import { contentHashOfFile } from '../core/imaging/open-photo.ts'
import { isCherished } from '../core/library/decisions/cherished.ts'
import type { Library } from '../core/library/library.ts'
import { photoSource } from '../core/library/photos/best-file.ts'
import { originalsOf, type OriginalFile } from '../core/library/photos/originals.ts'
import { isTrustedFolder } from '../core/library/roots/trust.ts'
import type { LocatedFile } from './protocol.ts'

/** The files of photos that are there or on a disk that is away, of each the one that speaks for it first; of folders that may be looked at. */
export async function locateFiles(library: Library, photoIds: readonly number[]): Promise<LocatedFile[]> {
  const located: LocatedFile[] = []
  for (const photoId of photoIds) {
    const content = photoSource(library, photoId)?.contentHash
    const cherished = isCherished(library, photoId)
    for (const file of originalsOf(library, photoId)) {
      const { id, path, size, mtime, presence, folder } = file
      if ((presence !== 'here' && presence !== 'offline') || !isTrustedFolder(folder)) continue
      const changed = presence === 'here' && (await holdsAnother(file, content))
      located.push({ fileId: id, photoId, path, size, mtime, here: presence === 'here', cherished, changed })
    }
  }
  return located
}

/** One that waits to be read again was scanned: size and time may be those of another content. */
async function holdsAnother({ path, state }: OriginalFile, content: string | undefined): Promise<boolean> {
  return state !== 'done' && (await contentHashOfFile(path).catch(() => null)) !== content
}
