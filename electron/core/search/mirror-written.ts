import { hasId, roomForIds, type IdBits } from './id-bits.ts'
import { blockOf, blockPhotos, type Mirror } from './mirror.ts'
import type { Texts } from './mirror-texts.ts'

/** The photos whose words match: those of some texts, those in some folders, and some by themselves. */
export interface Written {
  /** By number of the text, 1 for those that match. */
  readonly texts: Uint8Array | null
  /** By id of the folder. */
  readonly folders: Uint8Array | null
  /** Not to be changed. */
  readonly ids: IdBits | null
}

/** Those of some photos on the wall whose words match, in their order. */
export function writtenAmong(
  among: Int32Array,
  { texts, folders, ids }: Written,
  { blocks }: Mirror,
): Int32Array {
  const found = roomForIds(among.length)
  let count = 0
  for (let at = 0; at < among.length; at += 1) {
    const id = among[at] ?? 0
    const block = blocks[blockOf(id)]
    const place = id % blockPhotos
    const isWritten =
      (texts !== null && texts[block?.text[place] ?? 0] === 1) ||
      (folders !== null && folders[block?.folder[place] ?? 0] === 1) ||
      (ids !== null && hasId(ids, id))
    found[count] = id
    count += Number(isWritten)
  }
  return found.slice(0, count)
}

const hasDigit = (match: string): boolean => /\d/.test(match)
/** The words of a folder are gone through once, not once for each of its photos. */
const besideFolders = (match: string): string => `{name keywords} : ${match}`

/**
 * Finds the photos whose words match an FTS5 expression.
 * @param among looks for them among the words of all photos, which takes long
 */
export function readWritten(match: string, texts: Texts, among: (match: string) => IdBits): Written {
  const alike = texts.matching(match)
  if (alike !== null && !hasDigit(match)) return { texts: alike, folders: null, ids: null }
  const folders = texts.foldersMatching(match)
  const rest = folders === null ? match : besideFolders(match)
  const isPossible = texts.matching(rest)?.includes(1) ?? true
  return { texts: null, folders, ids: isPossible ? among(rest) : null }
}

/** What `isMatched` must know. */
interface Counted {
  readonly texts: Texts
  /** Visible photos by the number of their text. */
  readonly textCounts: Uint32Array
  /** Visible photos by folder. */
  readonly folderCounts: ReadonlyMap<number, number>
}

/** Whether words of a photo on the wall match an FTS5 expression; `null` when only the words of all photos can tell. */
export function isMatched(match: string, { texts, textCounts, folderCounts }: Counted): boolean | null {
  const isAny = (table: Uint8Array): boolean =>
    table.some((matches, number) => matches === 1 && (textCounts[number] ?? 0) > 0)
  const alike = texts.matching(match)
  if (alike === null) return null
  if (!isAny(alike)) return false
  if (!hasDigit(match)) return true
  const folders = texts.foldersMatching(match)
  if (folders === null) return null
  if (folders.some((matches, id) => matches === 1 && (folderCounts.get(id) ?? 0) > 0)) return true
  const beside = texts.matching(besideFolders(match))
  return beside !== null && !isAny(beside) ? false : null
}
