import { dirname } from 'node:path'
import { copySource } from '../core/give-away/sources.ts'
import { indexFolders } from '../core/indexing/index-folders.ts'
import type { MovedFolder } from '../core/indexing/moved-folder.ts'
import { movedFrom, relocateFolderAt } from '../core/indexing/moved-folders.ts'
import { yieldToEventLoop } from '../core/library/library.ts'
import { markMissing } from '../core/library/files/files.ts'
import { readFile } from '../core/library/photos/details.ts'
import { photoSource } from '../core/library/photos/best-file.ts'
import { isTrustedFolder } from '../core/library/roots/trust.ts'
import { shownOrientation } from '../core/imaging/turn.ts'
import { respond, type MediaDeps } from '../core/media/respond.ts'
import type { Context } from './context.ts'
import { locateFiles } from './locate-files.ts'
import type { InnerHandlers } from './protocol.ts'
import { changeSettings } from './settings-store.ts'
import { thumbnailOf } from './thumbnail-of.ts'

/** Files that are marked before others are answered; a scan finds those missing that were not. */
const atOnce = 200

/** What a shell asks for itself: pictures, places of files, power. */
export function innerHandlers(context: Context): InnerHandlers {
  const { library, viewing, changes, copying, copyThread, indexer, indexing, places, notices, ending } =
    context
  const { descriptors } = context
  const media: MediaDeps = {
    photo: (id) => photoSource(library, id),
    thumbnail: async (photo) => {
      const jpeg = await thumbnailOf(context, photo)
      if (jpeg === null || photo.turn === 0) return jpeg
      return viewing.ask('turnedThumbnail', { jpeg, turn: photo.turn }).catch(() => null)
    },
    view: ({ path, orientation, turn }) =>
      viewing.ask('view', { path, orientation: shownOrientation(orientation, turn) }).catch(() => null),
    original: ({ path, contentHash, orientation, turn }) =>
      viewing.ask('original', { path, contentHash, orientation, turn }).catch(() => null),
  }
  return {
    media: (request) => respond(request, media),
    pathOf: (which) => {
      if (which.kind === 'copies') return copying.first()
      const { kind, id } = which
      const path = (kind === 'photo' ? photoSource(library, id) : readFile(library, id))?.path
      return path !== undefined && isTrustedFolder(dirname(path)) ? path : null
    },
    locateFiles: (ids) => locateFiles(library, ids),
    copySource: ({ photoId, sidecars }) => copySource(library, photoId, sidecars),
    // A source is given only where it may be looked at.
    renderCopy: (task) => copyThread.ask('render', task),
    filesTrashed: async (fileIds) => {
      for (let at = 0; at < fileIds.length && !ending.aborted; at += atOnce) {
        markMissing(library, fileIds.slice(at, at + atOnce))
        await yieldToEventLoop()
      }
      changes.now('photos', 'tags', 'folders', 'problems')
      return null
    },
    onBattery: (onBattery) => {
      indexing.setOnBattery(onBattery)
      return null
    },
    movedAmong: async (folders) => {
      const moved: MovedFolder[] = []
      for (const folder of folders) {
        const root = await movedFrom(library, folder)
        if (root !== null) moved.push({ folder, from: root.path })
      }
      return moved
    },
    relocate: async (moved) => {
      await relocateFolderAt(library, moved, ending)
      return null
    },
    index: async ({ look, ...request }) => {
      if (look !== null) changeSettings(library, { look })
      const summary = await indexFolders(library, indexer, request, {
        onNotice: notices.tell,
        signal: ending,
      })
      // The service ends with the command: nobody else would do it.
      if (!summary.stopped) {
        await places.placeIfFree()
        descriptors.makeIfFree()
        await descriptors.settled()
      }
      return summary
    },
  }
}
