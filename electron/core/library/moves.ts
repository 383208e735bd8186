import { refreshFindings } from './photos/index-entries.ts'
import { isFormerContent, keepFormerContent, unknownSize } from './former-contents.ts'
import { write, type Library } from './library.ts'
import { prepare } from './statements.ts'
import { refreshWords } from './photos/words.ts'

/**
 * Which photo a file is: a photo is its content, and has its decisions wherever that content turns up. What a person
 * said of a content is never on a file that has another known content, and never deleted here.
 */

export const goneSql = `
  SELECT content_hash AS hash FROM photo
  WHERE size = ? AND presence <> 'here' AND presence <> 'removed' AND content_hash IS NOT NULL AND width IS NOT NULL`

/**
 * Content hashes of the photos of this size (bytes) that are no longer where they were: a new file may be one. Not
 * those of folders that were taken out: they come back as they were.
 */
export function goneOfSize(library: Library, size: number): string[] {
  return prepare<[number], { hash: Buffer }>(library, goneSql)
    .all(size)
    .map(({ hash }) => hash.toString('hex'))
}

/** Its content is nowhere it is known to be: it is missing, or under its name lies a file that cannot be read. */
const isLoose = (photo: string): string =>
  `(${photo}.presence = 'missing' OR (${photo}.presence = 'here' AND ${photo}.state = 'failed' AND ${photo}.width IS NULL))`

const isDecided = 'EXISTS (SELECT 1 FROM decision WHERE photo_id = photo.id)'

/** Photos of a content that may have turned up elsewhere, first those that people decided about. */
export const looseSql = `
  SELECT id, width IS NOT NULL AS whole FROM photo
  WHERE content_hash = ? AND id <> ? AND state <> 'running'
    AND ${isLoose('photo')}
  ORDER BY ${isDecided} DESC, id`

interface Loose {
  readonly id: number
  /** All that reading it told is kept. */
  readonly whole: number
}

/**
 * A file that appeared and has the content of a photo that is gone from elsewhere: that photo moves here, with its
 * tags and decisions, and without being classified.
 * @param placeId row of the file that appeared
 * @returns id of the photo that is now there, or `null` when no photo of that content is gone
 */
export function claimMoved(library: Library, placeId: number, contentHash: string): number | null {
  const hash = Buffer.from(contentHash, 'hex')
  return write(library, () => {
    const gone = looseOf(library, hash, placeId).find(({ whole }) => whole === 1)
    if (gone === undefined) return null
    takePlace(library, gone.id, placeId)
    return gone.id
  })
}

function looseOf(library: Library, hash: Buffer, besides: number): Loose[] {
  return prepare<[Buffer, number], Loose>(library, looseSql).all(hash, besides)
}

/**
 * To be asked before what reading a file told is stored: which photo it is. A file with the content it had is the
 * photo it was, and one that was edited stays it, with its decisions. A content that is known from elsewhere is
 * the photo that is gone from there, or a copy; what was known under the name is then set aside, with its decisions,
 * until its content turns up. Part of the caller's transaction.
 * @param placeId row of the file that was read
 * @param onAside a photo that was set aside; to be reunited with its content once all is stored
 * @returns id of the photo that is now there
 */
export function photoOfContent(
  library: Library,
  placeId: number,
  contentHash: string,
  onAside: (photoId: number) => void,
): number {
  const hash = Buffer.from(contentHash, 'hex')
  const row = prepare<[number], { hash: Buffer | null }>(
    library,
    'SELECT content_hash AS hash FROM photo WHERE id = ?',
  ).get(placeId)
  if (row === undefined || row.hash?.equals(hash) === true) return placeId
  const known = isKnown(library, hash, placeId)
  // Most are new files that nobody saw before: asked first, as all indexing goes through here.
  if (row.hash === null && !known) return placeId
  const decidedBefore = row.hash !== null && isDecidedAbout(library, placeId)
  const loose = known ? looseOf(library, hash, placeId) : []
  const former = loose.find(({ id }) => isFormerContent(library, id, placeId))
  if (former !== undefined) {
    if (decidedBefore) onAside(keepFormerContent(library, placeId))
    copyDecisions(library, former.id, placeId)
    prepare<[number]>(library, 'DELETE FROM photo WHERE id = ?').run(former.id)
    return placeId
  }
  if (loose[0] !== undefined) {
    takePlace(library, loose[0].id, placeId)
    onAside(placeId)
    return loose[0].id
  }
  if (!decidedBefore) return shareDecisions(library, placeId, hash)
  if (!known) {
    onAside(keepFormerContent(library, placeId))
    return placeId
  }
  onAside(placeId)
  return shareDecisions(library, copyAt(library, placeId), hash)
}

