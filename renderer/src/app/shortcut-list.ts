import type { ActionPlace } from '../actions/action.ts'
import { actions } from '../actions/table.ts'
import { keyTable, shownKeys, type KeyContext, type KeyEntry } from './key-table.ts'
import { isMac } from './shortcuts.ts'

/** A line of the sheet. */
export interface ShortcutEntry {
  readonly keys: readonly string[]
  /** Message under `shortcuts.`, or for what is done with photos under `act.`. */
  readonly words: string
  readonly isAction?: true
}

export interface ShortcutGroup {
  readonly title: string
  readonly entries: readonly ShortcutEntry[]
}

/** What keys do there with photos, in the order of the menu. */
function actionKeys(place: ActionPlace): readonly KeyEntry[] {
  return actions.flatMap(({ id, keys, words, submenu }) => {
    const there = keys?.[place] ?? []
    return there.length === 0 ? [] : [{ does: id, keys: there, words: submenu?.words ?? words }]
  })
}

/** All that keys do in a context, each thing once; without what works everywhere. */
export function keysIn(context: KeyContext): readonly KeyEntry[] {
  const own: readonly KeyEntry[] = keyTable[context]
  return context === 'wall' || context === 'viewer' ? [...own, ...actionKeys(context)] : own
}

/** Things that share their words are one line, as do acts that take turns on one key. */
function linesOf(entries: readonly KeyEntry[], isAction?: true): readonly ShortcutEntry[] {
  const lines = new Map<string, ShortcutEntry>()
  for (const entry of entries) {
    const { words } = entry
    if (words === null) continue
    const keys = [...(lines.get(words)?.keys ?? []), ...shownKeys(entry, isMac)]
    lines.set(words, { keys, words, ...(isAction && { isAction }) })
  }
  return [...lines.values()]
}

export const shortcutGroups: readonly ShortcutGroup[] = [
  { title: 'everywhere', entries: linesOf([...keyTable.everywhere, ...keyTable.search]) },
  { title: 'wall', entries: [...linesOf(keyTable.wall), ...linesOf(actionKeys('wall'), true)] },
  { title: 'photo', entries: [...linesOf(keyTable.viewer), ...linesOf(actionKeys('viewer'), true)] },
  { title: 'slideshow', entries: linesOf(keyTable.slideshow) },
  { title: 'compare', entries: linesOf(keyTable.compare) },
  { title: 'map', entries: linesOf(keyTable.map) },
]
