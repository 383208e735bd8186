import * as v from 'valibot'
import { albumId, count, manyPhotos, photoId, probability, search } from './values.ts'

/** Albums, and searches that are kept by a name. */

const savedSearchId = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

/** Characters. */
const longestName = 200
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(longestName))
/** All of them, in the order wanted; `null`: by name again. */
const listOrder = (id: typeof albumId) => v.nullable(v.pipe(v.array(id), v.maxLength(10_000)))

/** `hand`: as the person put them, those that came since after them. */
export const albumOrders = ['date', 'hand'] as const
const albumOrder = v.picklist(albumOrders)
export type AlbumOrder = v.InferOutput<typeof albumOrder>

export const album = v.object({
  id: albumId,
  name: v.string(),
  /** Photos on the wall. */
  count,
  order: albumOrder,
  /** The photo that was chosen, else the newest; `null` in an empty album. */
  cover: v.nullable(v.object({ id: photoId, version: v.string() })),
})
export type Album = v.InferOutput<typeof album>

/** What `changeAlbum` changes. */
const albumChange = v.variant('what', [
  v.object({ what: v.literal('name'), name }),
  v.object({ what: v.literal('order'), order: albumOrder }),
  /** `null`: the newest photo. */
  v.object({ what: v.literal('cover'), photoId: v.nullable(photoId) }),
])
export type AlbumChange = v.InferOutput<typeof albumChange>

/** What is asked for, and how its photos are shown. */
export const savedSearchValues = {
  query: search.entries.text,
  sort: search.entries.sort,
  /** `null`: the usual cut-off. */
  minConfidence: v.nullable(probability),
} as const

export const savedSearch = v.object({ id: savedSearchId, name: v.string(), ...savedSearchValues })
export type SavedSearch = v.InferOutput<typeof savedSearch>

const nothing = v.null()
const changed = v.object({ changed: count })

/** Calls about them; `undo` and `redo` take back and make again all that they do. */
export const albumCalls = {
  /** In the order of the list. */
  getAlbums: { input: nothing, output: v.array(album) },
  /** With these photos in it, if any. A name that another album has is refused. */
  makeAlbum: {
    input: v.object({ name, photoIds: v.pipe(v.array(photoId), v.maxLength(200_000)) }),
    output: v.object({ id: albumId }),
  },
  changeAlbum: { input: v.object({ id: albumId, change: albumChange }), output: nothing },
  /** The photos stay; `changed` is how many were in it. */
  removeAlbum: { input: v.object({ id: albumId }), output: changed },
  orderAlbums: { input: v.object({ ids: listOrder(albumId) }), output: nothing },
  addToAlbum: { input: v.object({ id: albumId, photoIds: manyPhotos }), output: changed },
  takeOutOfAlbum: { input: v.object({ id: albumId, photoIds: manyPhotos }), output: changed },
  /** In the order by hand, in the order given; `null`: to the end. */
  moveInAlbum: {
    input: v.object({ id: albumId, photoIds: manyPhotos, before: v.nullable(photoId) }),
    output: nothing,
  },

  getSavedSearches: { input: nothing, output: v.array(savedSearch) },
  saveSearch: {
    input: v.object({ name, ...savedSearchValues }),
    output: v.object({ id: savedSearchId }),
  },
  renameSavedSearch: { input: v.object({ id: savedSearchId, name }), output: nothing },
  removeSavedSearch: { input: v.object({ id: savedSearchId }), output: nothing },
  orderSavedSearches: { input: v.object({ ids: listOrder(savedSearchId) }), output: nothing },
} as const
