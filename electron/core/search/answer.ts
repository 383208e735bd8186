import type { ThreadHandlers } from '../contract/thread-calls.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import { selectionLabels } from './selection-labels.ts'
import { reading, type Reader } from '../library/statements.ts'
import { complete } from './complete.ts'
import { ask } from './engine/statements.ts'
import { matchLabels } from './match-labels.ts'
import { photoDetails } from './photo-details.ts'
import { placedPhotos } from './placed-photos.ts'
import type { SearchCalls } from './search-protocol.ts'
import { countPhotos, holdPicture, idsOf, photosOf, searchPage, windowOf } from './search.ts'
import { sessionOf } from './session.ts'
import { shownAlbums } from './shown-albums.ts'
import { bestPhotos } from './best-photos.ts'
import { dayTitles } from './day-titles.ts'
import { facetsOf, labelsOf } from './facets.ts'
import { coversOf } from './covers.ts'
import { findDuplicates } from './duplicates.ts'

/** Answers everything that is asked of the search thread about the library. */
export function searchHandlers(
  reader: Reader,
  lexicon: Lexicon,
): ThreadHandlers<Omit<SearchCalls, 'whenPrepared'>> {
  return {
    search: ({ search, limit, ...known }) => searchPage(reader, lexicon, search, limit, known),
    getWindow: ({ search, offset, limit, listId }) =>
      windowOf(reader, lexicon, search, offset, limit, listId),
    getIds: ({ search, offset, limit, listId }) => idsOf(reader, lexicon, search, offset, limit, listId),
    getDayTitles: ({ search, spans }) => dayTitles(reader, lexicon, search, spans),
    getBest: ({ search, spans, most }) => bestPhotos(reader, lexicon, search, spans, most),
    getPhotos: ({ search, photoIds }) => photosOf(reader, lexicon, search, photoIds),
    getPhoto: ({ id, language }) => photoDetails(reader, lexicon, id, language),
    complete: (request) => complete(reader, lexicon, request),
    matchLabels: (request) => matchLabels(reader, lexicon, request),
    getSelectionLabels: (input) => selectionLabels(reader, lexicon, input),
    getFacets: ({ language }) => facetsOf(reader, lexicon, language),
    getCovers: ({ terms, taken }) => coversOf(reader, lexicon, terms, taken),
    findThings: (asked) =>
      labelsOf(reader, lexicon, asked)
        .filter(({ count }) => count > 0)
        .map(({ term }) => term),
    getOwnLabels: () =>
      reading(reader, () => {
        const { vocabulary, sureCount } = sessionOf(reader, lexicon)
        return vocabulary.ownLabels.map(({ term, name }) => ({ id: term, name, count: sureCount(term) }))
      }),
    holdPicture: (picture) => {
      holdPicture(reader, lexicon, picture)
      return null
    },
    getDuplicates: ({ language, limit }) => findDuplicates(reader, lexicon, language, limit),
    getAlbums: () => shownAlbums(reader, lexicon),
    getPlaced: ({ search }) => placedPhotos(reader, lexicon, search),
    countPhotos: ({ search }) => countPhotos(reader, lexicon, search),
    getTotals: () =>
      reading(reader, () => ({
        photos: ask<{ count: number }>(reader, 'total')[0]?.count ?? 0,
        hidden: ask<{ count: number }>(reader, 'hiddenTotal')[0]?.count ?? 0,
        folders: sessionOf(reader, lexicon).folders().length,
      })),
  }
}
