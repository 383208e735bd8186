import { KartotekaError } from '../core/contract/failure.ts'
import { fold } from '../core/labels/fold.ts'
import {
  albums,
  changeAlbum,
  makeAlbum,
  putInAlbum,
  removeAlbum,
  type NamedAlbum,
} from '../core/library/decisions/albums.ts'
import { flushDeferredNow } from '../core/library/decisions/deferred-index.ts'
import type { Library } from '../core/library/library.ts'
import { shownAlbums } from '../core/search/shown-albums.ts'
import type { CommonOptions } from './library-option.ts'
import { withLibrary, withWritableLibrary } from './open.ts'
import { counted, print, printable, printJson, table } from './output.ts'
import { photosNamed } from './photo-argument.ts'

/** `kartoteka album list` */
export async function listCommand(options: CommonOptions): Promise<void> {
  const all = (await withLibrary(options, shownAlbums)).map(({ id, name, count, order }) => {
    return { id, name, photos: count, order }
  })
  if (options.json === true) return printJson(all)
  if (all.length === 0) return print('There are no albums yet. `kartoteka album make NAME` makes one.')
  return print(
    table(
      ['photos', 'album', 'order'],
      all.map(({ photos, name, order }) => [photos, name, order]),
    ),
  )
}

/** What the commands that change an album print. */
interface AlbumDocument {
  readonly id: number
  readonly name: string
  /** Photos that were added or taken out by it. */
  readonly changed: number
}

/** `kartoteka album make NAME [PHOTO…]` */
export const makeCommand = (name: string, photos: readonly string[], options: CommonOptions): Promise<void> =>
  change(options, 'Made', (library) => {
    const ids = photosNamed(library, photos)
    const id = makeAlbum(library, name, ids)
    return { ...albumWith(library, id), changed: new Set(ids).size }
  })

/** `kartoteka album rename NAME NEW` */
export const renameCommand = (name: string, next: string, options: CommonOptions): Promise<void> =>
  change(options, 'Renamed', (library) => {
    const { id } = albumNamed(library, name)
    changeAlbum(library, id, { what: 'name', name: next })
    return { ...albumWith(library, id), changed: 0 }
  })

/** `kartoteka album remove NAME` */
export const removeCommand = (name: string, options: CommonOptions): Promise<void> =>
  change(options, 'Removed', (library) => {
    const { id, name: shown } = albumNamed(library, name)
    return { id, name: shown, changed: removeAlbum(library, id) }
  })

/** `kartoteka album add NAME PHOTO…` and `take-out` */
export const putCommand = (
  name: string,
  photos: readonly string[],
  isWanted: boolean,
  options: CommonOptions,
): Promise<void> =>
  change(options, isWanted ? 'Added to' : 'Taken out of', (library) => {
    const { id, name: shown } = albumNamed(library, name)
    return { id, name: shown, changed: putInAlbum(library, id, photosNamed(library, photos), isWanted) }
  })

async function change(
  options: CommonOptions,
  did: string,
  act: (library: Library) => AlbumDocument,
): Promise<void> {
  const document = await withWritableLibrary(options, (library) => {
    const done = act(library)
    flushDeferredNow(library)
    return done
  })
  const { name, changed } = document
  return options.json === true
    ? printJson(document)
    : print(printable(`${did} the album ${name}${changed > 0 ? `: ${counted(changed, 'photo')}` : ''}.`))
}

const albumWith = (library: Library, id: number): Pick<NamedAlbum, 'id' | 'name'> => {
  const album = albums(library).find((each) => each.id === id)
  return { id, name: album?.name ?? '' }
}

function albumNamed(library: Library, name: string): NamedAlbum {
  const album = albums(library).find(({ folded }) => folded === fold(name.trim()))
  if (album === undefined)
    throw new KartotekaError(
      'not-found',
      `There is no album ${printable(name)}. \`kartoteka album list\` names all there are.`,
    )
  return album
}
