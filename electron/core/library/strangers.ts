import { write, type Library } from './library.ts'
import type { FileFacts } from './files/files.ts'
import { prepare } from './statements.ts'

/** A file that was looked into and is no photo. */
export type Stranger = Pick<FileFacts, 'name' | 'size' | 'mtime'>

export const strangersSql = 'SELECT name, size, mtime FROM stranger WHERE folder_id = ?'

export function strangersIn(library: Library, folderId: number): Stranger[] {
  return prepare<[number], Stranger>(library, strangersSql).all(folderId)
}

/** Remembers files of a folder that are no photos, so that nobody opens them again as long as they stay as they are. */
export function keepStrangers(library: Library, folderId: number, strangers: readonly Stranger[]): void {
  const keep = prepare<[number, string, number, number]>(
    library,
    `INSERT INTO stranger (folder_id, name, size, mtime) VALUES (?, ?, ?, ?)
     ON CONFLICT (folder_id, name) DO UPDATE SET size = excluded.size, mtime = excluded.mtime`,
  )
  write(library, () => {
    for (const { name, size, mtime } of strangers) keep.run(folderId, name, size, mtime)
  })
}

export function forgetStrangers(library: Library, folderId: number, names: readonly string[]): void {
  const forget = prepare<[number, string]>(library, 'DELETE FROM stranger WHERE folder_id = ? AND name = ?')
  write(library, () => {
    for (const name of names) forget.run(folderId, name)
  })
}
