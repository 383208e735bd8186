import { prepare } from '../library/statements.ts'
import type { Library } from '../library/library.ts'

/** What changed since the mirror was last brought up to date. */
export interface Changes {
  /** Photos of which anything changed, ascending. */
  readonly photos: readonly number[]
  /** Of them those that came, went or got another date; ascending. */
  readonly moved: readonly number[]
  /** Contents of which a photo came or went. */
  readonly contents: readonly Buffer[]
}

const note = (table: string, value: string): string =>
  // Not OR IGNORE: in a trigger the conflict clause of the outer statement would win.
  `INSERT INTO ${table} SELECT ${value} WHERE ${value} IS NOT NULL ` +
  `AND NOT EXISTS (SELECT 1 FROM ${table} known WHERE known.value = ${value});`
const changed = (id: string): string => note('mirror_changed', id)
const moved = (id: string): string => changed(id) + note('mirror_moved', id)
const content = (row: string): string => note('mirror_content', `${row}.content_hash`)

const facts =
  'state, presence, companion_of, content_hash, format, width, taken_at, latitude, camera_id, keywords, damaged, folder_id, name'

/**
 * Notes of photos in temporary tables of this connection, which is the only one that writes. They are part of the
 * transaction that makes the change, so what is rolled back was never noted. A photo that is not on the wall before
 * or after is of no interest.
 */
const noting = `
  CREATE TEMP TABLE mirror_changed (value INTEGER PRIMARY KEY);
  CREATE TEMP TABLE mirror_moved (value INTEGER PRIMARY KEY);
  CREATE TEMP TABLE mirror_content (value BLOB PRIMARY KEY) WITHOUT ROWID;
  CREATE TEMP TRIGGER mirror_photo_came AFTER INSERT ON main.photo WHEN new.visible = 1 BEGIN
    ${moved('new.id')} ${content('new')}
  END;
  CREATE TEMP TRIGGER mirror_photo_went AFTER DELETE ON main.photo WHEN old.visible = 1 BEGIN
    ${moved('old.id')} ${content('old')}
  END;
  CREATE TEMP TRIGGER mirror_photo_changed AFTER UPDATE OF ${facts} ON main.photo
  WHEN old.visible = 1 OR new.visible = 1 BEGIN ${changed('new.id')} END;
  CREATE TEMP TRIGGER mirror_photo_moved AFTER UPDATE OF presence, companion_of, width, taken_at ON main.photo
  WHEN old.visible <> new.visible OR old.shown_at <> new.shown_at BEGIN ${moved('new.id')} END;
  CREATE TEMP TRIGGER mirror_photo_content AFTER UPDATE OF presence, companion_of, width, content_hash ON main.photo
  WHEN old.visible <> new.visible OR old.content_hash IS NOT new.content_hash BEGIN
    ${content('old')} ${content('new')}
  END;
  ${['finding', 'decision']
    .map(
      (table) => `
  CREATE TEMP TRIGGER mirror_${table}_came AFTER INSERT ON main.${table} BEGIN ${changed('new.photo_id')} END;
  CREATE TEMP TRIGGER mirror_${table}_changed AFTER UPDATE ON main.${table} BEGIN ${changed('new.photo_id')} END;
  CREATE TEMP TRIGGER mirror_${table}_went AFTER DELETE ON main.${table} BEGIN ${changed('old.photo_id')} END;`,
    )
    .join('')}
  CREATE TEMP TRIGGER mirror_folder_changed AFTER UPDATE OF root_id, path ON main.folder
  WHEN old.root_id <> new.root_id OR old.path <> new.path BEGIN
    INSERT INTO mirror_changed SELECT id FROM photo WHERE folder_id = new.id AND visible = 1
      AND NOT EXISTS (SELECT 1 FROM mirror_changed known WHERE known.value = photo.id);
  END;
`

/** From now on changes are noted; costs a photo that is stored some microseconds. */
export function noteChanges(library: Library): void {
  library.db.exec(noting)
}

/** Changed photos that are waiting, `limit` at most. */
export function countChanges(library: Library, limit: number): number {
  return (
    prepare<[number], { count: number }>(
      library,
      'SELECT count(*) AS count FROM (SELECT 1 FROM mirror_changed LIMIT ?)',
    ).get(limit)?.count ?? 0
  )
}

/** Takes the changes of the `limit` lowest photos, and all others when these are all, off the notes. */
export function takeChanges(library: Library, limit: number): Changes {
  const photos = prepare<[number], { value: number }>(
    library,
    'SELECT value FROM mirror_changed ORDER BY value LIMIT ?',
  )
    .all(limit)
    .map(({ value }) => value)
  const last = photos.length < limit ? Number.MAX_SAFE_INTEGER : (photos.at(-1) ?? 0)
  const movedOnes = prepare<[number], { value: number }>(
    library,
    'SELECT value FROM mirror_moved WHERE value <= ? ORDER BY value',
  )
    .all(last)
    .map(({ value }) => value)
  const contents = prepare<[], { value: Buffer }>(library, 'SELECT value FROM mirror_content').all()
  prepare<[number]>(library, 'DELETE FROM mirror_changed WHERE value <= ?').run(last)
  prepare<[number]>(library, 'DELETE FROM mirror_moved WHERE value <= ?').run(last)
  prepare<[]>(library, 'DELETE FROM mirror_content').run()
  return { photos, moved: movedOnes, contents: contents.map(({ value }) => value) }
}
