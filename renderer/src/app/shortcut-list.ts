/** Every key the sheet shows; the words are messages under `shortcuts.`. */
export interface ShortcutEntry {
  readonly keys: readonly string[]
  /** Where a Mac has others. */
  readonly macKeys?: readonly string[]
  readonly words: string
}

export interface ShortcutGroup {
  readonly title: string
  readonly entries: readonly ShortcutEntry[]
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
      { keys: ['Mod+B'], words: 'rail' },
      { keys: ['Mod+,'], words: 'settings' },
      { keys: ['?'], words: 'sheet' },
    ],
  },
  {
    title: 'wall',
    entries: [
      { keys: ['←', '→', '↑', '↓'], words: 'move' },
      { keys: ['Enter'], words: 'open' },
      { keys: ['Space'], words: 'select' },
      { keys: ['Shift+←', 'Shift+→'], words: 'extend' },
      { keys: ['Mod+A'], words: 'selectAll' },
      { keys: ['Esc'], words: 'letGo' },
    ],
  },
  {
    title: 'photo',
    entries: [
      { keys: ['←', '→', 'PageUp', 'PageDown'], words: 'previousNext' },
      { keys: ['I'], words: 'info' },
      { keys: ['C'], words: 'confirm' },
      { keys: ['X'], words: 'remove' },
      { keys: ['L'], words: 'addLabel' },
      { keys: ['+', '−', '0'], words: 'zoom' },
      { keys: ['←', '→', '↑', '↓'], words: 'pan' },
      { keys: ['Esc'], words: 'back' },
    ],
  },
]
