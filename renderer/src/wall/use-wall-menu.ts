import type { Ref } from 'vue'
import { actionEntries } from '../actions/menu-entries.ts'
import type { useWallReach } from '../actions/wall-reach.ts'
import { counted } from '../i18n/words.ts'
import { useContextMenu, type Point } from '../menu/context-menu.ts'
import { useMenuOpener } from '../menu/use-menu-opener.ts'
import { usePhotoList } from '../photos/photo-list.ts'
import { useSelection } from '../selection/selection.ts'

interface WallMenu {
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  /** Place in the list of the photo that the keys stand on. */
  readonly active: Ref<number | null>
  readonly reach: ReturnType<typeof useWallReach>
  /** What the wall shows, for a menu that is about no photo. */
  readonly label: () => string
}

/**
 * The context menu of the wall. It is about the selection; a photo that is not in it becomes the selection. By key it is
 * where the keys stand.
 */
export function useWallMenu({ scroller, active, reach, label }: WallMenu): void {
  const list = usePhotoList()
  const selection = useSelection()
  const menu = useContextMenu()

  async function open(clicked: HTMLElement | null, at: Point | null): Promise<void> {
    const index = at === null ? active.value : clicked === null ? null : Number(clicked.dataset['index'])
    if (index !== null) {
      active.value = index
      const photo = list.at(index)
      if (photo === null || !selection.has(photo.id)) await selection.pick(index, 'only')
    }
    const cell = index === null ? null : document.getElementById(`photo-${index}`)
    const origin = cell ?? scroller.value
    if (origin === null) return
    const title = selection.size === 0 ? label() : counted('batch.selected', selection.size)
    menu.open({ label: title, entries: actionEntries('wall', reach), at: at ?? origin })
  }

  useMenuOpener(scroller, ({ target, at }) => {
    void open(target.closest<HTMLElement>('[data-index]'), at)
    return true
  })
}
