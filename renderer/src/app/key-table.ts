/** Where keys mean something of their own. Those of `everywhere` work beneath the others; a dialog has all for itself. */
export type KeyContext =
  'everywhere' | 'search' | 'wall' | 'viewer' | 'slideshow' | 'compare' | 'map' | 'dialog'

/** One thing that keys do. */
export interface KeyEntry {
  readonly does: string
  /** As `useShortcut` takes them ("C", "Mod+F", "Space"). */
  readonly keys: readonly string[]
  /** Where a Mac has others. */
  readonly macKeys?: readonly string[]
  /** The same keys as they are written on another keyboard, or by other programs: they work, and the sheet is silent. */
  readonly also?: readonly string[]
  /** Message under `shortcuts.`: its line on the sheet; neighbours with the same one share it. `null`: none. */
  readonly words: string | null
  /** What else the same key does where this is not to be done; only one of both can be done at a time. */
  readonly insteadOf?: string
}

const page = [
  { does: 'pageUp', keys: ['PageUp'], words: null },
  { does: 'pageDown', keys: ['PageDown'], words: null },
] as const
/** What opens a menu without a pointer, everywhere. */
export const menuKeys = ['ContextMenu', 'Shift+F10'] as const
const menu = { does: 'menu', keys: menuKeys, words: null } as const
const fullScreen = { does: 'fullScreen', keys: ['F11'], words: 'fullScreen' } as const

/**
 * All keys of the window but those of what is done with photos, which stand in actions/table.ts beside their acts. What
 * listens to a key asks for it here by name, and the sheet of keys is drawn from both (see shortcut-list.ts).
 */
