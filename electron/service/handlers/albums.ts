import type { albumCalls } from '../../core/contract/albums.ts'
import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { moveInAlbum } from '../../core/library/decisions/album-places.ts'
import {
  changeAlbum,
  makeAlbum,
  orderAlbums,
  putInAlbum,
  removeAlbum,
} from '../../core/library/decisions/albums.ts'
import {
  orderSavedSearches,
  removeSavedSearch,
  renameSavedSearch,
  savedSearches,
  saveSearch,
} from '../../core/library/decisions/saved-searches.ts'
import type { Context } from '../context.ts'
import { stepsOf } from '../in-steps.ts'

type AlbumCalls = Exclude<keyof typeof albumCalls, 'getAlbums'> | 'countPhotos'

/** Albums and saved searches. */
export function albumHandlers(context: Context): Pick<ServiceHandlers, AlbumCalls> {
  const { library, searches, changes } = context
  const inSteps = stepsOf(context)
  const told = <Value>(value: Value): Value => {
    changes.now('decisions', 'albums')
    return value
  }
  return {
    makeAlbum: async ({ name, photoIds }) =>
      told({ id: await inSteps(() => makeAlbum(library, name, photoIds)) }),
    changeAlbum: ({ id, change }) => told(changeAlbum(library, id, change)),
    removeAlbum: async ({ id }) => told({ changed: await inSteps(() => removeAlbum(library, id)) }),
    orderAlbums: ({ ids }) => told(orderAlbums(library, ids)),
    addToAlbum: async ({ id, photoIds }) =>
      told({ changed: await inSteps(() => putInAlbum(library, id, photoIds, true)) }),
    takeOutOfAlbum: async ({ id, photoIds }) =>
      told({ changed: await inSteps(() => putInAlbum(library, id, photoIds, false)) }),
    moveInAlbum: ({ id, photoIds, before }) => told(moveInAlbum(library, id, photoIds, before)),
    getSavedSearches: () => savedSearches(library),
    saveSearch: (search) => told({ id: saveSearch(library, search) }),
    renameSavedSearch: ({ id, name }) => told(renameSavedSearch(library, id, name)),
    removeSavedSearch: ({ id }) => told(removeSavedSearch(library, id)),
    orderSavedSearches: ({ ids }) => told(orderSavedSearches(library, ids)),
    countPhotos: async (input) => ({ total: await searches.ask('countPhotos', input) }),
  }
}
