import { readFile, readPhoto, type PhotoRecord } from '../library/photos/details.ts'
import { shownOrientation, shownSize } from '../imaging/turn.ts'
import { dateOfFacts } from '../library/photos/merge-facts.ts'
import { pictureVersion } from '../library/photos/picture-version.ts'
import { placeNameIn, type NamedPlace } from '../library/photos/places.ts'
import { scoreOf } from '../library/photos/packed-probabilities.ts'
import { reading, type Reader } from '../library/statements.ts'
import { ask } from './engine/statements.ts'
import { scoreScale } from './language/bounds.ts'
import { sessionOf, type Session } from './session.ts'
import type { Language, PhotoDetails, PhotoTag } from '../contract/values.ts'
import type { Tag } from '../classify/classification.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import { firstAlbumId, isAlbum, type TermId } from '../labels/term.ts'

/** Everything known of one photo, labels named in `language`; `null` when there is no such photo. */
export function photoDetails(
  reader: Reader,
  lexicon: Lexicon,
  id: number,
  language: Language,
): PhotoDetails | null {
  return reading(reader, () => {
    const photo = readPhoto(reader, id)
    return photo === null ? null : detailsOf(sessionOf(reader, lexicon), photo, language)
  })
}

/** What is known of a file that holds no photo, or was not read yet, in the same shape; `null` when there is no such file. */
export function fileDetails(
  reader: Reader,
  fileId: number,
): (Omit<PhotoDetails, 'id'> & { readonly id: null }) | null {
  const file = readFile(reader, fileId)
  if (file === null) return null
  const { folder, path, name, size, state, problem, reason, presence } = file
  return {
    id: null,
    version: '',
    path,
    name,
    folder,
    size,
    format: '',
    width: 0,
    height: 0,
    orientation: 1,
    takenAt: null,
    takenOffset: null,
    takenFrom: null,
    takenPrecision: null,
    dateInFile: null,
    position: null,
    positionInFile: null,
    place: null,
    camera: null,
    lens: null,
    exposure: null,
    keywords: [],
    keywordPaths: [],
    rating: null,
    said: {},
    ratingInFile: null,
    contentHash: null,
    state: presence === 'offline' ? 'offline' : state,
    kind: problem,
    reason,
    damaged: null,
    tags: [],
    categories: [],
    decisions: [],
    albums: [],
    proposals: [],
    files: [{ path, presence }],
    copies: 0,
  }
}

function detailsOf(session: Session, photo: PhotoRecord, language: Language): PhotoDetails {
  const { vocabulary } = session
  const { turn = 0 } = photo.said
  return {
    id: photo.id,
    version: pictureVersion(photo.contentHash, shownOrientation(photo.orientation, turn)),
    path: photo.path,
    name: photo.name,
    folder: photo.folder,
    size: photo.size,
    format: photo.format,
    ...shownSize(photo, turn),
    orientation: photo.orientation ?? 1,
    takenAt: photo.takenAt,
    takenOffset: photo.takenOffset,
    takenFrom: photo.takenFrom,
    takenPrecision: photo.takenPrecision,
    dateInFile: dateOfFacts(photo.inFiles ?? photo),
    position: photo.position,
    positionInFile: (photo.inFiles ?? photo).position,
    place: placeIn(photo.place, language),
    camera: photo.camera,
    lens: photo.lens,
    exposure: exposureText(photo.exposure),
    keywords: [...photo.keywords],
    keywordPaths: photo.keywordPaths.map((path) => [...path]),
    rating: photo.rating,
    said: photo.said,
    ratingInFile: (photo.inFiles ?? photo).rating,
    contentHash: photo.contentHash,
    state: photo.presence === 'offline' ? 'offline' : photo.state,
    kind: photo.problem,
    reason: photo.reason,
    damaged: photo.damaged,
    tags: tagsShown(session, photo.tags, language),
    categories: scoredOf(session, 'categories', photo.id, language),
    proposals: scoredOf(session, 'proposals', photo.id, language),
    decisions: photo.decisions
      .filter(({ term }) => !isAlbum(term))
      .map(({ term, verdict }) => ({
        term: vocabulary.keyOf(term),
        label: vocabulary.label(term, language),
        verdict,
      })),
    albums: photo.decisions
      .filter(({ term, verdict }) => isAlbum(term) && verdict !== 'removed')
      .map(({ term }) => term - firstAlbumId),
    files: photo.files.map(({ path, presence }) => ({ path, presence })),
    copies: photo.copies,
  }
}

function placeIn(place: PhotoRecord['place'], language: Language): PhotoDetails['place'] {
  if (place === null) return null
  const nameOf = (named: NamedPlace | null): string | null =>
    named === null ? null : placeNameIn(language, named)
  const { town, region, country, kilometres } = place
  return { town: nameOf(town), region: nameOf(region), country: nameOf(country), kilometres }
}

const short = (value: number): string => String(Math.round(value * 10) / 10)

/** "1/250 s · f/2.8 · ISO 400 · 35 mm", as much of it as the file says. */
function exposureText({ time, fNumber, iso, focalLength }: PhotoRecord['exposure']): string | null {
  const shutter = (seconds: number): string =>
    seconds > 0 && seconds < 0.4 ? `1/${Math.round(1 / seconds)}` : short(seconds)
  const parts = [
    time === null ? null : `${shutter(time)} s`,
    fNumber === null ? null : `f/${short(fNumber)}`,
    iso === null ? null : `ISO ${Math.round(iso)}`,
    focalLength === null ? null : `${short(focalLength)} mm`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(' · ')
}

/** The five best classes as the model gave them, whatever the person decided about them. */
export function tagsShown(session: Session, tags: readonly Tag[], language: Language): PhotoTag[] {
  const { vocabulary, lexicon } = session
  return tags.map(({ rank, classIndex, probability }) => ({
    term: vocabulary.keyOf(classIndex),
    label: vocabulary.label(classIndex, language),
    rank,
    classIndex,
    synset: lexicon.classes[classIndex]?.synset ?? '',
    probability,
    sure: scoreOf(probability) >= vocabulary.threshold(classIndex),
  }))
}

/** What the photo is found by, decisions included. */
function scoredOf(
  session: Session,
  what: 'categories' | 'proposals',
  id: number,
  language: Language,
): PhotoDetails['categories'] {
  const { vocabulary } = session
  return ask<{ term: TermId; score: number }>(session.reader, what, id)
    .filter(({ term, score }) => what === 'categories' || score >= vocabulary.countedFrom(term))
    .map(({ term, score }) => ({
      term: vocabulary.keyOf(term),
      label: vocabulary.label(term, language),
      probability: Math.min(1, score / scoreScale),
      sure: score >= vocabulary.sureFrom(term),
    }))
}
