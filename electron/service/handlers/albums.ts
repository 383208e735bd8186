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

type AlbumCalls = keyof typeof albumCalls | 'countPhotos'

/** Albums and saved searches. */
export function albumHandlers(context: Context): Pick<ServiceHandlers, AlbumCalls> {
  const { library, searches, changes } = context
  const inSteps = stepsOf(context)
  const told = <Value>(value: Value): Value => {
    changes.now('decisions', 'albums')
    return value
  }
  return {
    getAlbums: () => searches.ask('getAlbums', null),
    makeAlbum: async ({ name, photoIds }) =>
      told({ id: await inSteps(() => makeAlbum(library, name, photoIds)) }),
    changeAlbum: ({ id, change }) => {
      changeAlbum(library, id, change)
      return told(null)
    },
    removeAlbum: async ({ id }) => told({ changed: await inSteps(() => removeAlbum(library, id)) }),
    orderAlbums: ({ ids }) => {
      orderAlbums(library, ids)
      return told(null)
    },
    addToAlbum: async ({ id, photoIds }) =>
      told({ changed: await inSteps(() => putInAlbum(library, id, photoIds, true)) }),
    takeOutOfAlbum: async ({ id, photoIds }) =>
      told({ changed: await inSteps(() => putInAlbum(library, id, photoIds, false)) }),
    moveInAlbum: ({ id, photoIds, before }) => {
      moveInAlbum(library, id, photoIds, before)
      return told(null)
    },
    getSavedSearches: () => savedSearches(library),
    saveSearch: (search) => told({ id: saveSearch(library, search) }),
    renameSavedSearch: ({ id, name }) => {
      renameSavedSearch(library, id, name)
      return told(null)
    },
    removeSavedSearch: ({ id }) => {
      removeSavedSearch(library, id)
      return told(null)
    },
    orderSavedSearches: ({ ids }) => {
      orderSavedSearches(library, ids)
      return told(null)
    },
    countPhotos: async (input) => ({ total: await searches.ask('countPhotos', input) }),
  }
}
