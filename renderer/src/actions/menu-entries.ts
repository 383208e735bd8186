import { t } from '../i18n/words.ts'
import type { MenuEntry, MenuItem } from '../menu/menu-entry.ts'
import type { Action, ActionPlace, ActionContext } from './action.ts'
import { actions } from './table.ts'
import { perform, type ActionReach } from './use-action-keys.ts'

function itemOf(action: Action, place: ActionPlace, context: ActionContext, reach: ActionReach): MenuItem {
  const { id, words, icon, danger } = action
  return {
    kind: 'item',
    id,
    text: t(`act.${words}`),
    icon,
    combo: action.keys?.[place]?.[0],
    checked: action.checked?.(context),
    danger,
    run: () => void perform(action, reach),
  }
}

/** What can be done there now, as a menu: lines between groups, and menus within it where acts ask for one. */
export function actionEntries(
  place: ActionPlace,
  reach: ActionReach,
  table: readonly Action[] = actions,
): readonly MenuEntry[] {
  const context = reach.context()
  const entries: MenuEntry[] = []
  let before: Action | null = null
  for (const action of table) {
    if (!action.available(context)) continue
    if (before !== null && before.group !== action.group)
      entries.push({ kind: 'separator', id: `before ${action.id}` })
    const item = itemOf(action, place, context, reach)
    const last = entries.at(-1)
    const { submenu } = action
    if (submenu === undefined) entries.push(item)
    else if (before?.submenu === submenu && last?.kind === 'submenu')
      entries.splice(-1, 1, { ...last, entries: [...last.entries, item] })
    else
      entries.push({
        kind: 'submenu',
        id: `submenu ${submenu.words}`,
        text: t(`act.${submenu.words}`),
        icon: submenu.icon,
        entries: [item],
      })
    before = action
  }
  return entries
}
