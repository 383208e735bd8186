import type { PlacedPhotos } from '../contract/map.ts'
import type { CallInput, CallName, CallOutput } from '../contract/contract.ts'
import type { PhotoDetails } from '../contract/values.ts'
import type { ShownPicture } from '../alike/shown-pictures.ts'
import type { TermId } from '../labels/term.ts'
import type { FirstPage } from './search.ts'

/** Calls of the contract that the search thread answers just as they are asked. */
export const answeredAsAsked = [
  'getWindow',
  'getPhotos',
  'getDayTitles',
  'getBest',
  'complete',
  'matchLabels',
  'getSelectionLabels',
  'getFacets',
  'getCovers',
  'findThings',
  'getAlbums',
  'getDuplicates',
] as const satisfies readonly CallName[]
export type AnsweredAsAsked = (typeof answeredAsAsked)[number]

type AsInContract = {
  readonly [Name in AnsweredAsAsked]: { readonly input: CallInput<Name>; readonly output: CallOutput<Name> }
}

/** What the service asks its search thread: all that only reads the library. */
export interface SearchCalls extends AsInContract {
  readonly search: { readonly input: CallInput<'search'>; readonly output: FirstPage }
  readonly getIds: { readonly input: CallInput<'getIds'>; readonly output: Int32Array }
  /** `null`: there is no such photo. */
  readonly getPhoto: { readonly input: CallInput<'getPhoto'>; readonly output: PhotoDetails | null }
  readonly holdPicture: { readonly input: ShownPicture; readonly output: null }
  /** Own labels by name, with the photos that have them. */
  readonly getOwnLabels: {
    readonly input: null
    readonly output: { readonly id: TermId; readonly name: string; readonly count: number }[]
  }
  /** See `PlacedPhotos`: the lists as arrays that cross threads at once. */
  readonly getPlaced: { readonly input: CallInput<'getPlaced'>; readonly output: PlacedLists }
  readonly countPhotos: { readonly input: CallInput<'countPhotos'>; readonly output: number }
  /** Photos on the wall, and folders of the roots that are there. */
  readonly getTotals: {
    readonly input: null
    readonly output: { readonly photos: number; readonly hidden: number; readonly folders: number }
  }
  /** Answered when what searches need was read ahead for the first time: there is time then for what nobody waits for. */
  readonly whenPrepared: { readonly input: null; readonly output: null }
}

/** Photos `first … first + count` of a list. */
export interface Span {
  readonly first: number
  readonly count: number
}

export interface PlacedLists extends Omit<PlacedPhotos, 'ids' | 'latitudes' | 'longitudes'> {
  readonly ids: Int32Array
  readonly latitudes: Int32Array
  readonly longitudes: Int32Array
}

export interface SearchWorkerData {
  readonly role: 'search-worker'
  /** The library's folder; the thread opens it for reading. */
  readonly library: string
}
