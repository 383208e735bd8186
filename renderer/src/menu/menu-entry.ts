import type { Component } from 'vue'

/** A line of a menu, as it is shown: its words are said in the person's language already. */
export interface MenuItem {
  readonly kind: 'item'
  readonly id: string
  readonly text: string
  readonly icon: Component
  /** The key that does the same, as `useShortcut` takes it. */
  readonly combo?: string | undefined
  /** Whether it is on; left out where it is nothing that is on or off. */
  readonly checked?: boolean | undefined
  readonly danger?: boolean | undefined
  readonly run: () => void
}

export interface MenuGroup {
  readonly kind: 'submenu'
  readonly id: string
  readonly text: string
  readonly icon: Component
  readonly entries: readonly MenuEntry[]
}

export type MenuEntry = MenuItem | MenuGroup | { readonly kind: 'separator'; readonly id: string }
