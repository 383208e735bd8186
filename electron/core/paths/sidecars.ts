import { kindByName } from './file-kinds.ts'

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

/** The order in which sidecars of one key are believed: the one that is written like the photo, then by name. */
export function believedFirst(name: string): (one: string, other: string) => number {
  const rank = (sidecar: string): string =>
    `${name.startsWith(sidecar.slice(0, sidecar.lastIndexOf('.'))) ? 0 : 1} ${sidecar}`
  return (one, other) => (rank(one) < rank(other) ? -1 : 1)
}

/**
 * The sidecar that Kartoteka writes for a photo file: the one that is read, or a new one. A sidecar of the shot that
 * several files share (a RAW file and its JPEG) is not written to, as each of them has its own decisions.
 * @param names of all files in its folder
 */
export function sidecarToWrite(name: string, names: readonly string[]): string {
  const [file, shot] = sidecarKeys(name)
  const beside = (key: string): string[] =>
    names.filter((each) => sidecarOf(each) === key).toSorted(believedFirst(name))
  const [own] = beside(file)
  if (own !== undefined) return own
  const ofShot = names.filter(
    (each) => /^(photo|raw)$/.test(kindByName(each)) && sidecarKeys(each)[1] === shot,
  )
  return (ofShot.length > 1 ? undefined : beside(shot)[0]) ?? name + ending
}
