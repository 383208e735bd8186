import { keyEntry, pressedKeys, type KeyContext, type KeyName } from './key-table.ts'
import { isMac, useShortcut } from './shortcuts.ts'

/** While the component lives, the keys that the table has for it do it; the latest one that may wins. */
export function useKey<Context extends KeyContext>(
  context: Context,
  does: KeyName<Context>,
  run: () => void,
  when: () => boolean = () => true,
): void {
  for (const combo of pressedKeys(keyEntry(context, does), isMac)) useShortcut(combo, run, when)
}
