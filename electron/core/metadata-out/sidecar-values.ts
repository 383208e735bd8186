import { knownPart, type DateSource } from '../contract/dates.ts'
import type { ExportedDate, ExportedLabel, ExportedPhoto } from './exported-photo.ts'

/** Properties of one value. */
export type SimpleProperty =
  | 'dc:description'
  | 'dc:title'
  | 'exif:DateTimeOriginal'
  | 'exif:GPSLatitude'
  | 'exif:GPSLongitude'
  | 'kartoteka:Favourite'
  | 'photoshop:City'
  | 'photoshop:Country'
  | 'photoshop:DateCreated'
  | 'photoshop:State'
  | 'tiff:Orientation'
  | 'xmp:Rating'

/** Properties of several values, which programs may share. */
export type ListProperty = 'dc:subject' | 'digiKam:TagsList' | 'kartoteka:Albums' | 'lr:hierarchicalSubject'

export interface SimpleValue {
  readonly value: string
  /** It stands for another program's value; else it only fills a gap. */
  readonly displaces: boolean
}

/** What is to stand in a sidecar. */
export interface SidecarValues {
  readonly simple: ReadonlyMap<SimpleProperty, SimpleValue>
  readonly lists: ReadonlyMap<ListProperty, readonly string[]>
}

/**
 * `all`: everything the library shows, for an export. `decisions`: only what the person said, for a sidecar beside the
 * photo: what files say themselves would be a copy there that nobody keeps up to date.
 */
export type Extent = 'all' | 'decisions'

/** Dates that say when a file was handled, not when the photo was taken: other programs would take them for that. */
const weakDates: ReadonlySet<DateSource | null> = new Set(['modified', 'file-time'])

/** The values of a sidecar by the standard properties that other programs read. */
export function sidecarValues(photo: ExportedPhoto, extent: Extent): SidecarValues {
  const all = extent === 'all'
  const simple = new Map<SimpleProperty, SimpleValue>()
  const put = (property: SimpleProperty, value: string, displaces: boolean): void => {
    const clean = withoutForbidden(value).trim()
    if (clean !== '') simple.set(property, { value: clean, displaces })
  }
  const { rating, title, note, position, place, favourite, orientation, decided } = photo
  const isWanted = (field: Parameters<typeof decided.has>[0]): boolean => all || decided.has(field)
  if (rating !== null && isWanted('rating')) put('xmp:Rating', String(rating), decided.has('rating'))
  if (title !== null && isWanted('title')) put('dc:title', title, decided.has('title'))
  if (note !== null && isWanted('note')) put('dc:description', note, decided.has('note'))
  const taken = photo.taken === null || !isWanted('taken') ? null : xmpDate(photo.taken)
  if (taken !== null) {
    put('exif:DateTimeOriginal', taken, decided.has('taken'))
    put('photoshop:DateCreated', taken, decided.has('taken'))
  }
  if (position !== null && isWanted('position')) {
    put('exif:GPSLatitude', xmpDegrees(position.latitude, 'NS'), decided.has('position'))
    put('exif:GPSLongitude', xmpDegrees(position.longitude, 'EW'), decided.has('position'))
    put('photoshop:City', place?.town ?? '', decided.has('position'))
    put('photoshop:State', place?.region ?? '', decided.has('position'))
    put('photoshop:Country', place?.country ?? '', decided.has('position'))
  }
  if (favourite) put('kartoteka:Favourite', 'True', true)
  if (decided.has('turn')) put('tiff:Orientation', String(orientation), true)
  const labels = all ? photo.labels : photo.labels.filter(({ from }) => from === 'person')
  return { simple, lists: listsOf(labels, photo.albums) }
}

/** Labels as words, and with albums as trees, for programs that have such. */
function listsOf(
  labels: readonly ExportedLabel[],
  albums: readonly string[],
): ReadonlyMap<ListProperty, readonly string[]> {
  const lists = new Map<ListProperty, readonly string[]>()
  const put = (property: ListProperty, values: readonly string[]): void => {
    const clean = new Set(
      values.map((value) => withoutForbidden(value).trim()).filter((value) => value !== ''),
    )
    if (clean.size > 0) lists.set(property, [...clean])
  }
  const above = new Set(
    labels.flatMap(({ path }) => path.map((_, depth) => JSON.stringify(path.slice(0, depth)))),
  )
  const trees = [
    // What is above another label is told by the path of that one.
    ...labels.map(({ path }) => path).filter((path) => !above.has(JSON.stringify(path))),
    ...albums.map((name) => ['Albums', name]),
  ]
  const joined = (separator: string, instead: string): string[] =>
    trees.map((path) => path.map((part) => part.replaceAll(separator, instead)).join(separator))
  put(
    'dc:subject',
    labels.map(({ name }) => name),
  )
  put('lr:hierarchicalSubject', joined('|', '\u00a6'))
  put('digiKam:TagsList', joined('/', '\u2215'))
  put('kartoteka:Albums', albums)
  return lists
}

/** As much of the date as is known, in XMP's form: `1965`, `1965-07`, `2019-07-14T18:03:22+02:00`. */
function xmpDate({ at, precision, offset, from }: ExportedDate): string | null {
  if (weakDates.has(from)) return null
  return knownPart(at, precision) + (precision === 'second' ? (offset ?? '') : '')
}

/** `48,49.32450000N` (XMP specification, part 2): degrees and minutes, to a fifth of a millimetre. */
function xmpDegrees(value: number, sides: 'NS' | 'EW'): string {
  const minutes = Math.round(Math.abs(value) * 60 * 1e8)
  const whole = Math.floor(minutes / 60e8)
  const rest = (minutes - whole * 60e8) / 1e8
  return `${whole},${rest.toFixed(8)}${sides.charAt(value < 0 ? 1 : 0)}`
}

/** Characters that XML 1.0 cannot hold, not even escaped: controls, halves of surrogate pairs, and two others. */
const forbidden = /[^\t\n\P{Cc}]|[\ufffe\uffff]|\p{Surrogate}/gu

function withoutForbidden(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(forbidden, '')
}
