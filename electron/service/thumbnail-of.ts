import type { Library } from '../core/library/library.ts'
import type { PhotoSource } from '../core/library/photos/best-file.ts'
import { isStorageError } from '../core/library/sqlite-errors.ts'
import type { ViewingCalls } from '../core/media/viewing-protocol.ts'
import type { Context } from './context.ts'

/**
 * The thumbnail of a photo, kept or made anew: upright as its files say, whatever the person did with it.
 * @returns `null` where there is none and its file cannot be read
 */
export async function thumbnailOf(
  { library, viewing }: Pick<Context, 'library' | 'viewing'>,
  { contentHash, path, orientation }: Pick<PhotoSource, 'contentHash' | 'path' | 'orientation'>,
): Promise<Uint8Array | null> {
  const kept = library.thumbnails.get(contentHash)
  if (kept !== null) return kept
  const made = await viewing.ask('thumbnail', { path, orientation }).catch(() => null)
  if (made === null || made.contentHash !== contentHash) return null
  keepIfPossible(library, made)
  return made.jpeg
}

/** A picture that cannot be kept, say on a full disk, is shown all the same, and made again the next time. */
function keepIfPossible({ thumbnails }: Library, made: ViewingCalls['thumbnail']['output']): void {
  try {
    thumbnails.put([made])
  } catch (error) {
    if (!isStorageError(error)) throw error
  }
}
