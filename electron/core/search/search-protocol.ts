import type { PlacedPhotos } from '../contract/map.ts'
import type { Album } from '../contract/albums.ts'
import type { DayTitle } from '../contract/days.ts'
import type { Cover } from '../contract/things.ts'
import type {
  Completion,
  LabelMatch,
  Language,
  PhotoDetails,
  Search,
  SelectionLabel,
  Facet,
  TermKey,
  WallPhoto,
} from '../contract/values.ts'
import type { Duplicates } from './duplicates.ts'
import type { ShownPicture } from '../alike/shown-pictures.ts'
import type { TermId } from '../labels/term.ts'
import type { FirstPage } from './search.ts'

/** What the service asks its search thread: all that only reads the library. */
export interface SearchCalls {
  readonly search: {
    readonly input: {
      readonly search: Search
      readonly limit: number
      readonly listId?: string | undefined
      readonly knownShapes?: string | undefined
    }
    readonly output: FirstPage
  }
  readonly getWindow: { readonly input: Page; readonly output: WallPhoto[] }
  readonly getIds: { readonly input: Page; readonly output: Int32Array }
  readonly getDayTitles: {
    readonly input: { readonly search: Search; readonly spans: readonly Span[] }
    readonly output: DayTitle[]
  }
  readonly getBest: {
    readonly input: { readonly search: Search; readonly spans: readonly Span[]; readonly most: number }
    readonly output: WallPhoto[][]
  }
  readonly getPhotos: {
    readonly input: { readonly search: Search; readonly photoIds: readonly number[] }
    readonly output: WallPhoto[]
  }
  /** `null`: there is no such photo. */
  readonly getPhoto: {
    readonly input: { readonly id: number; readonly language: Language }
    readonly output: PhotoDetails | null
  }
  readonly holdPicture: { readonly input: ShownPicture; readonly output: null }
  readonly getDuplicates: {
    readonly input: { readonly language: Language; readonly limit: number }
    readonly output: Duplicates
  }
  readonly complete: {
    readonly input: { readonly text: string; readonly caret: number; readonly language: Language }
    readonly output: Completion[]
  }
  readonly matchLabels: {
    readonly input: { readonly text: string; readonly language: Language }
    readonly output: LabelMatch[]
  }
  readonly getSelectionLabels: {
    readonly input: { readonly photoIds: readonly number[]; readonly language: Language }
    readonly output: SelectionLabel[]
  }
  readonly getFacets: { readonly input: { readonly language: Language }; readonly output: Facet[] }
  readonly getCovers: { readonly input: { readonly terms: readonly TermKey[] }; readonly output: Cover[] }
  readonly findThings: {
    readonly input: { readonly text: string; readonly language: Language }
    readonly output: TermKey[]
  }
  /** Own labels by name, with the photos that have them. */
  readonly getOwnLabels: {
    readonly input: null
    readonly output: { readonly id: TermId; readonly name: string; readonly count: number }[]
  }
  /** In the order of the list. */
  readonly getAlbums: { readonly input: null; readonly output: Album[] }
  /** See `PlacedPhotos`: the lists as arrays that cross threads at once. */
  readonly getPlaced: {
    readonly input: { readonly search: Search }
    readonly output: PlacedLists
  }
  readonly countPhotos: { readonly input: { readonly search: Search }; readonly output: number }
  /** Photos on the wall, and folders of the roots that are there. */
  readonly getTotals: {
    readonly input: null
    readonly output: { readonly photos: number; readonly hidden: number; readonly folders: number }
  }
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

interface Page {
  readonly search: Search
  readonly offset: number
  readonly limit: number
  readonly listId?: string | undefined
}

export interface SearchWorkerData {
  readonly role: 'search-worker'
  /** The library's folder; the thread opens it for reading. */
  readonly library: string
}
