import { dirname } from 'node:path'
import type { Library } from '../core/library/library.ts'
import { pause } from '../core/library/library.ts'
import { markPresence } from '../core/library/photos.ts'
import { isStorageError } from '../core/library/sqlite-errors.ts'
import { photoFile } from '../core/library/photo-files.ts'
import { isTrustedFolder } from '../core/library/trust.ts'
import { respond, type MediaDeps } from '../core/media/respond.ts'
import type { ViewingCalls } from '../core/media/viewing-protocol.ts'
import type { Context } from './context.ts'
import type { InnerHandlers } from './protocol.ts'

/** Photos that are marked before others are answered; a scan finds those missing that were not. */
const atOnce = 200

/** What a shell asks for itself: pictures, places of files, power. */
export function innerHandlers({ library, viewing, changes, indexing, ending }: Context): InnerHandlers {
  const media: MediaDeps = {
    photo: (id) => photoFile(library, id),
    thumbnail: async (contentHash, { path }) => {
      const kept = library.thumbnails.get(contentHash)
      if (kept !== null) return kept
      const made = await viewing.ask('thumbnail', { path }).catch(() => null)
      if (made === null || made.contentHash !== contentHash) return null
      keepIfPossible(library, made)
      return made.jpeg
    },
    view: ({ path }) => viewing.ask('view', { path }).catch(() => null),
  }
  return {
    media: (request) => respond(request, media),
    locatePhotos: (ids) =>
      ids.flatMap((id) => {
        const file = photoFile(library, id)
        return file === null || !isTrustedFolder(dirname(file.path))
          ? []
          : [{ id, path: file.path, size: file.size, mtime: file.mtime }]
      }),
    photosTrashed: async (ids) => {
      for (let at = 0; at < ids.length && !ending.aborted; at += atOnce) {
        markPresence(library, ids.slice(at, at + atOnce), 'missing')
        await pause()
      }
      changes.now('photos', 'folders', 'problems')
      return null
    },
    onBattery: (onBattery) => {
      indexing.setOnBattery(onBattery)
      return null
    },
  }
}

/** A picture that cannot be kept, say on a full disk, is shown all the same, and made again the next time. */
function keepIfPossible({ thumbnails }: Library, made: ViewingCalls['thumbnail']['output']): void {
  try {
    thumbnails.put([made])
  } catch (error) {
    if (!isStorageError(error)) throw error
  }
}
