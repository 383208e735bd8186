/**
 * The picture that was let go of over the window: one file, or the first of several, as long as no folder is among them.
 * `null`: folders are meant, or nothing.
 */
export function droppedPicture(data: DataTransfer): File | null {
  const isFolder = [...data.items].some((item) => item.webkitGetAsEntry()?.isDirectory === true)
  return isFolder ? null : (data.files[0] ?? null)
}
