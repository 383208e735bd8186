import { clipboard, ClipboardItem, nativeImage, type WebContents } from 'electron'
import { KartotekaError, valueOf } from '../core/contract/failure.ts'
import { osFromText } from '../core/paths/os-path.ts'
import type { Supervisor } from '../service/supervisor.ts'

/** What other programs are given of a photo: its picture by the clipboard, its file by being dragged. */

type Asked = Pick<Supervisor, 'inner'>

/**
 * Puts the picture, as the viewer shows it, on the clipboard.
 * @throws KartotekaError `not-found`, `unsupported`
 */
export async function copyPicture(photoId: number, supervisor: Asked): Promise<void> {
  const jpeg = await pictureOf('view', photoId, supervisor)
  const image = jpeg === null ? null : nativeImage.createFromBuffer(jpeg)
  if (image === null || image.isEmpty()) {
    throw new KartotekaError('not-found', `There is no picture of photo ${photoId}.`)
  }
  // The one format of pictures that every program takes from a clipboard.
  const png = new Blob([Uint8Array.from(image.toPNG())], { type: 'image/png' })
  await clipboard.write([new ClipboardItem({ 'image/png': png })])
}

/**
 * Begins to drag the files of photos, one of each, in the place of the page's own dragging.
 * @throws KartotekaError `offline` when none of them is there
 */
export async function dragPhotos(
  photoIds: readonly number[],
  contents: WebContents,
  supervisor: Asked,
): Promise<void> {
  const paths = new Map<number, string>()
  for (const { photoId, path, here } of valueOf(await supervisor.inner('locateFiles', photoIds))) {
    // Another program could not read what is on a disk that is away.
    if (!here) continue
    const name = osFromText(path)
    // Of copies the first speaks for the photo.
    if (typeof name === 'string' && !paths.has(photoId)) paths.set(photoId, name)
  }
  const files = [...paths.values()]
  const [first] = paths.keys()
  const [file] = files
  if (first === undefined || file === undefined) {
    throw new KartotekaError('offline', 'None of these photos is there at the moment.')
  }
  const thumbnail = await pictureOf('thumb', first, supervisor)
  // Electron insists on a picture to drag.
  const icon = thumbnail === null ? nativeImage.createEmpty() : nativeImage.createFromBuffer(thumbnail)
  contents.startDrag({ file, files, icon: icon.resize({ height: 96 }) })
}

async function pictureOf(kind: 'thumb' | 'view', photoId: number, supervisor: Asked): Promise<Buffer | null> {
  const answer = await supervisor.inner('media', {
    method: 'GET',
    target: `/${kind}/${photoId}`,
    ifNoneMatch: null,
  })
  const { status, body } = valueOf(answer)
  return status === 200 && body !== null ? Buffer.from(body) : null
}
