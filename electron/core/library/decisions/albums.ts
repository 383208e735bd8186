import * as v from 'valibot'
import { albumOrders, type AlbumChange, type AlbumOrder } from '../../contract/albums.ts'
import { KartotekaError } from '../../contract/failure.ts'
import { fold } from '../../labels/fold.ts'
import { firstAlbumId, type TermId } from '../../labels/term.ts'
import { write, type Library } from '../library.ts'
import { prepare, type Reader } from '../statements.ts'
import { applySteps, decisionsAbout, verdictSteps } from './decisions.ts'
import { pushChange, type AlbumStep, type Step } from './history.ts'
import { recordOf, recordText, type RecordShape } from './records.ts'

/** A person's album. It is no label, but photos are in it in the same way: by a decision about its term. */
export interface NamedAlbum {
  readonly id: number
  /** What photos are in it by. */
  readonly term: TermId
  readonly name: string
  /** As search compares it. */
  readonly folded: string
  readonly order: AlbumOrder
  /** As the person chose it; it may have left the album since. */
  readonly coverId: number | null
}

/** All albums in the order of the list: those that were put there by hand, then the others by name. */
export function albums(reader: Reader): NamedAlbum[] {
  return prepare<[], Omit<NamedAlbum, 'term'>>(
    reader,
    `SELECT o.id, o.name, o.folded, a.photo_order AS "order", a.cover_id AS coverId
     FROM album a CROSS JOIN own_label o ON o.id = a.own_id
     WHERE o.folded IS NOT NULL AND o.kind = 'album' ORDER BY a.place IS NULL, a.place, o.folded`,
  )
    .all()
    .map((album) => ({ ...album, term: albumTerm(album.id) }))
}

export const albumTerm = (id: number): TermId => firstAlbumId + id

const albumRecord = {
  name: v.pipe(v.string(), v.minLength(1)),
  order: v.picklist(albumOrders),
  coverId: v.nullable(v.number()),
  place: v.nullable(v.number()),
} as const satisfies RecordShape
type AlbumRecord = v.InferOutput<v.ObjectSchema<typeof albumRecord, undefined>>

/**
 * Makes an album, with these photos in it. One step of the history.
 * @returns its number
 * @throws KartotekaError `invalid-input` for a name without letters or digits, or one that another album has
 */
export function makeAlbum(library: Library, name: string, photoIds: readonly number[] = []): number {
  return write(library, () => {
    const { lastInsertRowid } = prepare<[]>(library, "INSERT INTO own_label (kind) VALUES ('album')").run()
    const id = Number(lastInsertRowid)
    const made: AlbumRecord = { name: freeName(library, id, name), order: 'date', coverId: null, place: null }
    const albumStep: AlbumStep = { albumId: id, before: null, after: recordText(made) }
    const steps = photoIds.length === 0 ? [] : verdictSteps(library, photoIds, albumTerm(id), 'added')
    applyAlbumSteps(library, [albumStep])
    applySteps(library, steps)
    pushChange(library, { steps, albums: [albumStep] })
    return id
  })
}

/**
 * Renames an album, orders its photos, chooses its cover. One step of the history.
 * @throws KartotekaError `not-found`; `invalid-input` as `makeAlbum`
 */
export function changeAlbum(library: Library, id: number, change: AlbumChange): void {
  write(library, () => {
    const before = existing(library, id)
    pushAlbums(library, [{ albumId: id, before, after: changed(library, id, before, change) }])
  })
}

function changed(library: Library, id: number, before: AlbumRecord, change: AlbumChange): AlbumRecord {
  switch (change.what) {
    case 'name':
      return { ...before, name: freeName(library, id, change.name) }
    case 'order':
      return { ...before, order: change.order }
    case 'cover':
      if (change.photoId !== null && !isIn(library, id, change.photoId))
        throw new KartotekaError('not-found', 'The cover of an album is one of its photos.')
      return { ...before, coverId: change.photoId }
  }
}

/**
 * Removes an album; its photos stay where they are. One step of the history.
 * @returns photos that were in it
 * @throws KartotekaError `not-found`
 */
export function removeAlbum(library: Library, id: number): number {
  return write(library, () => {
    const albumStep: AlbumStep = { albumId: id, before: recordText(existing(library, id)), after: null }
    const term = albumTerm(id)
    const steps = decisionsAbout(library, term).map(({ photoId, verdict }): Step => {
      return { photoId, term, before: verdict, after: null }
    })
    applySteps(library, steps)
    applyAlbumSteps(library, [albumStep])
    pushChange(library, { steps, albums: [albumStep] })
    return steps.length
  })
}

