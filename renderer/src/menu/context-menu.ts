import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { MenuEntry } from './menu-entry.ts'

/** In the window, in pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface OpenMenu {
  readonly id: number
  /** What it is about, for those who do not see it. */
  readonly label: string
  readonly entries: readonly MenuEntry[]
  /** Where it was clicked, or, asked for by key, what has the focus. */
  readonly at: Point | Element
  /** What had the focus and gets it back. */
  readonly back: Element | null
}

/** The one menu that may be open. */
export const useContextMenu = defineStore('context-menu', () => {
  const opened = shallowRef<OpenMenu | null>(null)
  let nextId = 1

  return {
    opened,
    /** A menu without entries does not open. */
    open: (menu: Pick<OpenMenu, 'label' | 'entries' | 'at'>) => {
      if (menu.entries.length === 0) return
      const back = opened.value?.back ?? document.activeElement
      opened.value = { ...menu, id: nextId++, back }
    },
    close: () => {
      opened.value = null
    },
  }
})
