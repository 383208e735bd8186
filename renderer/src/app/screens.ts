import { useMediaQuery } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { FolderNode } from '../../../electron/core/contract/values.ts'
import type { ViewedBefore } from '../viewer/viewed-before.ts'

export type Screen = 'photos' | 'map' | 'things' | 'duplicates' | 'problems' | 'folders'
export type SettingsPage = 'general' | 'labels' | 'indexing' | 'library' | 'metadata' | 'about'
/** A folder that a question is asked about, with the photos it had when it was asked. */
export type AskedFolder = Pick<FolderNode, 'id' | 'path' | 'photos'>
/** A folder to add that looks like one that is not connected. */
export interface MovedFolder {
  readonly path: string
  readonly from: AskedFolder
  /** What is still to be added after the answer. */
  readonly others: readonly string[]
}
export type OpenDialog =
  | { readonly kind: 'settings'; readonly page: SettingsPage }
  | { readonly kind: 'shortcuts' }
  /** `movedFrom`: for the folder that this one has become; else for one to add. */
  | { readonly kind: 'browse'; readonly movedFrom?: AskedFolder }
  | { readonly kind: 'browse-weights' }
  | {
      readonly kind: 'rename-label'
      readonly term: string
      readonly name: string
      /** What was open before it and is to be open again. */
      readonly back: OpenDialog | null
    }
  | {
      readonly kind: 'unusual-folders'
      readonly folders: readonly { readonly path: string; readonly why: string }[]
    }
  | { readonly kind: 'moved-folder'; readonly moved: MovedFolder }
  | { readonly kind: 'save-copies'; readonly photoIds: readonly number[] }
  /** Why some of the copies could not be made, a sentence each. */
  | { readonly kind: 'left-out-copies'; readonly leftOut: number; readonly reasons: readonly string[] }
  /** A question before something is done. */
  | {
      readonly kind: 'ask-first'
      readonly title: string
      readonly text: string
      readonly action: string
      readonly danger: boolean
      readonly run: () => void
    }
  /** When, or where, photos were taken. */
  | { readonly kind: 'dates'; readonly photoIds: readonly number[] }
  | { readonly kind: 'places'; readonly photoIds: readonly number[] }
  /** The name of an album or a saved search; `taken` are those of others. */
  | {
      readonly kind: 'name'
      readonly title: string
      readonly action: string
      readonly name: string
      readonly taken: readonly string[]
      readonly run: (name: string) => void
    }
  | { readonly kind: 'add-to-album'; readonly photoIds: readonly number[] }
  /** `null`: the word is asked for. */
  | { readonly kind: 'teach'; readonly photoIds: readonly number[]; readonly word: string | null }
  | { readonly kind: 'gone-folder' | 'remove-folder'; readonly folder: AskedFolder }

/** As in the rail's style sheet. */
const narrow = '(max-width: 900px)'

/** What is on the screen: which page, which dialog, the viewer, the rail. */
export const useScreens = defineStore('screens', () => {
  const screen = ref<Screen>('photos')
  const dialog = shallowRef<OpenDialog | null>(null)
  /** Place in the list of the photo that is open. */
  const viewed = ref<number | null>(null)
  /** What the viewer is to find again after the page was loaded anew. */
  const reopened = shallowRef<ViewedBefore | null>(null)
  /** The viewer goes on by itself. */
  const slideshow = ref(false)
  /** Photos that lie side by side. */
  const compared = shallowRef<readonly number[] | null>(null)
  const isNarrow = useMediaQuery(narrow)
  const railOpen = ref(!isNarrow.value)
  /** It stood beside the page when the window became narrow. */
  let wasBeside = false
  watch(isNarrow, (narrow) => {
    if (narrow) wasBeside = railOpen.value
    railOpen.value = !narrow && (wasBeside || railOpen.value)
  })
  /** The rail lies over the page instead of beside it. */
  const railCovers = computed(() => railOpen.value && isNarrow.value)
  /** The search box is to have the focus; it takes the wish back when it has. */
  const findWanted = ref(false)

  return {
    screen,
    dialog,
    viewed,
    reopened,
    slideshow,
    compared,
    railOpen,
    railCovers,
    findWanted,
    /** Something lies over the page: its keys are not meant. */
    covered: computed(
      () => dialog.value !== null || viewed.value !== null || compared.value !== null || railCovers.value,
    ),
    show: (next: Screen) => {
      screen.value = next
      // Where the rail covers the page it has done its work.
      if (railCovers.value) railOpen.value = false
    },
    open: (next: OpenDialog) => {
      dialog.value = next
    },
    close: () => {
      dialog.value = dialog.value?.kind === 'rename-label' ? dialog.value.back : null
    },
    /** To the search box, whatever is on the screen. */
    find: () => {
      dialog.value = null
      viewed.value = null
      compared.value = null
      if (railCovers.value) railOpen.value = false
      // The map has a search box of its own.
      if (screen.value !== 'map') screen.value = 'photos'
      findWanted.value = true
    },
  }
})
