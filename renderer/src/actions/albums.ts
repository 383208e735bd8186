import { BookImage, BookMinus, BookPlus } from '@lucide/vue'
import { useAlbums } from '../albums/albums.ts'
import { useScreens } from '../app/screens.ts'
import type { Action, ActionTarget } from './action.ts'

function addTo({ photoIds }: ActionTarget): void {
  if (photoIds.length > 0) useScreens().open({ kind: 'add-to-album', photoIds })
}

async function takeOut({ photoIds }: ActionTarget): Promise<void> {
  const albums = useAlbums()
  if (albums.shown !== null && photoIds.length > 0) await albums.takeOut(albums.shown, photoIds)
}

async function makeCover({ photoIds: [id] }: ActionTarget): Promise<void> {
  const albums = useAlbums()
  if (albums.shown !== null && id !== undefined) await albums.cover(albums.shown, id)
}

/** Which albums photos are in. */
export const albumActions: readonly Action[] = [
  {
    id: 'add-to-album',
    words: 'addToAlbum',
    icon: BookPlus,
    keys: { wall: ['A'], viewer: ['A'] },
    group: 'albums',
    inBar: true,
    asksForText: () => true,
    available: ({ count }) => count > 0,
    run: addTo,
  },
  {
    id: 'take-out-of-album',
    words: 'takeOutOfAlbum',
    icon: BookMinus,
    keys: { wall: ['Alt+A'] },
    group: 'albums',
    inBar: true,
    available: ({ source, count }) => source !== 'viewer' && count > 0 && useAlbums().shown !== null,
    run: takeOut,
  },
  {
    id: 'album-cover',
    words: 'albumCover',
    icon: BookImage,
    group: 'albums',
    inBar: true,
    available: ({ source, count }) => source !== 'viewer' && count === 1 && useAlbums().shown !== null,
    run: makeCover,
  },
]
