import type { Language } from '../../contract/languages.ts'
import type { KeptPlaceReason, PlaceChange, PlacesPreview, ShownPlace } from '../../contract/placing.ts'
import type { PersonFacts } from '../../contract/person-facts.ts'
import { write, yieldToEventLoop, type Library } from '../library.ts'
import { factsInFiles, tellingFiles } from '../photos/facts.ts'
import { placeNameIn, readPlace } from '../photos/places.ts'
import { prepare, reading, type Reader } from '../statements.ts'
import { nearestOf, type Timed } from './nearest-in-time.ts'
import { sayOfEach } from './person-facts.ts'

/** Photos that are shown with their places before and after. */
const rowsShown = 100
/** Files that are named for each reason. */
const namesShown = 3
/** Photos that are looked at before others are answered. */
const atOnce = 1000

export const placedPhotosSql = `
  SELECT p.id, iif(p.taken_precision = 'second', p.shown_at, NULL) AS at, p.latitude, p.longitude, p.place_id AS placeId,
    (SELECT value FROM person_fact WHERE photo_id = p.id AND field = 'position') AS said
  FROM json_each(?) some CROSS JOIN photo p ON p.id = some.value`

interface PlacedPhoto {
  readonly id: number
  /** Seconds, where the time of day is known. */
  readonly at: number | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly placeId: number | null
  /** As kept in `person_fact`. */
  readonly said: string | null
}

/** A photo with a position; they stand in the order of time. */
interface Neighbour extends Timed {
  readonly id: number
  readonly latitude: number
  readonly longitude: number
  readonly placeId: number | null
}

type Replaced =
  | {
      readonly kind: 'changed'
      readonly photo: PlacedPhoto
      /** `null`: as in the file. */
      readonly after: PersonFacts['position'] | null
      readonly neighbour: Neighbour | null
    }
  | { readonly kind: 'kept'; readonly photo: PlacedPhoto; readonly why: KeptPlaceReason }

/** What a change would do to the places of photos; those that are not in the library are passed over. */
export async function previewPlaces(
  reader: Reader,
  photoIds: readonly number[],
  change: PlaceChange,
  language: Language,
  betweenBatches: () => Promise<void> = yieldToEventLoop,
): Promise<PlacesPreview> {
  const results: Replaced[] = []
  for (let at = 0; at < photoIds.length; at += atOnce) {
    results.push(...reading(reader, () => replacedAll(reader, photoIds.slice(at, at + atOnce), change)))
    await betweenBatches()
  }
  const changed = results.filter((result) => result.kind === 'changed')
  const kept = Map.groupBy(
    results.filter((result) => result.kind === 'kept'),
    ({ why }) => why,
  )
  const nameOf = (id: number): string => tellingFiles(reader, id)[0]?.name ?? ''
  return reading(reader, () => ({
    changed: changed.length,
    rows: changed.slice(0, rowsShown).map(({ photo, after, neighbour }) => ({
      id: photo.id,
      name: nameOf(photo.id),
      before: shownPlace(reader, photo, language),
      after:
        neighbour !== null
          ? shownPlace(reader, neighbour, language)
          : shownPosition(after === null ? factsInFiles(reader, photo.id)?.position : after),
      neighbour:
        neighbour === null
          ? null
          : {
              id: neighbour.id,
              name: nameOf(neighbour.id),
              seconds: Math.abs(neighbour.at - (photo.at ?? 0)),
            },
    })),
    kept: [...kept].map(([why, them]) => ({
      why,
      count: them.length,
      names: them.slice(0, namesShown).map(({ photo }) => nameOf(photo.id)),
    })),
  }))
}

/**
 * Changes the places of photos; one step of the history.
 * @returns photos whose place changed
 * @throws KartotekaError as `write`
 */
export function changePlaces(library: Library, photoIds: readonly number[], change: PlaceChange): number {
  return write(library, () => {
    const after = replacedAll(library, photoIds, change).flatMap((result) =>
      result.kind === 'changed' ? [[result.photo.id, result.after] as const] : [],
    )
    return after.length === 0 ? 0 : sayOfEach(library, 'position', new Map(after))
  })
}

function replacedAll(reader: Reader, photoIds: readonly number[], change: PlaceChange): Replaced[] {
  const photos = prepare<[string], PlacedPhoto>(reader, placedPhotosSql).all(JSON.stringify(photoIds))
  if (change.how === 'nearby') return fromNeighbours(reader, photos)
  if (change.how === 'as-in-file')
    return photos.map((photo) =>
      photo.said === null
        ? { kind: 'kept', photo, why: 'same' }
        : { kind: 'changed', photo, after: null, neighbour: null },
    )
  const { position } = change
  return photos.map((photo) =>
    isAt(photo, position)
      ? { kind: 'kept', photo, why: 'same' }
      : { kind: 'changed', photo, after: position, neighbour: null },
  )
}

const isAt = ({ latitude, longitude }: PlacedPhoto, position: PersonFacts['position']): boolean =>
  position === 'none' ? latitude === null : latitude === position.latitude && longitude === position.longitude

export const neighboursSql = `
  SELECT id, shown_at AS at, latitude, longitude, place_id AS placeId FROM photo INDEXED BY photo_by_date
  WHERE visible = 1 AND shown_at >= ? AND shown_at <= ? AND latitude IS NOT NULL AND taken_precision = 'second'
  ORDER BY shown_at`

/** By the time of the wall: where the clocks of a day went by several zones, it is that of the moments. */
function fromNeighbours(reader: Reader, photos: readonly PlacedPhoto[]): Replaced[] {
  const times = photos.flatMap(({ at, latitude }) => (at === null || latitude !== null ? [] : [at]))
  const select = prepare<[number, number], Neighbour>(reader, neighboursSql)
  const nearest = nearestOf(times, (from, to) => select.all(from, to))
  return photos.map((photo): Replaced => {
    if (photo.latitude !== null) return { kind: 'kept', photo, why: 'placed' }
    if (photo.at === null) return { kind: 'kept', photo, why: 'untimed' }
    const neighbour = nearest(photo.at)
    if (neighbour === null) return { kind: 'kept', photo, why: 'alone' }
    const { latitude, longitude } = neighbour
    return { kind: 'changed', photo, after: { latitude, longitude }, neighbour }
  })
}

function shownPlace(
  reader: Reader,
  { latitude, longitude, placeId }: Pick<PlacedPhoto, 'latitude' | 'longitude' | 'placeId'>,
  language: Language,
): ShownPlace {
  if (latitude === null || longitude === null) return null
  if (placeId === null) return { latitude, longitude, name: null }
  const { town, region, country } = readPlace(reader, placeId, { latitude, longitude })
  const names = [town, region, country].flatMap((each) => (each === null ? [] : placeNameIn(language, each)))
  return { latitude, longitude, name: [...new Set(names)].join(', ') }
}

function shownPosition(position: PersonFacts['position'] | null | undefined): ShownPlace {
  return position === null || position === undefined || position === 'none'
    ? null
    : { ...position, name: null }
}
