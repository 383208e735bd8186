import { parse } from 'node:path'
import { fold } from '../../labels/fold.ts'
import type { Library } from '../library.ts'
import { prepare } from '../statements.ts'
import { keptKeywords } from './kept-facts.ts'
import { storeSaidText } from './said-facts.ts'

interface Row {
  readonly name: string
  readonly keywords: string | null
  readonly title: string | null
  readonly note: string | null
}

export const namesSql = `
  SELECT fi.name, p.keywords, p.title, p.note FROM photo p CROSS JOIN file fi ON fi.photo_id = p.id
  WHERE p.id = ? AND p.visible = 1 AND fi.presence = 'here' ORDER BY fi.id`

/**
 * Keeps what people may type of a photo besides labels and folders: its names, keywords, title and note. Those of photos that are not
 * shown stay as they were. Part of the caller's transaction.
 */
export function refreshWords(library: Library, photoIds: Iterable<number>): void {
  const select = prepare<[number], Row>(library, namesSql)
  const keep = prepare<[number, string, string]>(
    library,
    'INSERT OR REPLACE INTO photo_words (rowid, name, keywords) VALUES (?, ?, ?)',
  )
  for (const id of photoIds) {
    const rows = select.all(id)
    if (rows[0] === undefined) continue
    // Copies mostly have the same name.
    const names = new Set(rows.map(({ name }) => fold(parse(name).name)))
    const { title, note } = rows[0]
    if (title !== null || note !== null) storeSaidText(library, id, { title, note })
    keep.run(id, [...names].join(' '), fold(keptKeywords(rows[0].keywords).join(' ')))
  }
}
