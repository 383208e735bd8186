import { sep } from 'node:path'
import { termOf } from '../labels/term.ts'
import { prepare } from '../library/statements.ts'
import { localTimeOf, offsetText } from '../library/times.ts'
import { keywordsOf } from '../library/words.ts'
import { scoreScale } from './confidence.ts'
import { reading } from './reading.ts'
import { sessionOf, type Session } from './session.ts'
import type { ProblemKind } from '../contract/problem-kinds.ts'
import type { Language, PhotoDetails, PhotoTag } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import type { TermId } from '../labels/term.ts'
import type { Verdict } from '../library/findings.ts'
import type { Library } from '../library/library.ts'

interface Row {
  readonly id: number
  readonly hash: string | null
  readonly folder: string
  readonly offline: number
  readonly name: string
  readonly size: number
  readonly format: string | null
  readonly width: number | null
  readonly height: number | null
  readonly orientation: number | null
  readonly takenAt: number | null
  readonly takenOffset: number | null
  readonly takenFrom: PhotoDetails['takenFrom']
  readonly latitude: number | null
  readonly longitude: number | null
  readonly camera: string | null
  readonly lens: string | null
  readonly exposureTime: number | null
  readonly fNumber: number | null
  readonly iso: number | null
  readonly focalLength: number | null
  readonly keywords: string | null
  readonly rating: number | null
  readonly state: PhotoDetails['state']
  readonly kind: ProblemKind | null
  readonly reason: string | null
  readonly damaged: string | null
}

const photoSql = `
  SELECT p.id, lower(hex(p.content_hash)) AS hash, f.path AS folder, f.offline, p.name, p.size, p.format, p.width,
    p.height, p.orientation, p.taken_at AS takenAt, p.taken_offset AS takenOffset, p.taken_from AS takenFrom,
    p.latitude, p.longitude, c.name AS camera, l.name AS lens, p.exposure_time AS exposureTime,
    p.f_number AS fNumber, p.iso, p.focal_length AS focalLength, p.keywords, p.rating, p.state, p.kind, p.reason,
    p.damaged
  FROM photo p JOIN folder f ON f.id = p.folder_id
  LEFT JOIN camera c ON c.id = p.camera_id LEFT JOIN lens l ON l.id = p.lens_id
  WHERE p.id = ?`
const copiesSql = `
  SELECT f.path AS folder, o.name FROM photo p JOIN photo o ON o.content_hash = p.content_hash AND o.id <> p.id
  JOIN folder f ON f.id = o.folder_id WHERE p.id = ? AND o.presence = 'here' ORDER BY f.path, o.name`

/** The path of a file as people see it. */
export const pathOf = (folder: string, name: string): string =>
  (folder.endsWith(sep) ? folder : folder + sep) + name

/** Everything known of one photo, labels named in `language`; `null` when there is no such photo. */
export function photoDetails(
  library: Library,
  lexicon: Lexicon,
  id: number,
  language: Language,
): PhotoDetails | null {
  return reading(library, () => {
    const row = prepare<[number], Row>(library, photoSql).get(id)
    return row === undefined ? null : detailsOf(sessionOf(library, lexicon), row, language)
  })
}

function detailsOf(session: Session, row: Row, language: Language): PhotoDetails {
  const { library } = session
  const { id } = row
  return {
    id,
    version: row.hash?.slice(0, 16) ?? '',
    path: pathOf(row.folder, row.name),
    name: row.name,
    folder: row.folder,
    size: row.size,
    format: row.format ?? '',
    width: row.width ?? 0,
    height: row.height ?? 0,
    orientation: row.orientation ?? 1,
    takenAt: localTimeOf(row.takenAt),
    takenOffset: row.takenOffset === null ? null : offsetText(row.takenOffset),
    takenFrom: row.takenFrom,
    position:
      row.latitude === null || row.longitude === null
        ? null
        : { latitude: row.latitude, longitude: row.longitude },
    camera: row.camera,
    lens: row.lens,
    exposure: exposureOf(row),
    keywords: keywordsOf(row.keywords),
    rating: row.rating,
    contentHash: row.hash === '' ? null : row.hash,
    state: row.offline === 1 ? 'offline' : row.state,
    kind: row.kind,
    reason: row.reason,
    damaged: row.damaged,
    tags: tagsOf(session, id, language),
    categories: categoriesOf(session, id, language),
    decisions: decisionsOf(session, id, language),
    copies: prepare<[number], { folder: string; name: string }>(library, copiesSql)
      .all(id)
      .map(({ folder, name }) => pathOf(folder, name)),
  }
}

/** "1/250 s · f/2.8 · ISO 400 · 35 mm", as much of it as the file says. */
function exposureOf({ exposureTime, fNumber, iso, focalLength }: Row): string | null {
  const short = (value: number): string => String(Math.round(value * 10) / 10)
  const time = (seconds: number): string =>
    seconds > 0 && seconds < 0.4 ? `1/${Math.round(1 / seconds)}` : short(seconds)
  const parts = [
    exposureTime === null ? null : `${time(exposureTime)} s`,
    fNumber === null ? null : `f/${short(fNumber)}`,
    iso === null ? null : `ISO ${Math.round(iso)}`,
    focalLength === null ? null : `${short(focalLength)} mm`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(' · ')
}

/** The five best classes the model gave, whatever the person decided about them. */
export function tagsOf(session: Session, id: number, language: Language): PhotoTag[] {
  const { vocabulary, lexicon } = session
  return prepare<[number], { rank: number; classIndex: number; probability: number }>(
    session.library,
    'SELECT rank, class_index AS classIndex, probability FROM tag WHERE photo_id = ? ORDER BY rank',
  )
    .all(id)
    .map(({ rank, classIndex, probability }) => ({
      term: vocabulary.keyOf(classIndex),
      label: vocabulary.label(classIndex, language),
      rank,
      classIndex,
      synset: lexicon.classes[classIndex]?.synset ?? '',
      probability,
      sure: Math.round(probability * scoreScale) >= vocabulary.threshold(classIndex),
    }))
}

function categoriesOf(session: Session, id: number, language: Language): PhotoDetails['categories'] {
  const { vocabulary } = session
  return prepare<[number], { term: TermId; score: number }>(
    session.library,
    'SELECT term, score FROM finding WHERE photo_id = ? ORDER BY score DESC, term',
  )
    .all(id)
    .filter(({ term }) => termOf(term).kind === 'category')
    .map(({ term, score }) => ({
      term: vocabulary.keyOf(term),
      label: vocabulary.label(term, language),
      probability: Math.min(1, score / scoreScale),
      sure: score >= vocabulary.threshold(term),
    }))
}

function decisionsOf(session: Session, id: number, language: Language): PhotoDetails['decisions'] {
  const { vocabulary } = session
  return prepare<[number], { term: TermId; verdict: Verdict }>(
    session.library,
    'SELECT term, verdict FROM decision WHERE photo_id = ? ORDER BY term',
  )
    .all(id)
    .map(({ term, verdict }) => ({
      term: vocabulary.keyOf(term),
      label: vocabulary.label(term, language),
      verdict,
    }))
}
