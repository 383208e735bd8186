import { parse } from 'node:path'
import { fold } from '../labels/fold.ts'
import { folderWords, keywordsOf } from '../library/photos/words.ts'
import { prepare } from '../library/statements.ts'
import type { Library } from '../library/library.ts'
import { numbersIn } from './photo-set.ts'

/**
 * The words of photos, each text once: in a million names like IMG_1234 the text "img 0" is one. Whatever is asked for
 * is looked for in these before it is among the words of all photos; a phrase of words that every photo has would be
 * followed through a million places there.
 */
export interface Texts {
  /** The number of a photo's text, from 1 on; 0 when there are too many different ones to be kept. */
  readonly numberOf: (words: PhotoWords) => number
  /**
   * By number, 1 for the texts that match, whatever the digits are: those of an expression that has digits only may
   * match. `null` when only the words of all photos can tell.
   */
  readonly matching: (match: string) => Uint8Array | null
  /** Keeps the words of a folder, digits and all. */
  readonly noteFolder: (id: number, words: string) => void
  /** By id, 1 for the folders whose words match; `null` when it is only asked for in names or keywords. */
  readonly foldersMatching: (match: string) => Uint8Array | null
}

/** What the words of a photo are made of. */
export interface PhotoWords {
  readonly name: string
  /** As `photo.keywords` has them. */
  readonly keywords: string | null
  /** As `folderWords` makes them. */
  readonly folders: string
}

/** Different texts that are kept: as many as 16 bits can tell apart. */
export const mostTexts = 65_535
/** Texts longer than this, in UTF-16 units, are as good as unique, and would fill the memory. */
const longestText = 2000

const tableSql = `
  CREATE VIRTUAL TABLE temp.mirror_text USING fts5 (
    name, keywords, folders, content = '', tokenize = "unicode61 remove_diacritics 2");
  CREATE VIRTUAL TABLE temp.mirror_folder USING fts5 (
    folders, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2")`
export const matchingTextsSql =
  'SELECT json_group_array(rowid) AS numbers FROM mirror_text WHERE mirror_text MATCH ?'
export const matchingFoldersSql =
  'SELECT json_group_array(rowid) AS numbers FROM mirror_folder WHERE mirror_folder MATCH ?'

/** A digit is part of a word like a letter, so words begin and end where they did. */
const withoutDigits = (text: string): string => text.replace(/\d+/g, '0')

/** An empty collection in temporary tables of the connection, which must not have them yet. */
export function createTexts(library: Library): Texts {
  library.db.exec(tableSql)
  const insert = prepare<[number, string, string, string]>(
    library,
    'INSERT INTO mirror_text (rowid, name, keywords, folders) VALUES (?, ?, ?, ?)',
  )
  const insertFolder = prepare<[number, string]>(
    library,
    'INSERT OR REPLACE INTO mirror_folder (rowid, folders) VALUES (?, ?)',
  )
  const numbers = new Map<string, number>()
  const folders = new Map<number, string>()
  let isComplete = true

  return {
    numberOf: ({ name, keywords, folders }) => {
      const [bare, around] = [withoutDigits(name), withoutDigits(folders)]
      const asked = keywords === null ? '' : withoutDigits(keywordsOf(keywords).join(' '))
      // No file name and no folded text has a NUL in it.
      const key = `${bare}\0${around}\0${asked}`
      const known = numbers.get(key)
      if (known !== undefined) return known
      if (numbers.size === mostTexts || key.length > longestText) {
        isComplete = false
        return 0
      }
      const number = numbers.size + 1
      // Folded, some signs become digits.
      insert.run(number, withoutDigits(fold(parse(bare).name)), withoutDigits(fold(asked)), around)
      numbers.set(key, number)
      return number
    },
    matching: (match) => {
      if (!isComplete) return null
      const row = prepare<[string], { numbers: string }>(library, matchingTextsSql).get(withoutDigits(match))
      return tableOf(row?.numbers)
    },
    noteFolder: (id, words) => {
      if (folders.get(id) === words) return
      insertFolder.run(id, words)
      folders.set(id, words)
    },
    foldersMatching: (match) =>
      match.startsWith('"')
        ? tableOf(prepare<[string], { numbers: string }>(library, matchingFoldersSql).get(match)?.numbers)
        : null,
  }
}

/** A table with 1 for each of the numbers. */
export function tableOf(numbers: string | readonly number[] = []): Uint8Array {
  const listed = typeof numbers === 'string' ? numbersIn(numbers) : numbers
  const table = new Uint8Array(listed.reduce((highest, number) => Math.max(highest, number), 0) + 1)
  for (const number of listed) table[number] = 1
  return table
}

export const foldersSql =
  'SELECT f.id, f.path AS folder, r.path AS root FROM json_each(?) one ' +
  'CROSS JOIN folder f ON f.id = one.value CROSS JOIN root r ON r.id = f.root_id'

/** The words of some folders by their ids. */
export function wordsOfFolders(library: Library, ids: Iterable<number>): ReadonlyMap<number, string> {
  const rows = prepare<[string], { id: number; folder: string; root: string }>(library, foldersSql).all(
    JSON.stringify([...ids]),
  )
  return new Map(rows.map(({ id, folder, root }) => [id, folderWords(root, folder)]))
}
