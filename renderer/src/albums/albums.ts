import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Album, AlbumChange } from '../../../electron/core/contract/albums.ts'
import { api } from '../api.ts'
import { latest } from '../app/latest.ts'
import { useRefresh } from '../app/refresh.ts'
import { counted, t } from '../i18n/words.ts'
import { useDecisions } from '../labels/decisions.ts'
import { useToasts } from '../notices/toasts.ts'
import { useSearch } from '../search/search.ts'

/** Whether two names would be one to the library: it minds neither case nor accents. */
export const isSameName = (one: string, other: string): boolean =>
  one.trim().localeCompare(other.trim(), undefined, { sensitivity: 'base' }) === 0

/** What asks for an album alone. */
export const albumQuery = (name: string): string => `${t('query.album')}:"${name.replaceAll('"', '')}"`

/** One call takes no more photos than this. */
const mostPhotos = 200_000

/** All albums in the order of the rail, and what can be done with them, each with a way back. */
export const useAlbums = defineStore('albums', () => {
  const { attempt, show, succeeds } = useToasts()
  const decisions = useDecisions()
  const search = useSearch()
  const albums = shallowRef<readonly Album[]>([])

  const ask = latest(() => attempt(api.getAlbums()))

  async function load(): Promise<void> {
    albums.value = (await ask()) ?? albums.value
  }
  useRefresh().follow(async (changed) => {
    if (changed.has('albums') || changed.has('decisions') || changed.has('photos')) await load()
  })

  /** The album that the wall shows, and nothing else. */
  const shown = computed(() => albums.value.find(({ id }) => id === search.summary?.album) ?? null)

  async function make(name: string, photoIds: readonly number[]): Promise<void> {
    const made = await attempt(api.makeAlbum({ name, photoIds: photoIds.slice(0, mostPhotos) }))
    if (made === null) return
    await load()
    decisions.offerUndo(
      photoIds.length === 0
        ? t('albums.made', { name })
        : counted('albums.madeWith', photoIds.length, { name }),
    )
  }

  async function change(album: Album, what: AlbumChange, said: string): Promise<boolean> {
    const done = await succeeds(api.changeAlbum({ id: album.id, change: what }))
    await load()
    if (!done) return false
    decisions.offerUndo(said)
    return true
  }

  async function add(album: Pick<Album, 'id' | 'name'>, photoIds: readonly number[]): Promise<void> {
    if (photoIds.length === 0) return
    const { id, name } = album
    const done = await attempt(api.addToAlbum({ id, photoIds: photoIds.slice(0, mostPhotos) }))
    if (done === null) return
    if (done.changed === 0) show(t('albums.unchanged', { name }), { topic: 'decision' })
    else decisions.offerUndo(counted('albums.added', done.changed, { name }))
  }

  return {
    albums,
    shown,
    load,
    make,
    add,
    takeOut: async ({ id, name }: Album, photoIds: readonly number[]) => {
      // Before they leave the wall.
      await decisions.undoable(async () => {
        const done = await attempt(api.takeOutOfAlbum({ id, photoIds: photoIds.slice(0, mostPhotos) }))
        return (
          done && {
            said: counted('albums.takenOut', done.changed, { name }),
            steps: Math.min(1, done.changed),
          }
        )
      })
    },
    rename: async (album: Album, name: string) => {
      const wasShown = shown.value?.id === album.id
      if (!(await change(album, { what: 'name', name }, t('albums.renamed', { from: album.name, to: name }))))
        return
      // The question asks for it by its former name.
      if (wasShown) search.ask(albumQuery(name))
    },
    remove: async ({ id, name }: Album) => {
      const wasShown = shown.value?.id === id
      if ((await attempt(api.removeAlbum({ id }))) === null) return
      await load()
      decisions.offerUndo(t('albums.removed', { name }))
      if (wasShown) search.ask('')
    },
    orderBy: async (album: Album, order: Album['order']) => {
      const said = t(`albums.isBy.${order}`, { name: album.name })
      if (await change(album, { what: 'order', order }, said))
        search.askAgain({ ...search.asked, sort: null })
    },
    cover: (album: Album, photoId: number) =>
      change(album, { what: 'cover', photoId }, t('albums.coverIs', { name: album.name })),
    /** All of them, as they are to stand in the list; `null`: by name. */
    order: async (ids: readonly number[] | null) => {
      const done = await succeeds(api.orderAlbums({ ids: ids === null ? null : [...ids] }))
      await load()
      if (done) decisions.offerUndo(t('albums.ordered'))
    },
    /** In the order by hand; `before` is the photo that is to follow, `null` the end. */
    move: async ({ id }: Album, photoIds: readonly number[], before: number | null) => {
      if (await succeeds(api.moveInAlbum({ id, photoIds: photoIds.slice(0, mostPhotos), before })))
        decisions.offerUndo(counted('albums.moved', photoIds.length))
    },
  }
})