export const knownContentSql = 'SELECT 1 FROM photo WHERE content_hash = ? AND id <> ? LIMIT 1'

function isKnown(library: Library, hash: Buffer, besides: number): boolean {
  return prepare<[Buffer, number]>(library, knownContentSql).get(hash, besides) !== undefined
}

function isDecidedAbout(library: Library, photoId: number): boolean {
  const sql = 'SELECT 1 FROM decision WHERE photo_id = ? LIMIT 1'
  return prepare<[number]>(library, sql).get(photoId) !== undefined
}

export const awaySql = `
  SELECT p.id FROM photo p JOIN folder f ON f.id = p.folder_id
  WHERE p.content_hash = ? AND p.id <> ? AND (p.presence = 'removed' OR (p.presence = 'here' AND f.offline = 1))
    AND EXISTS (SELECT 1 FROM decision WHERE photo_id = p.id)
  ORDER BY p.id LIMIT 1`

/**
 * A copy of a photo whose folder was taken out or whose disk is away gets what was decided about it: that photo itself
 * stays as it is, for when its folder is back.
 * @returns `photoId`
 */
function shareDecisions(library: Library, photoId: number, hash: Buffer): number {
  const away = prepare<[Buffer, number], { id: number }>(library, awaySql).get(hash, photoId)
  if (away !== undefined) copyDecisions(library, away.id, photoId)
  return photoId
}

/** What the other photo has a decision about already stays. */
function copyDecisions(library: Library, from: number, to: number): void {
  prepare<[number, number]>(
    library,
    `INSERT OR IGNORE INTO decision (photo_id, term, verdict, decided_at)
     SELECT ?, term, verdict, decided_at FROM decision WHERE photo_id = ?`,
  ).run(to, from)
}

interface Place {
  readonly folderId: number
  readonly name: string
  readonly size: number
  readonly mtime: number
  readonly ctime: number
  readonly presence: string
  readonly kind: string | null
  readonly reason: string | null
}

function placeOf(library: Library, photoId: number): Place {
  const place = prepare<[number], Place>(
    library,
    'SELECT folder_id AS folderId, name, size, mtime, ctime, presence, kind, reason FROM photo WHERE id = ?',
  ).get(photoId)
  if (place === undefined) throw new Error('A photo vanished while it was moved')
  return place
}

/** The photo moves to the place of the other, which is set aside. */
function takePlace(library: Library, photoId: number, placeId: number): void {
  const from = placeOf(library, photoId)
  const to = placeOf(library, placeId)
  setAside(library, photoId)
  prepare<[number, number]>(library, 'UPDATE photo SET companion_of = ? WHERE companion_of = ?').run(
    photoId,
    placeId,
  )
  if (!dropUnread(library, placeId)) setAside(library, placeId, unknownSize)
  prepare<[number, string, number, number, number, number]>(
    library,
    `UPDATE photo SET folder_id = ?, name = ?, size = ?, mtime = ?, ctime = ?, presence = 'here', state = 'done',
     attempts = 0, kind = NULL, reason = NULL WHERE id = ?`,
  ).run(to.folderId, to.name, to.size, to.mtime, to.ctime, photoId)
  // Where it was lies a file that cannot be read.
  if (from.presence === 'here') insertAt(library, from, 'failed')
  refreshFindings(library, [photoId, placeId])
  refreshWords(library, [photoId, placeId])
}

/** The file at the place is a copy of a known photo; the photo that was there is set aside. @returns id of the copy */
function copyAt(library: Library, placeId: number): number {
  const place = placeOf(library, placeId)
  setAside(library, placeId, unknownSize)
  const id = insertAt(library, place, 'done')
  prepare<[number, number]>(library, 'UPDATE photo SET companion_of = ? WHERE companion_of = ?').run(
    id,
    placeId,
  )
  refreshFindings(library, [placeId])
  refreshWords(library, [placeId])
  return id
}

