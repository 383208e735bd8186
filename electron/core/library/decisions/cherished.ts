import { firstOwnId } from '../../labels/term.ts'
import { prepare, type Reader } from '../statements.ts'

export const cherishedSql = `
  SELECT coalesce(rating, 0) > 0 OR favourite = 1 OR title IS NOT NULL OR note IS NOT NULL OR EXISTS (
    SELECT 1 FROM decision WHERE photo_id = photo.id AND term >= ? AND verdict = 'added') AS cherished
  FROM photo WHERE id = ?`

/** The photo has stars, is a favourite or in an album, or a person gave it words of their own: a title, a note, a label. */
export function isCherished(reader: Reader, photoId: number): boolean {
  const row = prepare<[number, number], { cherished: number }>(reader, cherishedSql).get(firstOwnId, photoId)
  return row?.cherished === 1
}
