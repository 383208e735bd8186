import type { DatePrecision } from '../contract/dates.ts'
import { readPhoto } from '../library/photos/details.ts'
import { tagsShown } from './photo-details.ts'
import { reading, type Reader } from '../library/statements.ts'
import { find, partsOf, type Found } from './search.ts'
import { reasonsFor } from './wall-photos.ts'
import type { PhotoTag, Reason, Search, QueryPart } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'

/** What `kartoteka search --json` prints. */
export interface SearchResult {
  readonly query: string
  readonly understood: readonly QueryPart[]
  /** Words that nothing is called by; the photos were found without them. */
  readonly setAside: readonly string[]
  /** Of all photos found, not only those listed. */
  readonly total: number
  readonly photos: readonly {
    readonly id: number
    readonly path: string
    /** 0–1; 1 where no label was asked for. */
    readonly confidence: number
    /** Which word of the query met what. */
    readonly because: readonly Reason[]
    /** The beginning of what is known of it. */
    readonly takenAt: string | null
    readonly takenPrecision: DatePrecision | null
    readonly tags: readonly PhotoTag[]
  }[]
}

/** Photos `offset … offset + limit` of a search with their paths and tags. */
export function searchResult(
  reader: Reader,
  lexicon: Lexicon,
  search: Search,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): SearchResult {
  return reading(reader, () => resultOf(find(reader, lexicon, search), search, offset, limit))
}

function resultOf(
  { session, planned, list }: Found,
  search: Search,
  offset: number,
  limit: number,
): SearchResult {
  // A command lists each photo for itself.
  const hits = (list.folded?.unfolded ?? list).slice(offset, limit)
  const ids = [...hits.ids]
  const confidences = hits.confidences()
  const understood = partsOf(session, planned, search)
  const because = reasonsFor(session, planned.parts, ids, search.language)
  return {
    query: search.text,
    understood,
    setAside: understood.filter((part) => part.setAside).map(({ text }) => text),
    total: (list.folded?.unfolded ?? list).total,
    photos: ids.flatMap((id, at) => {
      const photo = readPhoto(session.reader, id)
      if (photo === null) return []
      const { path, takenAt, takenPrecision, tags } = photo
      const confidence = confidences[at] ?? 1
      return [
        {
          id,
          path,
          confidence,
          because: because.get(id) ?? [],
          takenAt,
          takenPrecision,
          tags: tagsShown(session, tags, search.language),
        },
      ]
    }),
  }
}
