import { parse } from 'node:path'
import { fold } from '../labels/fold.ts'
import { folderWords, keywordsOf } from '../library/words.ts'
import { prepare } from '../library/statements.ts'
import type { Library } from '../library/library.ts'

/**
 * The words of photos, each text once: in a million names like IMG_1234 the text "img 0" is one. Whatever is asked for
 * without a digit is looked for in these instead of among the words of all photos; a phrase of words that every photo
 * has would be followed through a million places there.
 */
export interface Texts {
  /** The number of a photo's text, from 1 on; 0 when there are too many different ones to be kept. */
  readonly numberOf: (words: PhotoWords) => number
  /** By number, 1 for the texts that match; `null` when only the words of all photos can tell. */
  readonly matching: (match: string) => Uint8Array | null
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
    name, keywords, folders, content = '', tokenize = "unicode61 remove_diacritics 2")`
export const matchingTextsSql =
  'SELECT json_group_array(rowid) AS numbers FROM mirror_text WHERE mirror_text MATCH ?'

/** A digit is part of a word like a letter, so words begin and end where they did. */
const withoutDigits = (text: string): string => text.replace(/\d+/g, '0')

/** An empty collection in a temporary table of the connection, which must not have one yet. */
export function createTexts(library: Library): Texts {
  library.db.exec(tableSql)
  const insert = prepare<[number, string, string, string]>(
    library,
    'INSERT INTO mirror_text (rowid, name, keywords, folders) VALUES (?, ?, ?, ?)',
  )
  const numbers = new Map<string, number>()
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
      insert.run(number, fold(parse(bare).name), fold(asked), around)
      numbers.set(key, number)
      return number
    },
    matching: (match) => {
      if (!isComplete || /\d/.test(match)) return null
      const table = new Uint8Array(numbers.size + 1)
      const row = prepare<[string], { numbers: string }>(library, matchingTextsSql).get(match)
      for (const number of JSON.parse(row?.numbers ?? '[]') as number[]) table[number] = 1
      return table
    },
  }
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
