import type { Ref } from 'vue'
import { useLibrary } from '../app/library.ts'
import { usePhotoList } from '../photos/photo-list.ts'
import { useSelection } from '../selection/selection.ts'
import type { ActionReach } from './use-action-keys.ts'

/**
 * On the wall an act is done with the selected photos; where none are, with the one that the keys stand on.
 * @param at place in the list of the photo that the keys stand on, or that was clicked
 */
export function useWallReach(at: Readonly<Ref<number | null>>): ActionReach {
  const list = usePhotoList()
  const selection = useSelection()
  const library = useLibrary()

  return {
    context: () => {
      void list.arrivals
      const { value: index } = at
      const cell = index === null ? null : list.at(index)
      const { shell } = library
      if (selection.isSettling() && selection.size < 2)
        // How many will come is not known yet; whoever selects one alone sees it at once.
        return { source: 'selection', count: 2, index, photo: null, shell }
      if (selection.size === 0)
        return { source: 'wall cell', count: cell === null ? 0 : 1, index, photo: cell, shell }
      const photo = selection.size === 1 ? selection.photo() : null
      return { source: 'selection', count: selection.size, index, photo, shell }
    },
    target: async () => {
      const { value: index } = at
      if (selection.size > 0 || selection.isSettling())
        return { source: 'selection', photoIds: await selection.ids(), index }
      const [id] = index === null ? [] : ((await list.idsBetween(index, index + 1)) ?? [])
      return { source: 'wall cell', photoIds: id === undefined ? [] : [id], index }
    },
  }
}
