/**
 * Notes that programs keep in a file beside a photo: `photo.jpg.xmp` (darktable, digiKam) or `photo.xmp` (Adobe). Letters
 * may be of any case, in all parts of the name: names are compared as `toLowerCase` of JavaScript folds them, which unlike
 * SQLite's `lower` knows more than ASCII.
 */

const ending = '.xmp'

/** What a sidecar stands beside, by its name: `IMG_1.JPG.xmp` → `img_1.jpg`; `null` for any other file. */
export function sidecarOf(name: string): string | null {
  const folded = name.toLowerCase()
  return folded.endsWith(ending) && folded.length > ending.length ? folded.slice(0, -ending.length) : null
}

/** What `sidecarOf` says of the sidecars of a photo file, those for this very file first. */
export function sidecarKeys(name: string): readonly [file: string, shot: string] {
  const file = name.toLowerCase()
  const dot = file.lastIndexOf('.')
  return [file, dot > 0 ? file.slice(0, dot) : file]
}
