import type { Database } from 'better-sqlite3'
import { KartotekaError, type Result } from '../../contract/failure.ts'
import type { RestoreLoss } from '../../contract/states.ts'
import { backupFile, listBackups, stateOf } from './backups.ts'
import { inBackground } from './check.ts'
import { openDatabase } from './database.ts'
import { libraryFile } from './library-files.ts'
import { explainedFor } from '../sqlite-errors.ts'

/** Where it is kept what a person says of a photo: what of it, and what they say. */
const saidTables = [
  { table: 'decision', about: 'term', says: 'verdict' },
  { table: 'person_fact', about: 'field', says: 'value' },
] as const

/**
 * What is in the library and not in a backup of it, lost to whoever goes back to that backup; and what comes back. Photos are told by their
 * numbers, which are never given twice in one library. Reads every decision of both; nothing is changed.
 * @param id of `listBackups`
 * @returns `null` where that cannot be told: the library or the backup is not usable
 * @throws KartotekaError `not-found`, `library-unusable`
 */
export function restoreLoss(folder: string, id: string): RestoreLoss | null {
  const backup = listBackups(folder).find((each) => each.id === id)
  if (backup === undefined)
    throw new KartotekaError('not-found', `There is no backup ${id} of the library in ${folder}.`)
  if (backup.state !== 'good' || stateOf(libraryFile(folder)).state !== 'good') return null
  try {
    const db = openDatabase(libraryFile(folder), { readonly: true, fileMustExist: true })
    try {
      db.prepare('ATTACH ? AS backup').run(backupFile(folder, id))
      return compared(db)
    } finally {
      db.close()
    }
  } catch (error) {
    throw explainedFor(error, folder)
  }
}

/** `restoreLoss` on a thread of its own, see `inBackground`. */
export async function restoreLossInBackground(
  folder: string,
  id: string,
  thread: URL,
): Promise<RestoreLoss | null> {
  const result = await inBackground<Result<RestoreLoss | null>>({ of: 'loss', folder, id }, thread)
  if (!result.ok) throw new KartotekaError(result.error.code, result.error.message)
  return result.value
}

/** What is said in one of the two and not, or otherwise, in the other: a row for each photo and what it is about. */
export function saidOnlySql(
  { table, about, says }: (typeof saidTables)[number],
  [one, other]: readonly ['main', 'backup'] | readonly ['backup', 'main'],
): string {
  const isOther = one === 'main' ? `b.${says} IS NOT a.${says}` : `b.${says} IS NULL`
  return `
    SELECT a.photo_id FROM ${one}.${table} a
    LEFT JOIN ${other}.${table} b ON b.photo_id = a.photo_id AND b.${about} = a.${about}
    WHERE ${isOther}`
}

/** Labels and albums that were made, renamed or removed since. */
export const namesSinceSql = (kind: 'label' | 'album'): string => `
  SELECT now.id FROM main.own_label now
  WHERE now.kind = '${kind}'
    AND now.name IS NOT (SELECT once.name FROM backup.own_label once WHERE once.id = now.id)`

/** What else people put in order: what tells a row, and what it says. */
const arranged = {
  albums: [
    { table: 'album', key: ['own_id'], says: ['cover_id', 'photo_order', 'place'], counts: 'own_id' },
    { table: 'album_place', key: ['photo_id', 'own_id'], says: ['place'], counts: 'own_id' },
  ],
  searches: [
    {
      table: 'saved_search',
      key: ['id'],
      says: ['name', 'query', 'sort', 'min_confidence', 'place'],
      counts: 'id',
    },
  ],
  taught: [{ table: 'taught', key: ['own_id'], says: [], counts: 'own_id' }],
  stacked: [{ table: 'stacked', key: ['photo_id'], says: ['keeper_id'], counts: 'photo_id' }],
  distinct: [
    {
      table: 'distinct_pair',
      key: ['photo_id', 'other_id'],
      says: [],
      counts: "photo_id || ' ' || other_id",
    },
  ],
} as const
type Arranged = (typeof arranged)[keyof typeof arranged][number]

/** Rows of one of the two that the other has not, or otherwise. */
export function arrangedOnlySql(
  { table, key, says, counts }: Arranged,
  [one, other]: readonly ['main', 'backup'] | readonly ['backup', 'main'],
): string {
  const same = [
    ...key.map((column) => `b.${column} = a.${column}`),
    ...says.map((column) => `b.${column} IS a.${column}`),
  ]
  return `
    SELECT ${counts} FROM ${one}.${table} a
    WHERE NOT EXISTS (SELECT 1 FROM ${other}.${table} b WHERE ${same.join(' AND ')})`
}

export const photosSinceSql = `
  SELECT count(*) FROM main.photo now
  WHERE now.visible = 1
    AND NOT EXISTS (SELECT 1 FROM backup.photo once WHERE once.content_hash = now.content_hash)`

function compared(db: Database): RestoreLoss {
  const isKnown = db.prepare<[string]>('SELECT 1 FROM backup.sqlite_schema WHERE name = ?')
  // A backup from before an update knows only what there was then.
  const known = saidTables.filter(({ table }) => isKnown.get(table) !== undefined)
  const lost = saidTables.map((each) =>
    known.includes(each) ? saidOnlySql(each, ['main', 'backup']) : `SELECT photo_id FROM main.${each.table}`,
  )
  const back = known.map((each) => saidOnlySql(each, ['backup', 'main']))
  const decided = (parts: readonly string[]): { decisions: number; photos: number } | undefined =>
    db
      .prepare<[], { decisions: number; photos: number }>(
        `SELECT count(*) AS decisions, count(DISTINCT photo_id) AS photos FROM (${parts.join(' UNION ALL ')})`,
      )
      .get()
  const count = (sql: string): number => Number(db.prepare(sql).pluck().get())
  /** In either direction: what was removed since is lost, too, in that it comes back. */
  const changed = (kind: keyof typeof arranged, ...more: readonly string[]): number => {
    const parts = arranged[kind].flatMap((each) =>
      isKnown.get(each.table) === undefined
        ? [`SELECT ${each.counts} FROM main.${each.table}`]
        : [arrangedOnlySql(each, ['main', 'backup']), arrangedOnlySql(each, ['backup', 'main'])],
    )
    return count(`SELECT count(*) FROM (${[...parts, ...more].join(' UNION ')})`)
  }
  const since = decided(lost)
  return {
    decisions: since?.decisions ?? 0,
    photosDecided: since?.photos ?? 0,
    labels: count(`SELECT count(*) FROM (${namesSinceSql('label')})`),
    albums: changed('albums', namesSinceSql('album')),
    searches: changed('searches'),
    taught: changed('taught'),
    groups: changed('stacked') + changed('distinct'),
    photosAdded: count(photosSinceSql),
    returning: decided(back)?.decisions ?? 0,
  }
}
