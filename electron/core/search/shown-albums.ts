import type { Album } from '../contract/albums.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import { reading, type Reader } from '../library/statements.ts'
import { ask } from './engine/statements.ts'
import { sessionOf } from './session.ts'
import { wallPhotos } from './wall-photos.ts'

/** All albums in the order of the list, with the photos on the wall that are in them, and their covers. */
export function shownAlbums(reader: Reader, lexicon: Lexicon): Album[] {
  return reading(reader, () => {
    const session = sessionOf(reader, lexicon)
    const { albums } = session.vocabulary
    const covers = new Map(
      albums.flatMap(({ term, coverId }) => {
        const [row] = ask<{ id: number | null }>(reader, 'albumCover', coverId, term, term)
        return row === undefined || row.id === null ? [] : [[term, row.id] as const]
      }),
    )
    const versions = new Map(
      wallPhotos(session, [], new Set(covers.values()), 'en').map(({ id, version }) => [id, version]),
    )
    return albums.map(({ id, term, name, order }) => {
      const cover = covers.get(term)
      const version = cover === undefined ? undefined : versions.get(cover)
      return {
        id,
        name,
        order,
        count: session.sureCount(term),
        cover: cover === undefined || version === undefined ? null : { id: cover, version },
      }
    })
  })
}
