import { knownPart } from '../contract/dates.ts'
import type { ExportedPhoto } from './exported-photo.ts'

/** A photo as it stands in an export as JSON: one line. README says what each field means. */
export function jsonLine(photo: ExportedPhoto): string {
  const {
    paths,
    contentHash,
    labels,
    albums,
    rating,
    favourite,
    hidden,
    title,
    note,
    taken,
    position,
    place,
  } = photo
  const [path, ...otherPaths] = paths
  return JSON.stringify({
    path,
    otherPaths,
    contentHash,
    labels: labels.map(({ name, path: tree, isOwn, from }) => ({ name, tree, own: isOwn, from })),
    albums,
    rating,
    favourite,
    hidden,
    title,
    note,
    taken: taken && {
      at: knownPart(taken.at, taken.precision),
      precision: taken.precision,
      offset: taken.offset,
      from: taken.from,
    },
    position,
    place,
  })
}
