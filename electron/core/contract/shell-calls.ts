import * as v from 'valibot'
import { copyOptions } from './copies.ts'
import { fileId, manyPhotos, photoId } from './values.ts'

/** Calls that the shell answers by itself, as only it can: dialogs, the file manager, the clipboard, the trash. */

const nothing = v.null()
/** A file, or the one that speaks for a photo. */
const fileOrPhoto = v.variant('kind', [
  v.object({ kind: v.literal('photo'), id: photoId }),
  v.object({ kind: v.literal('file'), id: fileId }),
])
export type FileOrPhoto = v.InferOutput<typeof fileOrPhoto>
/** Or the first of the copies that were saved last. */
const shownFile = v.variant('kind', [...fileOrPhoto.options, v.object({ kind: v.literal('copies') })])
export type ShownFile = v.InferOutput<typeof shownFile>

export const shellCalls = {
  chooseFolders: { input: nothing, output: v.array(v.string()) },
  /** A file with the network's weights; `null` when the person changed their mind. */
  chooseWeights: { input: nothing, output: v.nullable(v.string()) },
  showInFolder: { input: shownFile, output: nothing },
  /** With the program that the system has for such files. */
  openPhoto: { input: v.object({ id: photoId }), output: nothing },
  /** The picture, as the viewer shows it, onto the clipboard. */
  copyPicture: { input: v.object({ id: photoId }), output: nothing },
  /** The person drags photos: their files go where they are dropped. */
  dragPhotos: {
    input: v.object({ photoIds: v.pipe(manyPhotos, v.maxLength(1000)) }),
    output: nothing,
  },
  /** Where to save copies; `null` when the person changed their mind. */
  chooseCopyFolder: { input: nothing, output: v.nullable(v.string()) },
  /** An address, good once and within a minute, at which copies of photos are fetched as a ZIP. */
  downloadCopies: {
    input: v.object({ photoIds: manyPhotos, copies: copyOptions }),
    output: v.object({ address: v.string() }),
  },
  /** Asks first; the photos that have no file left, and how many files went to the trash. */
  trashPhotos: {
    input: v.object({ photoIds: manyPhotos }),
    output: v.object({ trashed: v.array(photoId), files: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  },
  /** After `service` said `failed`: try once more. */
  restartService: { input: nothing, output: nothing },
  /** What this shell can do beyond the service. */
  getShell: {
    input: nothing,
    output: v.object({
      /** Photos are dragged out of a window, and put on the clipboard by it; a page downloads copies. */
      kind: v.picklist(['electron', 'browser']),
      /** Has dialogs for folders and files. */
      chooseFolders: v.boolean(),
      /** And `openPhoto`. */
      showInFolder: v.boolean(),
      trash: v.boolean(),
    }),
  },
} as const
