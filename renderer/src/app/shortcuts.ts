import { onBeforeUnmount } from 'vue'
import { t } from '../i18n/words.ts'
import { combosOf } from './key-combos.ts'

/**
 * One listener for the keys of the whole window. `Mod` is Ctrl, or Cmd on a Mac. A key without a modifier is
 * left to anyone who types: it does nothing while a text box has the focus.
 */
interface Action {
  readonly run: () => void
  readonly when: () => boolean
}

const actions = new Map<string, Action[]>()

export const isMac = /mac/iu.test(navigator.userAgent)

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['range', 'checkbox', 'radio'].includes(target.type))
  )
}

/** A menu has all keys for itself: letters look for its lines. */
const isInMenu = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="menu"]') !== null

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || isInMenu(event.target)) return
  for (const combo of combosOf(event, isMac)) {
    const action = actions.get(combo)?.findLast(({ when }) => when())
    if (action === undefined) continue
    const undoing = combo.endsWith('+Z') || combo.endsWith('+Y')
    if (isTyping(event.target) && (!/^(?:Mod|Alt)\+/u.test(combo) || undoing)) return
    event.preventDefault()
    action.run()
    return
  }
}
window.addEventListener('keydown', onKeyDown)

/** While the component lives, `combo` ("C", "Mod+F", "Mod+Shift+Z", "?") does something; the latest one wins. */
export function useShortcut(combo: string, run: () => void, when: () => boolean = () => true): void {
  const action = { run, when }
  // The browser names it by what it writes.
  const pressed = combo === 'Space' ? ' ' : combo
  const stack = actions.get(pressed) ?? []
  actions.set(pressed, stack)
  stack.push(action)
  onBeforeUnmount(() => {
    stack.splice(stack.indexOf(action), 1)
  })
}

/** Whether a key is the one that is meant by `combo`, for who listens to keys itself. */
export const isPressed = (event: KeyboardEvent, combo: string): boolean =>
  combosOf(event, isMac).includes(combo)

const arrows: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

/** A combination as menus write it: "Ctrl+A", on a Mac "⌘A". */
export const shownCombo = (combo: string): string =>
  partsOf(combo)
    .map(keyName)
    .join(isMac ? '' : '+')

/** The keys of a combination; the last one may be a plus itself. */
export const partsOf = (combo: string): readonly string[] => combo.split(/\+(?=.)/u)

/** A key's name as it stands on this computer's keyboard. */
export function keyName(part: string): string {
  if (part === 'Mod') return isMac ? '⌘' : 'Ctrl'
  if (part === 'Shift') return isMac ? '⇧' : 'Shift'
  if (part === '-') return '−'
  if (part === 'Space') return t('shortcuts.space')
  if (part === 'Escape') return 'Esc'
  if (part === 'Backspace' && isMac) return '⌫'
  if (part === 'Click') return t('shortcuts.click')
  return arrows[part] ?? part
}
