import { describe, expect, it } from 'vitest'
import type { Album, SavedSearch } from '../../../electron/core/contract/albums.ts'
import { openWindow, refusal, type Answers } from '../../fixtures/scripted-shell.ts'
import { useAlbums } from '../../../renderer/src/albums/albums.ts'
import { useSavedSearches } from '../../../renderer/src/albums/saved-searches.ts'
import { useLibrary } from '../../../renderer/src/app/library.ts'
import { copyPicture } from '../../../renderer/src/give-away/copy-picture.ts'
import { useToasts } from '../../../renderer/src/notices/toasts.ts'
import { useTeaching } from '../../../renderer/src/teaching/teaching.ts'

const album: Album = { id: 1, name: 'Sea', count: 2, cover: null, order: 'date' }
const search: SavedSearch = { id: 1, name: 'Dogs', query: 'dog', sort: 'auto', minConfidence: null }

const acts: readonly (readonly [name: keyof Answers, said: string, act: () => Promise<unknown>])[] = [
  ['changeAlbum', 'New cover for “Sea”.', () => useAlbums().cover(album, 7)],
  ['orderAlbums', 'Order changed.', () => useAlbums().order([1])],
  ['moveInAlbum', '2 photos moved.', () => useAlbums().move(album, [7, 8], null)],
  ['renameSavedSearch', '“Dogs” is now called “Pets”.', () => useSavedSearches().rename(search, 'Pets')],
  ['removeSavedSearch', 'Saved search “Dogs” removed.', () => useSavedSearches().remove(search)],
  ['orderSavedSearches', 'Order changed.', () => useSavedSearches().order([1])],
  [
    'unlearn',
    'What was learnt of “garden” is forgotten. Photos that you gave it keep it.',
    () => useTeaching().unlearn({ term: 'own:1', name: 'garden' }),
  ],
  ['copyPicture', 'The picture is on the clipboard.', () => copyPicture(7)],
]

/** What the window says after an act that the shell answers so, and whether it offers to take something back. */
async function after(name: keyof Answers, answer: () => null, act: () => Promise<unknown>) {
  openWindow({
    getAlbums: () => [album],
    getSavedSearches: () => [search],
    getTaughtLabels: () => [],
    [name]: answer,
  })
  useLibrary().shell = { kind: 'electron', chooseFolders: true, showInFolder: true, trash: true }
  await act()
  return useToasts().toasts.map(({ text, tone, action }) => ({ text, tone, undo: action !== null }))
}

describe('an act of which the shell gives nothing back', () => {
  it.each(acts)('%s: is said when it is done', async (name, said, act) => {
    const told = await after(name, () => null, act)
    expect(told).toEqual([{ text: said, tone: 'plain', undo: name !== 'copyPicture' }])
  })

  it.each(acts)(
    '%s: is not said when it failed, and nothing else is offered to be undone',
    async (name, _, act) => {
      const told = await after(
        name,
        () => {
          throw refusal()
        },
        act,
      )
      expect(told).toMatchObject([{ tone: 'error', undo: false }])
    },
  )
})
