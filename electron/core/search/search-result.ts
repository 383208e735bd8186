import { prepare } from '../library/statements.ts'
import { localTimeOf } from '../library/times.ts'
import { pathOf, tagsOf } from './photo-details.ts'
import { reading } from './reading.ts'
import { find, type Found } from './search.ts'
import { understoodOf } from './understood.ts'
import type { PhotoTag, Search, UnderstoodPart } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import type { Library } from '../library/library.ts'

/** What `kartoteka search --json` prints. */
export interface SearchResult {
  readonly query: string
  readonly understood: readonly UnderstoodPart[]
  /** Of all photos found, not only those listed. */
  readonly total: number
  readonly photos: readonly {
    readonly id: number
    readonly path: string
    /** 0–1; 1 where no label was asked for. */
    readonly confidence: number
    readonly takenAt: string | null
    readonly tags: readonly PhotoTag[]
  }[]
}

const photoSql =
  'SELECT f.path AS folder, p.name, p.taken_at AS takenAt FROM photo p JOIN folder f ON f.id = p.folder_id WHERE p.id = ?'

/** Photos `offset … offset + limit` of a search with their paths and tags. */
export function searchResult(
  library: Library,
  lexicon: Lexicon,
  search: Search,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): SearchResult {
  return reading(library, () => resultOf(find(library, lexicon, search), search, offset, limit))
}

function resultOf(
  { session, query, list }: Found,
  search: Search,
  offset: number,
  limit: number,
): SearchResult {
  const { library } = session
  const photo = prepare<[number], { folder: string; name: string; takenAt: number | null }>(library, photoSql)
  return {
    query: search.text,
    understood: understoodOf(query, session.vocabulary, search.language),
    total: list.total,
    photos: list.slice(offset, limit).flatMap(({ id, confidence }) => {
      const row = photo.get(id)
      if (row === undefined) return []
      return [
        {
          id,
          path: pathOf(row.folder, row.name),
          confidence,
          takenAt: localTimeOf(row.takenAt),
          tags: tagsOf(session, id, search.language),
        },
      ]
    }),
  }
}
