import { api } from '../api.ts'
import { useLibrary } from '../app/library.ts'
import { language, t } from '../i18n/words.ts'
import { useToasts } from '../notices/toasts.ts'

/** Puts a photo, as the viewer shows it, on the clipboard: by the window's shell, or by the page itself. */
export async function copyPicture(id: number): Promise<void> {
  const { show, succeeds } = useToasts()
  if (useLibrary().shell?.kind === 'electron') {
    if (await succeeds(api.copyPicture({ id }))) show(t('copies.pictureCopied'))
    return
  }
  try {
    // Given as a promise: some browsers let a page write only while they remember the key that was pressed.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(id) })])
    show(t('copies.pictureCopied'))
  } catch (error) {
    show(t('copies.pictureNotCopied'), { tone: 'error', detail: error instanceof Error ? error.message : '' })
  }
}

/** The one format of pictures that every clipboard takes. */
async function pngOf(id: number): Promise<Blob> {
  const details = await api.getPhoto({ id, language: language.value })
  if (!details.ok) throw new Error(details.error.message)
  const answer = await fetch(api.mediaUrl('view', details.value))
  if (!answer.ok) throw new Error(await answer.text())
  const bitmap = await createImageBitmap(await answer.blob())
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
  bitmap.close()
  return canvas.convertToBlob({ type: 'image/png' })
}
