import { onLongPress, useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'
import { menuKeys } from '../app/key-table.ts'
import { isPressed } from '../app/shortcuts.ts'
import { useContextMenu, type Point } from './context-menu.ts'

/** A menu was asked for. */
export interface MenuWish {
  /** What was clicked or pressed, or has the focus. */
  readonly target: Element
  /** `null`: by key. */
  readonly at: Point | null
}

/** Milliseconds. */
const longPress = 500

const isTextField = (target: Element): boolean => target.closest('input, textarea') !== null

/**
 * A click with the right button, a long press with a finger, the menu key and Shift-F10 within an element.
 * @param open says whether there is a menu of ours; else the system may show its own
 */
export function useMenuOpener(
  element: Readonly<Ref<HTMLElement | null>>,
  open: (wish: MenuWish) => boolean,
): void {
  const menu = useContextMenu()

  useEventListener(element, 'contextmenu', (event: MouseEvent) => {
    // The system's own menu is better there: it pastes and corrects.
    if (!(event.target instanceof Element) || isTextField(event.target)) return
    const { target, clientX: x, clientY: y } = event
    // A long press may have opened it already; assistive programs name no place.
    if (menu.opened !== null || open({ target, at: x === 0 && y === 0 ? null : { x, y } }))
      event.preventDefault()
  })
  useEventListener(element, 'keydown', (event: KeyboardEvent) => {
    if (!menuKeys.some((combo) => isPressed(event, combo))) return
    if (!(event.target instanceof Element) || isTextField(event.target)) return
    if (event.defaultPrevented || !open({ target: event.target, at: null })) return
    event.preventDefault()
    event.stopPropagation()
  })
  onLongPress(
    element,
    ({ target, pointerType, clientX: x, clientY: y }) => {
      if (pointerType === 'mouse' || !(target instanceof Element) || isTextField(target)) return
      open({ target, at: { x, y } })
    },
    { delay: longPress },
  )
}
