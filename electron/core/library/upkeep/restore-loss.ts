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

export const labelsSinceSql = `
  SELECT count(*) FROM main.own_label now
  WHERE NOT EXISTS (SELECT 1 FROM backup.own_label once WHERE once.id = now.id AND once.name IS now.name)`

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
  const since = decided(lost)
  return {
    decisions: since?.decisions ?? 0,
    photosDecided: since?.photos ?? 0,
    labels: count(labelsSinceSql),
    photosAdded: count(photosSinceSql),
    returning: decided(back)?.decisions ?? 0,
  }
}
