import type { DateChange, DatesPreview, KeptReason, ShownDate } from '../../contract/dating.ts'
import type { DatePrecision, DateSource } from '../../contract/dates.ts'
import type { WallTime } from '../../imaging/metadata/facts.ts'
import { timeFromName } from '../../imaging/metadata/file-name-time.ts'
import { dateFromFolders } from '../../imaging/metadata/folder-date.ts'
import { childOf } from '../../paths/os-path.ts'
import { write, yieldToEventLoop, type Library } from '../library.ts'
import { factsInFiles, tellingFiles } from '../photos/facts.ts'
import { dateOfFacts } from '../photos/merge-facts.ts'
import { prepare, reading, type Reader } from '../statements.ts'
import { localTimeOf, offsetText } from '../times.ts'
import { inOrder, sayOfEach } from './person-facts.ts'
import { isExact, redate, settled, type Dated, type Redated, type Taken } from './redate.ts'

/** Photos that are shown with their dates before and after. */
const rowsShown = 100
/** Files that are named for each reason. */
const namesShown = 3
/** Photos that are looked at before others are answered. */
const atOnce = 1000

type DatedPhoto = Dated & { readonly id: number }

/**
 * What a change would do to the dates of photos; those that are not in the library are passed over. Others are answered
 * meanwhile.
 */
export async function previewDates(
  reader: Reader,
  photoIds: readonly number[],
  change: DateChange,
  betweenBatches: () => Promise<void> = yieldToEventLoop,
): Promise<DatesPreview> {
  const photos: DatedPhoto[] = []
  for (let at = 0; at < photoIds.length; at += atOnce) {
    photos.push(...reading(reader, () => datedPhotos(reader, photoIds.slice(at, at + atOnce))))
    await betweenBatches()
  }
  const first = earliestOf(photos)
  const step = settled(change, first?.taken.at ?? null)
  const changed: { photo: DatedPhoto; after: Taken | null }[] = []
  const kept = new Map<KeptReason, DatedPhoto[]>()
  for (let at = 0; at < photos.length; at += atOnce) {
    const some = photos.slice(at, at + atOnce)
    const results = reading(reader, () => some.map((photo) => ({ photo, result: redate(step, photo) })))
    for (const { photo, result } of results)
      if (result.kind === 'changed') changed.push({ photo, after: result.after })
      else addTo(kept, result.why, photo)
    await betweenBatches()
  }
  const nameOf = ({ id }: DatedPhoto): string => tellingFiles(reader, id)[0]?.name ?? ''
  return reading(reader, () => ({
    changed: changed.length,
    rows: changed.slice(0, rowsShown).map(({ photo, after }) => ({
      id: photo.id,
      name: nameOf(photo),
      before: photo.taken,
      after: after === null ? dateInFiles(reader, photo.id) : { ...after, from: null },
    })),
    kept: [...kept].map(([why, them]) => ({
      why,
      count: them.length,
      names: them.slice(0, namesShown).map(nameOf),
    })),
    first: first === null ? null : { id: first.photo.id, name: nameOf(first.photo), at: first.taken.at },
    zone: mostCommon(photos.flatMap(({ taken }) => taken?.offset ?? [])),
  }))
}

/**
 * Changes the dates of photos, each as `redate` says; one step of the history.
 * @returns photos whose date changed
 * @throws KartotekaError as `write`
 */
export function changeDates(library: Library, photoIds: readonly number[], change: DateChange): number {
  return write(library, () => {
    const photos = datedPhotos(library, inOrder(photoIds))
    const step = settled(change, earliestOf(photos)?.taken.at ?? null)
    const results = photos.map((photo): [number, Redated] => [photo.id, redate(step, photo)])
    const after = results.flatMap(([id, result]) =>
      result.kind === 'changed' ? [[id, result.after] as const] : [],
    )
    return after.length === 0 ? 0 : sayOfEach(library, 'taken', new Map(after))
  })
}

/** What the files of a photo say of when it was taken, whatever the person says. */
function dateInFiles(reader: Reader, photoId: number): ShownDate {
  const facts = factsInFiles(reader, photoId)
  return facts === null ? null : dateOfFacts(facts)
}

export const datedPhotosSql = `SELECT p.id, p.taken_at AS at, p.taken_precision AS precision, p.taken_offset AS offset,
    p.taken_from AS source FROM json_each(?) some CROSS JOIN photo p ON p.id = some.value`

interface Row {
  readonly id: number
  readonly at: number | null
  readonly precision: DatePrecision | null
  readonly offset: number | null
  readonly source: DateSource | null
}

function datedPhotos(reader: Reader, photoIds: readonly number[]): DatedPhoto[] {
  const select = prepare<[string], Row>(reader, datedPhotosSql)
  return select.all(JSON.stringify(photoIds)).map((row): DatedPhoto => {
    const at = localTimeOf(row.at)
    const { id, precision, offset, source: from } = row
    const taken =
      at === null || precision === null
        ? null
        : { at, precision, offset: offset === null ? null : offsetText(offset), from }
    return { id, taken, named: (of) => namedDate(reader, id, of) }
  })
}

/** What the first name that tells a date tells, of the file that speaks for the photo, then of its copies. */
function namedDate(reader: Reader, photoId: number, of: 'file' | 'folder'): Taken | null {
  for (const { name, folder } of tellingFiles(reader, photoId)) {
    const told = of === 'file' ? timeFromName(name) : dateFromFolders(childOf(folder, 'any'))
    if (told !== null) return takenOf(told)
  }
  return null
}

const takenOf = ({ local, precision, offset }: WallTime): Taken => ({ at: local, precision, offset })

function earliestOf(photos: readonly DatedPhoto[]): { photo: DatedPhoto; taken: Taken } | null {
  let earliest: { photo: DatedPhoto; taken: Taken } | null = null
  for (const photo of photos) {
    const { taken } = photo
    if (taken !== null && isExact(taken) && (earliest === null || taken.at < earliest.taken.at))
      earliest = { photo, taken }
  }
  return earliest
}

function addTo<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else known.push(value)
}

function mostCommon(offsets: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const offset of offsets) counts.set(offset, (counts.get(offset) ?? 0) + 1)
  const [most] = [...counts].sort(([, some], [, others]) => others - some)
  return most?.[0] ?? null
}
