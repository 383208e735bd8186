import { kindByName } from './file-kinds.ts'

/** What cameras append to one of several files of the same shot: `PXL_1.RAW-01.MP.COVER.jpg`, `PXL_1.MP.jpg`. */
const shotSuffix = /(\.(mp|raw-\d+|cover|original|dng))+$/

/** Pictures that cameras write beside a RAW file, the one to show first. */
const coverEndings = ['jpg', 'jpeg', 'heic', 'heif', 'hif']

/**
 * Groups the files of ONE folder that are the same shot: same name up to the ending, in any case.
 * Never across folders, where equal names mean nothing.
 * @param names all photo, RAW and video file names of the folder
 * @returns `companions`: RAW name → name of the JPEG or HEIC it is shown with;
 *   `clips`: videos that are the moving part of a photo (Live Photo, motion photo).
 */
export function pairFiles(names: readonly string[]): {
  readonly companions: ReadonlyMap<string, string>
  readonly clips: ReadonlySet<string>
} {
  const companions = new Map<string, string>()
  const clips = new Set<string>()
  const others = names.filter((name) => kindByName(name) === 'raw' || kindByName(name) === 'video')
  if (others.length === 0) return { companions, clips }

  const covers = new Map<string, string>()
  const photos = new Set<string>()
  for (const name of names) {
    if (kindByName(name) !== 'photo') continue
    const shot = shotOf(name)
    photos.add(shot)
    const rank = coverEndings.indexOf(endingOf(name))
    if (rank < 0) continue
    const rival = covers.get(shot)
    if (rival === undefined || rank < coverEndings.indexOf(endingOf(rival))) covers.set(shot, name)
  }
  for (const name of others) {
    const shot = shotOf(name)
    if (kindByName(name) === 'video') {
      if (photos.has(shot)) clips.add(name)
      continue
    }
    const cover = covers.get(shot)
    if (cover !== undefined) companions.set(name, cover)
  }
  return { companions, clips }
}

function endingOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase()
}

function shotOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.')).toLowerCase().replace(shotSuffix, '')
}
