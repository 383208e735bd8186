import { usePhotoList } from '../photos/photo-list.ts'
import { useSelection } from '../selection/selection.ts'
import { useAlbums } from './albums.ts'

/** Moves photos of an album that is ordered by hand one place on or back. */
export function useHandOrder(): {
  /**
   * The photo at `index`, with the selected ones if it is one of them. @returns where it stands then; `null`: nothing moves
   */
  readonly move: (index: number, by: 1 | -1) => Promise<number | null>
  readonly isByHand: () => boolean
} {
  const list = usePhotoList()
  const selection = useSelection()
  const albums = useAlbums()
  const isSelected = (index: number): boolean => {
    const photo = list.at(index)
    return photo !== null && selection.has(photo.id)
  }
  /** Selected photos that stand beside each other go together. */
  const lastSelected = (from: number, by: 1 | -1): number => {
    let edge = from
    while (isSelected(edge + by)) edge += by
    return edge
  }

  return {
    isByHand: () => albums.shown?.order === 'hand',
    move: async (index, by) => {
      const { shown } = albums
      const photo = list.at(index)
      if (shown === null || photo === null) return null
      const isOne = !selection.has(photo.id)
      const edge = isOne ? index : lastSelected(index, by)
      // Whom they stand before then: the neighbour on the left, or the one behind that on the right.
      const next = by === 1 ? edge + 2 : edge - 1
      if (by === 1 ? edge + 1 >= list.total : next < 0) return null
      const [before = null] = next >= list.total ? [] : ((await list.idsBetween(next, next + 1)) ?? [])
      await albums.move(shown, isOne ? [photo.id] : await selection.ids(), before)
      return index + by
    },
  }
}