function insertAt(library: Library, place: Place, state: 'done' | 'failed'): number {
  const { folderId, name, size, mtime, ctime, kind, reason } = place
  const { lastInsertRowid } = prepare<
    [number, string, number, number, number, string, string | null, string | null]
  >(
    library,
    'INSERT INTO photo (folder_id, name, size, mtime, ctime, state, kind, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  ).run(
    folderId,
    name,
    size,
    mtime,
    ctime,
    state,
    state === 'failed' ? kind : null,
    state === 'failed' ? reason : null,
  )
  return Number(lastInsertRowid)
}

/**
 * The photo has no place any more and waits, missing, for its content to turn up. No file has a slash in its name, so
 * none is ever taken for it by its name. Part of the caller's transaction.
 * @param size of its content in bytes; default: as it was
 */
export function setAside(library: Library, photoId: number, size: number | null = null): void {
  prepare<[number | null, number]>(
    library,
    `UPDATE photo SET name = '/' || id, presence = 'missing', state = 'done', attempts = 0, kind = NULL, reason = NULL,
     companion_of = NULL, size = coalesce(?, size) WHERE id = ?`,
  ).run(size, photoId)
}

/** A row of which nothing is known is of no use without its file. @returns whether it was one */
export function dropUnread(library: Library, photoId: number): boolean {
  return (
    prepare<[number]>(
      library,
      `DELETE FROM photo WHERE id = ? AND content_hash IS NULL AND NOT ${isDecided}`,
    ).run(photoId).changes === 1
  )
}

export const laterCopiesSql = `
  SELECT copy.id FROM photo p JOIN photo copy ON copy.content_hash = p.content_hash JOIN folder f ON f.id = copy.folder_id
  WHERE p.id = ? AND copy.id > p.id AND copy.presence = 'here' AND f.offline = 0`

/** Ids of photos with the content of this one that came to be known after it, and are there. */
export function laterCopies(library: Library, photoId: number): number[] {
  return prepare<[number], { id: number }>(library, laterCopiesSql)
    .all(photoId)
    .map(({ id }) => id)
}

export const twinSql = `
  SELECT twin.id, EXISTS (SELECT 1 FROM decision WHERE photo_id = twin.id) AS decided, gone.width IS NOT NULL AS whole
  FROM photo gone JOIN photo twin ON twin.content_hash = gone.content_hash
    JOIN folder f ON f.id = twin.folder_id
  WHERE gone.id = ? AND ${isLoose('gone')} AND twin.id <> gone.id AND twin.presence = 'here'
    AND twin.state = 'done' AND f.offline = 0 AND EXISTS (SELECT 1 FROM decision WHERE photo_id = gone.id)
  ORDER BY decided, twin.id DESC LIMIT 1`

/**
 * For photos just found missing, or no longer to be read, that people decided about, and whose content is there under
 * another name: a file that was noticed at its new place before it was missed at the old one has been taken for a new
 * photo. The missing one takes that place. A photo that was there before it, or that people decided about, gets its
 * decisions instead, and so does any when what reading told of the missing one is no longer kept.
 */
export function reunite(library: Library, missing: readonly number[]): void {
  const twin = prepare<[number], { id: number; decided: number; whole: number }>(library, twinSql)
  write(library, () => {
    for (const id of missing) {
      const place = twin.get(id)
      if (place === undefined) continue
      if (place.whole === 1 && place.decided === 0 && place.id > id) {
        takePlace(library, id, place.id)
        prepare<[number]>(library, 'DELETE FROM photo WHERE id = ?').run(place.id)
      } else {
        copyDecisions(library, id, place.id)
        refreshFindings(library, [place.id])
      }
    }
  })
}

/** The same for any number of photos, 200 at a time. */
export async function reuniteAll(
  library: Library,
  missing: readonly number[],
  breathe: () => Promise<void>,
): Promise<void> {
  for (let from = 0; from < missing.length && library.db.open; from += 200) {
    reunite(library, missing.slice(from, from + 200))
    await breathe()
  }
}
