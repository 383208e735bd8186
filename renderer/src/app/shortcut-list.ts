import type { ActionPlace } from '../actions/action.ts'
import { actions } from '../actions/table.ts'

/** A key that the sheet shows. */
export interface ShortcutEntry {
  readonly keys: readonly string[]
  /** Where a Mac has others. */
  readonly macKeys?: readonly string[]
  /** Message under `shortcuts.`, or for what is done with photos under `act.`. */
  readonly words: string
  readonly isAction?: true
}

export interface ShortcutGroup {
  readonly title: string
  readonly entries: readonly ShortcutEntry[]
}

/** Acts that have keys there, in the order of the menu; those of a menu within it are one line. */
function entriesOf(place: ActionPlace): readonly ShortcutEntry[] {
  const entries = new Map<string, ShortcutEntry>()
  for (const { keys, words, submenu } of actions) {
    const name = submenu?.words ?? words
    const all = [...(entries.get(name)?.keys ?? []), ...(keys?.[place] ?? [])]
    if (all.length > 0) entries.set(name, { keys: all, words: name, isAction: true })
  }
  return [...entries.values()]
}

export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'everywhere',
    entries: [
      { keys: ['/', 'Mod+F'], words: 'search' },
      { keys: ['↓', 'Enter'], words: 'toPhotos' },
      { keys: ['Delete'], words: 'forgetSearch' },
      { keys: ['Mod+Click', 'Mod+Enter'], words: 'only' },
      { keys: ['Mod+Z'], words: 'undo' },
      { keys: ['Mod+Shift+Z'], words: 'redo' },
      { keys: ['Alt+←', 'Alt+→'], macKeys: ['Mod+[', 'Mod+]'], words: 'backForward' },
      { keys: ['T'], words: 'things' },
      { keys: ['Mod+B'], words: 'rail' },
      { keys: ['Mod+,'], words: 'settings' },
      { keys: ['?'], words: 'sheet' },
    ],
  },
  {
    title: 'wall',
    entries: [
      { keys: ['←', '→', '↑', '↓'], words: 'move' },
      { keys: ['Space'], words: 'select' },
      { keys: ['Shift+←', 'Shift+→'], words: 'extend' },
      { keys: ['Tab', 'Space'], words: 'selectDay' },
      { keys: ['−', '='], words: 'periods' },
      { keys: ['Alt+←', 'Alt+→'], words: 'moveByHand' },
      ...entriesOf('wall'),
    ],
  },
  {
    title: 'photo',
    entries: [
      { keys: ['←', '→', 'PageUp', 'PageDown'], words: 'previousNext' },
      { keys: ['I'], words: 'info' },
      ...entriesOf('viewer'),
      { keys: ['+', '−', 'Z'], words: 'zoom' },
      { keys: ['←', '→', '↑', '↓'], words: 'pan' },
      { keys: ['Esc'], words: 'back' },
    ],
  },
]
