import type { Ref } from 'vue'
import { giveStars } from '../labels/say-of-photos.ts'
import { useContextMenu } from '../menu/context-menu.ts'
import { usePhotoList } from '../photos/photo-list.ts'
import { useSelection } from '../selection/selection.ts'
import { openShownFor } from './stacks.ts'
import { starsAt } from './stars-at.ts'

interface Wall {
  /** The photo that the keys stand on. */
  readonly active: Ref<number | null>
  readonly open: (index: number) => void
  /** The click is the end of a drag. */
  readonly dragged: () => boolean
}

/** Part of a cell's corner that selects instead of opening. */
const tickReach = 40

function indexFrom(event: Event): number | null {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
  return cell === null ? null : Number(cell.dataset['index'])
}

/** On the number of photos that one is shown for. */
const isOnOpener = ({ target }: Event): boolean =>
  target instanceof Element && target.closest('[data-opens]') !== null

/** What a click on a photo does: selects it, opens it under a finger, gives a star. */
export function useWallClicks({ active, open, dragged }: Wall) {
  const list = usePhotoList()
  const selection = useSelection()
  const menu = useContextMenu()

  function onClick(event: PointerEvent | MouseEvent): void {
    // The finger that opened the menu goes up.
    if (dragged() || menu.opened !== null) return
    const index = indexFrom(event)
    const shown = index === null || !isOnOpener(event) ? null : list.at(index)
    if (shown !== null) {
      openShownFor(shown)
      return
    }
    const stars = starsAt(event)
    if (stars !== null) {
      const photo = index === null ? null : list.at(index)
      // The star that is the last one of them once more: none.
      if (photo !== null) void giveStars([photo.id], stars === photo.rating ? 0 : stars)
      return
    }
    if (index === null) {
      selection.clear()
      return
    }
    active.value = index
    const cell = (event.target as Element).closest('[data-index]')?.getBoundingClientRect()
    const onTick =
      cell !== undefined && event.clientX - cell.left < tickReach && event.clientY - cell.top < tickReach
    const toggles = event.ctrlKey || event.metaKey || onTick
    if (event.shiftKey) void selection.extendTo(index)
    else if ('pointerType' in event && event.pointerType === 'touch' && !toggles) open(index)
    else void selection.pick(index, toggles ? 'toggle' : 'only')
  }

  function onDoubleClick(event: MouseEvent): void {
    const index = indexFrom(event)
    if (index !== null && starsAt(event) === null && !isOnOpener(event)) open(index)
  }

  return { onClick, onDoubleClick }
}
