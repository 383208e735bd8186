import { readPhoto } from '../library/photos/details.ts'
import { tagsShown } from './photo-details.ts'
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
  return {
    query: search.text,
    understood: understoodOf(query, session.vocabulary, search.language),
    total: list.total,
    photos: list.slice(offset, limit).flatMap(({ id, confidence }) => {
      const photo = readPhoto(session.library, id)
      if (photo === null) return []
      const { path, takenAt, tags } = photo
      return [{ id, path, confidence, takenAt, tags: tagsShown(session, tags, search.language) }]
    }),
  }
}
