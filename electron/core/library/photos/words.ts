import { parse, relative, sep } from 'node:path'
import { fold } from '../../labels/fold.ts'
import type { Library } from '../library.ts'
import { prepare } from '../statements.ts'

interface Row {
  readonly name: string
  readonly keywords: string | null
  readonly folder: string
  readonly root: string
}

export const namesSql = `
  SELECT fi.name, p.keywords, f.path AS folder, r.path AS root
  FROM photo p CROSS JOIN file fi ON fi.photo_id = p.id CROSS JOIN folder f ON f.id = fi.folder_id
    CROSS JOIN root r ON r.id = f.root_id
  WHERE p.id = ? AND p.visible = 1 AND fi.presence = 'here' ORDER BY fi.id`

/**
 * Keeps what people may type of a photo besides labels: its names, keywords and folders. Those of photos that are not
 * shown stay as they were. Part of the caller's transaction.
 */
export function refreshWords(library: Library, photoIds: Iterable<number>): void {
  const select = prepare<[number], Row>(library, namesSql)
  const keep = prepare<[number, string, string, string]>(
    library,
    'INSERT OR REPLACE INTO photo_words (rowid, name, keywords, folders) VALUES (?, ?, ?, ?)',
  )
  const known = new Map<string, string>()
  const wordsOf = ({ root, folder }: Row): string => {
    const words = known.get(folder) ?? folderWords(root, folder)
    known.set(folder, words)
    return words
  }
  for (const id of photoIds) {
    const rows = select.all(id)
    if (rows[0] === undefined) continue
    keep.run(
      id,
      joined(rows.map(({ name }) => fold(parse(name).name))),
      fold(keywordsOf(rows[0].keywords).join(' ')),
      joined(rows.map(wordsOf)),
    )
  }
}

/** Copies mostly have the same name. */
function joined(texts: readonly string[]): string {
  return texts.length === 1 ? (texts[0] ?? '') : [...new Set(texts)].join(' ')
}

/** Folded names of the folders from the root's own down to `folder`. */
function folderWords(root: string, folder: string): string {
  return fold([parse(root).base, ...relative(root, folder).split(sep)].join(' '))
}

/** Keywords as kept in `photo.keywords`. */
export function keywordsOf(kept: string | null): string[] {
  if (kept === null) return []
  const list: unknown = JSON.parse(kept)
  return Array.isArray(list) ? list.map(String) : []
}
