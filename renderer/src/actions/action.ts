import type { Component } from 'vue'
import type { CallOutput } from '../../../electron/core/contract/contract.ts'
import type { WallPhoto } from '../../../electron/core/contract/values.ts'

/** Where keys mean an act: the wall of photos, or the viewer that lies over it. */
export type ActionPlace = 'wall' | 'viewer'

/** Whose photos they are: selected ones, the one in the viewer, or the one on the wall that the keys stand on. */
export type ActionSource = 'selection' | 'viewer' | 'wall cell'

/** What an act is done with. */
export interface ActionTarget {
  readonly photoIds: readonly number[]
  readonly source: ActionSource
  /** Place in the list of the photo that was clicked or that the keys stand on, if any. */
  readonly index: number | null
}

/** What is known, at once, of the target that an act would have. */
export interface ActionContext {
  readonly source: ActionSource
  /** Photos it would be done with. */
  readonly count: number
  /** Place in the list, see `ActionTarget`. */
  readonly index: number | null
  /** The photo, where it is one alone and has come. */
  readonly photo: WallPhoto | null
  /** What the shell can do; `null` until that is known. */
  readonly shell: CallOutput<'getShell'> | null
}

/** A menu within the menu. Acts that name the same one, and stand beside each other in the table, lie in it. */
export interface Submenu {
  /** Message under `act.`. */
  readonly words: string
  readonly icon: Component
}

/** Something that can be done with photos. Keys, the bar of the selection, menus and the sheet of keys all read it. */
export interface Action {
  readonly id: string
  /** Message under `act.`, in both languages. */
  readonly words: string
  readonly icon: Component
  /** As `useShortcut` takes them ("C", "Mod+A"); the first is the one that menus show. */
  readonly keys?: Readonly<Partial<Record<ActionPlace, readonly string[]>>>
  /**
   * Its key on the wall works only while the wall itself has the focus: elsewhere Enter presses a button, and Ctrl-A
   * selects the text of a box.
   */
  readonly onlyInGrid?: true
  /** It changes which photos are meant: it waits for none, and `run` is given none. */
  readonly aboutSelection?: true
  /** In a menu a line stands between acts of different groups. */
  readonly group: string
  readonly submenu?: Submenu
  /** It has a button in the bar of the selection. */
  readonly inBar?: true
  /** It has a button above the photo in the viewer. */
  readonly inViewer?: true
  /** Whether it opens a field in which to type: what is typed from then on is meant for that. */
  readonly asksForText?: () => boolean
  /** It loses something that cannot be brought back with a key. */
  readonly danger?: true
  /** A tick before it in the menu; `undefined`: it is nothing that is on or off. */
  readonly checked?: (context: ActionContext) => boolean
  /** Where it is not, there is no key, button or menu item for it. Reads stores, so it must stay cheap. */
  readonly available: (context: ActionContext) => boolean
  readonly run: (target: ActionTarget) => void | Promise<void>
}