export const keyTable = {
  everywhere: [
    { does: 'search', keys: ['/', 'Mod+F'], words: 'search' },
    { does: 'undo', keys: ['Mod+Z'], words: 'undo' },
    { does: 'redo', keys: ['Mod+Shift+Z'], also: ['Mod+Y'], words: 'redo' },
    // Alt and an arrow go from word to word on a Mac.
    { does: 'back', keys: ['Alt+ArrowLeft'], macKeys: ['Mod+['], words: 'backForward' },
    { does: 'forward', keys: ['Alt+ArrowRight'], macKeys: ['Mod+]'], words: 'backForward' },
    { does: 'things', keys: ['T'], words: 'things' },
    { does: 'rail', keys: ['Mod+B'], words: 'rail' },
    { does: 'settings', keys: ['Mod+,'], words: 'settings' },
    { does: 'sheet', keys: ['?'], words: 'sheet' },
  ],
  search: [
    { does: 'toPhotos', keys: ['ArrowDown', 'Enter'], words: 'toPhotos' },
    { does: 'forgetSearch', keys: ['Delete'], words: 'forgetSearch' },
    { does: 'only', keys: ['Mod+Click', 'Mod+Enter'], words: 'only' },
  ],
  wall: [
    { does: 'left', keys: ['ArrowLeft'], words: 'move' },
    { does: 'right', keys: ['ArrowRight'], words: 'move' },
    { does: 'up', keys: ['ArrowUp'], words: 'move' },
    { does: 'down', keys: ['ArrowDown'], words: 'move' },
    { does: 'first', keys: ['Home'], words: null },
    { does: 'last', keys: ['End'], words: null },
    ...page,
    { does: 'select', keys: ['Space'], words: 'select' },
    { does: 'extendLeft', keys: ['Shift+ArrowLeft'], words: 'extend' },
    { does: 'extendRight', keys: ['Shift+ArrowRight'], words: 'extend' },
    { does: 'days', keys: ['Tab'], words: 'selectDay' },
    { does: 'map', keys: ['M'], words: 'map' },
    { does: 'periodsOut', keys: ['-'], words: 'periods' },
    { does: 'periodsIn', keys: ['='], also: ['+'], words: 'periods' },
    { does: 'moveBack', keys: ['Alt+ArrowLeft'], words: 'moveByHand', insteadOf: 'back' },
    { does: 'moveOn', keys: ['Alt+ArrowRight'], words: 'moveByHand', insteadOf: 'forward' },
    { does: 'closeRail', keys: ['Escape'], words: null, insteadOf: 'clear-selection' },
    menu,
  ],
  viewer: [
    { does: 'previous', keys: ['ArrowLeft'], words: 'previousNext' },
    { does: 'next', keys: ['ArrowRight'], words: 'previousNext' },
    ...page,
    { does: 'first', keys: ['Home'], words: 'firstLast' },
    { does: 'last', keys: ['End'], words: 'firstLast' },
    { does: 'info', keys: ['I'], words: 'info' },
    { does: 'zoomIn', keys: ['+'], also: ['='], words: 'zoom' },
    { does: 'zoomOut', keys: ['-'], words: 'zoom' },
    { does: 'actualSize', keys: ['Z'], words: 'actualSize' },
    { does: 'panLeft', keys: ['ArrowLeft'], words: 'pan', insteadOf: 'previous' },
    { does: 'panRight', keys: ['ArrowRight'], words: 'pan', insteadOf: 'next' },
    { does: 'panUp', keys: ['ArrowUp'], words: 'pan' },
    { does: 'panDown', keys: ['ArrowDown'], words: 'pan' },
    { does: 'play', keys: ['Space'], words: 'play' },
    fullScreen,
    { does: 'slideshow', keys: ['Shift+Enter'], words: 'slideshow' },
    { does: 'close', keys: ['Escape'], words: 'back' },
    menu,
  ],
  slideshow: [
    { does: 'pause', keys: ['Space'], words: 'pauseShow' },
    { does: 'previous', keys: ['ArrowLeft'], words: 'previousNext' },
    { does: 'next', keys: ['ArrowRight'], words: 'previousNext' },
    fullScreen,
    { does: 'end', keys: ['Escape'], words: 'endShow' },
  ],
  compare: [
    { does: 'previous', keys: ['ArrowLeft'], words: 'mark' },
    { does: 'next', keys: ['ArrowRight'], words: 'mark' },
    { does: 'keep', keys: ['Enter'], words: 'keepMarked' },
    { does: 'stars0', keys: ['0'], words: 'stars' },
    { does: 'stars1', keys: ['1'], words: 'stars' },
    { does: 'stars2', keys: ['2'], words: 'stars' },
    { does: 'stars3', keys: ['3'], words: 'stars' },
    { does: 'stars4', keys: ['4'], words: 'stars' },
    { does: 'stars5', keys: ['5'], words: 'stars' },
    { does: 'zoomIn', keys: ['+'], also: ['='], words: 'zoom' },
    { does: 'zoomOut', keys: ['-'], words: 'zoom' },
    { does: 'actualSize', keys: ['Z'], words: 'actualSize' },
    fullScreen,
    { does: 'close', keys: ['Escape'], words: 'back' },
  ],
  map: [
    { does: 'left', keys: ['ArrowLeft'], words: 'moveMap' },
    { does: 'right', keys: ['ArrowRight'], words: 'moveMap' },
    { does: 'up', keys: ['ArrowUp'], words: 'moveMap' },
    { does: 'down', keys: ['ArrowDown'], words: 'moveMap' },
    { does: 'zoomIn', keys: ['+'], also: ['='], words: 'zoomMap' },
    { does: 'zoomOut', keys: ['-'], also: ['−'], words: 'zoomMap' },
    { does: 'fit', keys: ['Home'], words: 'zoomMap' },
    { does: 'box', keys: ['Shift'], words: 'boxOnMap' },
    { does: 'leave', keys: ['Escape'], words: 'back' },
  ],
  dialog: [{ does: 'close', keys: ['Escape'], words: null }],
} as const satisfies Record<KeyContext, readonly KeyEntry[]>

export type KeyName<Context extends KeyContext> = (typeof keyTable)[Context][number]['does']

/** What does something there. */
export function keyEntry<Context extends KeyContext>(context: Context, does: KeyName<Context>): KeyEntry {
  const entries: readonly KeyEntry[] = keyTable[context]
  const entry = entries.find((one) => one.does === does)
  if (entry === undefined) throw new Error(`The table of keys has no ${does} in ${context}.`)
  return entry
}

/** The keys that are shown for it on this kind of computer. */
export const shownKeys = (entry: KeyEntry, isMac: boolean): readonly string[] =>
  (isMac ? entry.macKeys : undefined) ?? entry.keys

/** All keys that do it. */
export const pressedKeys = (entry: KeyEntry, isMac: boolean): readonly string[] => [
  ...shownKeys(entry, isMac),
  ...(entry.also ?? []),
]