/**
 * Puts the albums of the list in an order, or (`null`) in that of their names; albums that are not named come after. One
 * step of the history.
 */
export function orderAlbums(library: Library, ids: readonly number[] | null): void {
  write(library, () => {
    const places = new Map((ids ?? []).map((id, at) => [id, at]))
    pushAlbums(
      library,
      albums(library).map(({ id }) => {
        const before = existing(library, id)
        return { albumId: id, before, after: { ...before, place: places.get(id) ?? null } }
      }),
    )
  })
}

/**
 * Adds photos to an album, or takes them out. One step of the history.
 * @returns photos for which this is news
 * @throws KartotekaError `not-found`
 */
export function putInAlbum(
  library: Library,
  id: number,
  photoIds: readonly number[],
  isWanted: boolean,
): number {
  return write(library, () => {
    existing(library, id)
    const steps = verdictSteps(library, photoIds, albumTerm(id), isWanted ? 'added' : null)
    if (steps.length === 0) return 0
    applySteps(library, steps)
    pushChange(library, { steps })
    return steps.length
  })
}

/** Writes what `steps` lead to. Part of the caller's transaction. */
export function applyAlbumSteps(library: Library, steps: readonly AlbumStep[]): void {
  const name = prepare<[string | null, string | null, number]>(
    library,
    "UPDATE own_label SET name = ?, folded = ? WHERE id = ? AND kind = 'album'",
  )
  // The photo of the cover may be gone since.
  const put = prepare<[number, number | null, AlbumOrder, number | null]>(
    library,
    `INSERT INTO album (own_id, cover_id, photo_order, place) VALUES (?, (SELECT id FROM photo WHERE id = ?), ?, ?)
     ON CONFLICT (own_id) DO UPDATE SET cover_id = excluded.cover_id, photo_order = excluded.photo_order,
       place = excluded.place`,
  )
  const drop = prepare<[number]>(library, 'DELETE FROM album WHERE own_id = ?')
  // Names are freed before any is given.
  for (const { albumId } of steps) name.run(null, null, albumId)
  for (const { albumId, after } of steps) {
    const record = recordOf(albumRecord, after)
    if (record === null) drop.run(albumId)
    else {
      name.run(record.name, fold(record.name), albumId)
      put.run(albumId, record.coverId, record.order, record.place)
    }
  }
}

interface AlbumChanged {
  readonly albumId: number
  readonly before: AlbumRecord
  readonly after: AlbumRecord
}

/** Makes those changes that are any, as one step of the history. */
function pushAlbums(library: Library, changes: readonly AlbumChanged[]): void {
  const steps = changes
    .map(({ albumId, before, after }) => ({
      albumId,
      before: recordText(before),
      after: recordText(after),
    }))
    .filter(({ before, after }) => before !== after)
  if (steps.length === 0) return
  applyAlbumSteps(library, steps)
  pushChange(library, { albums: steps })
}

/** @throws KartotekaError `not-found` */
export function existing(library: Library, id: number): AlbumRecord {
  const record = prepare<[number], AlbumRecord>(
    library,
    `SELECT o.name, a.photo_order AS "order", a.cover_id AS coverId, a.place FROM album a
     CROSS JOIN own_label o ON o.id = a.own_id WHERE a.own_id = ? AND o.name IS NOT NULL`,
  ).get(id)
  if (record === undefined) throw new KartotekaError('not-found', `There is no album with the number ${id}.`)
  return record
}

export function isIn(library: Library, id: number, photoId: number): boolean {
  const decision = prepare<[number, number], unknown>(
    library,
    "SELECT 1 FROM decision WHERE photo_id = ? AND term = ? AND verdict = 'added'",
  )
  return decision.get(photoId, albumTerm(id)) !== undefined
}

/** The name as it is kept. @throws KartotekaError `invalid-input` */
function freeName(library: Library, id: number, name: string): string {
  const shown = name.trim().normalize('NFC')
  const folded = fold(shown)
  if (folded === '')
    throw new KartotekaError('invalid-input', 'The name of an album needs at least one letter or digit.')
  const namesake = prepare<[string, number], { name: string }>(
    library,
    "SELECT name FROM own_label WHERE kind = 'album' AND folded = ? AND id <> ?",
  ).get(folded, id)
  if (namesake !== undefined)
    throw new KartotekaError(
      'invalid-input',
      `There is an album “${namesake.name}” already. Choose another name.`,
    )
  return shown
}
