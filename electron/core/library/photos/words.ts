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

/** Keeps what people may type of a photo besides labels: its name, keywords and folders. For any number of photos. */
export function refreshWords(library: Library, photoIds: Iterable<number>): void {
  const select = prepare<[number], Row>(
    library,
    `SELECT p.name, p.keywords, f.path AS folder, r.path AS root
     FROM photo p JOIN folder f ON f.id = p.folder_id JOIN root r ON r.id = f.root_id WHERE p.id = ?`,
  )
  const keep = prepare<[number, string, string, string]>(
    library,
    'INSERT OR REPLACE INTO photo_words (rowid, name, keywords, folders) VALUES (?, ?, ?, ?)',
  )
  const folders = new Map<string, string>()
  for (const id of photoIds) {
    const row = select.get(id)
    if (row === undefined) continue
    let words = folders.get(row.folder)
    if (words === undefined) {
      words = folderWords(row.root, row.folder)
      folders.set(row.folder, words)
    }
    keep.run(
      id,
      fold(parse(row.name).name),
      row.keywords === null ? '' : fold(keywordsOf(row.keywords).join(' ')),
      words,
    )
  }
}

/** Folded names of the folders from the root's own down to `folder`. */
export function folderWords(root: string, folder: string): string {
  return fold([parse(root).base, ...relative(root, folder).split(sep)].join(' '))
}

/** Keywords as kept in `photo.keywords`. */
export function keywordsOf(kept: string | null): string[] {
  if (kept === null) return []
  const list: unknown = JSON.parse(kept)
  return Array.isArray(list) ? list.map(String) : []
}
