import type { PlaceRecord } from '../../places/gazetteer-file.ts'
import type { Gazetteer } from '../../places/gazetteer.ts'
import { write, yieldToEventLoop, type Library } from '../library.ts'
import { distance } from '../../places/sphere.ts'
import { prepare, type Reader } from '../statements.ts'

interface Position {
  readonly latitude: number
  readonly longitude: number
}

/** Photos that get their place in one transaction. */
const photosAtOnce = 200

/**
 * The most exact place known of a position, which is made known to the library if it is the first there; `null` at sea.
 * Part of the caller's transaction.
 * @throws UnreadableGazetteer
 */
export function placeIdAt(
  library: Library,
  gazetteer: Gazetteer,
  { latitude, longitude }: Position,
): number | null {
  const records = recordsAt(gazetteer, latitude, longitude)
  let id: number | null = null
  for (const [kind, record] of records) id = idOfPlace(library, kind, record, id)
  return id
}

/** Its numbers can be read, but not the names of a place. */
export class UnreadableGazetteer extends Error {}

type Kind = 'country' | 'region' | 'town'

/** What is known of a position, from the country inwards. */
function recordsAt(gazetteer: Gazetteer, latitude: number, longitude: number): [Kind, PlaceRecord][] {
  const found = gazetteer.placeAt(latitude, longitude)
  if (found === null) return []
  const { country, region, town } = found
  try {
    return [
      ['country', gazetteer.country(country)],
      ...(town === null || region === null
        ? []
        : [['region', gazetteer.region(region)] satisfies [Kind, PlaceRecord]]),
      ...(town === null ? [] : [['town', gazetteer.town(town)] satisfies [Kind, PlaceRecord]]),
    ]
  } catch (error) {
    throw new UnreadableGazetteer('The list of places is damaged.', { cause: error })
  }
}

function idOfPlace(library: Library, kind: Kind, record: PlaceRecord, parentId: number | null): number {
  const { key, name, shown, position, names } = record
  const known = prepare<[string, string], { id: number }>(
    library,
    'SELECT id FROM place WHERE kind = ? AND key = ?',
  ).get(kind, key)
  if (known !== undefined) return known.id
  const { lastInsertRowid } = prepare<[Record<string, unknown>]>(
    library,
    `INSERT INTO place (kind, key, parent_id, name, shown, latitude, longitude, names)
     VALUES (:kind, :key, :parentId, :name, :shown, :latitude, :longitude, :names)`,
  ).run({
    kind,
    key,
    parentId,
    name,
    shown: JSON.stringify(shown),
    latitude: position?.latitude ?? null,
    longitude: position?.longitude ?? null,
    names: names.join('\n'),
  })
  return Number(lastInsertRowid)
}

/** A place by its name in the gazetteer, and those by interface language, as they are kept. See `placeNameIn`. */
export interface NamedPlace {
  readonly name: string
  readonly shown: string
}

/** Where a photo was taken, as far as it is known. */
export interface PhotoPlace {
  readonly town: NamedPlace | null
  readonly region: NamedPlace | null
  readonly country: NamedPlace | null
  /** From the middle of the town. */
  readonly kilometres: number | null
}

/** A place as it is kept. */
export interface PlaceRow extends NamedPlace {
  readonly kind: 'country' | 'region' | 'town'
  readonly parentId: number | null
  readonly latitude: number | null
  readonly longitude: number | null
}

/** The place of a photo with what it lies in. */
export function readPlace(reader: Reader, placeId: number, position: Position | null): PhotoPlace {
  const rows = new Map<PlaceRow['kind'], PlaceRow>()
  const select = prepare<[number], PlaceRow>(
    reader,
    'SELECT kind, parent_id AS parentId, name, shown, latitude, longitude FROM place WHERE id = ?',
  )
  // Three at most, however the library came to be.
  for (let id: number | null = placeId; id !== null && rows.size < 3;) {
    const row: PlaceRow | undefined = select.get(id)
    if (row === undefined || rows.has(row.kind)) break
    rows.set(row.kind, row)
    id = row.parentId
  }
  const named = (kind: PlaceRow['kind']): NamedPlace | null => {
    const row = rows.get(kind)
    return row === undefined ? null : { name: row.name, shown: row.shown }
  }
  const { latitude = null, longitude = null } = rows.get('town') ?? {}
  return {
    town: named('town'),
    region: named('region'),
    country: named('country'),
    kilometres:
      position === null || latitude === null || longitude === null
        ? null
        : distance(position, { latitude, longitude }),
  }
}

/** The name of a place in an interface language. */
export function placeNameIn(language: string, { name, shown }: NamedPlace): string {
  const own = namesByLanguage(shown)[language]
  return typeof own === 'string' ? own : name
}

/** `place.shown`, which another program may have written. */
function namesByLanguage(kept: string): Readonly<Record<string, unknown>> {
  try {
    const names: unknown = JSON.parse(kept)
    return typeof names === 'object' && names !== null ? { ...names } : {}
  } catch {
    return {}
  }
}

interface Unplaced extends Position {
  readonly id: number
}

export const unplacedSql = `SELECT id, latitude, longitude FROM photo INDEXED BY photo_unplaced
  WHERE placed = 0 AND latitude IS NOT NULL ORDER BY id LIMIT ?`

/** Whether photos have a position whose place was not looked up yet: there was no gazetteer when they were stored. */
export function hasUnplaced(library: Reader): boolean {
  return prepare<[number], Unplaced>(library, unplacedSql).get(1) !== undefined
}

/**
 * Looks up the places of all photos that have a position and no place yet, in steps of 200.
 * @param goesOn asked between steps
 * @returns how many there were
 */
export async function placePhotos(
  library: Library,
  gazetteer: Gazetteer,
  goesOn: () => boolean = () => true,
): Promise<number> {
  let placed = 0
  while (library.db.open && goesOn()) {
    const photos = prepare<[number], Unplaced>(library, unplacedSql).all(photosAtOnce)
    if (photos.length === 0) break
    write(library, () => {
      const update = prepare<[number | null, number]>(
        library,
        'UPDATE photo SET place_id = ?, placed = 1 WHERE id = ?',
      )
      for (const photo of photos) update.run(placeIdAt(library, gazetteer, photo), photo.id)
    })
    placed += photos.length
    await yieldToEventLoop()
  }
  return placed
}
