import { kindByName } from './file-kinds.ts'

/** What cameras append to one of several files of the same shot: `PXL_1.RAW-01.MP.COVER.jpg`, `PXL_1.MP.jpg`. */
const shotSuffix = /(\.(mp|raw-\d+|cover|original|dng))+$/i

/** What the names of all files of one shot begin with: the name without its ending and without such suffixes. */
export function shotOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.'))).replace(shotSuffix, '')
}

const lower = (name: string): string => shotOf(name).toLowerCase()

/**
 * Videos that are the moving part of a photo (Live Photo, motion photo): they have its name up to the ending, in any
 * case. Only among the files of ONE folder, as equal names mean nothing across folders.
 * @param names all photo and video file names of the folder
 */
export function clipsAmong(names: readonly string[]): ReadonlySet<string> {
  const videos = names.filter((name) => kindByName(name) === 'video')
  if (videos.length === 0) return new Set()
  const photos = new Set(names.filter((name) => kindByName(name) === 'photo').map(lower))
  return new Set(videos.filter((name) => photos.has(lower(name))))
}
