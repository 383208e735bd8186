import type { Album } from '../../../electron/core/contract/albums.ts'
import { useScreens } from '../app/screens.ts'
import { t } from '../i18n/words.ts'
import { useAlbums } from './albums.ts'

/** Opens the dialog for the name of an album: of one that there is, or (`null`) of a new one. */
export function askForName(album: Album | null): void {
  const albums = useAlbums()
  useScreens().open({
    kind: 'name',
    title: album === null ? t('albums.make') : t('albums.renameTitle', { name: album.name }),
    action: album === null ? t('albums.makeDo') : t('albums.renameDo'),
    name: album?.name ?? '',
    taken: albums.albums.filter(({ id }) => id !== album?.id).map(({ name }) => name),
    run: (name) => void (album === null ? albums.make(name, []) : albums.rename(album, name)),
  })
}
