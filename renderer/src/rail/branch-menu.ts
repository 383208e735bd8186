import { BookmarkPlus, ListFilter, ListPlus, ListX, Pencil, Pin, PinOff, Trash2 } from '@lucide/vue'
import { canKeepLabel, keepLabel } from '../albums/keep-label.ts'
import { useScreens } from '../app/screens.ts'
import { folderActs } from '../folders/folder-acts.ts'
import { t } from '../i18n/words.ts'
import { useDecisions } from '../labels/decisions.ts'
import type { MenuEntry } from '../menu/menu-entry.ts'
import { usePinnedThings } from '../things/pinned-things.ts'
import type { Branch } from './rail-branches.ts'

export interface BranchSearch {
  /** A question stands that the branch can be added to. */
  readonly refines: boolean
  readonly chosen: ReadonlySet<string>
  readonly ask: (query: string) => void
  readonly refine: (query: string) => void
}

/**
 * What can be done with a line of the rail or the card of a thing: searching with it, and what folders, things and labels
 * of one's own have of their own.
 */
export function branchEntries(
  branch: Pick<Branch, 'query' | 'of'>,
  search: BranchSearch,
): readonly MenuEntry[] {
  const { query } = branch
  const isAsked = search.chosen.has(query)
  const searching: MenuEntry[] = [
    { kind: 'item', id: 'only', text: t('rail.menu.only'), icon: ListFilter, run: () => search.ask(query) },
  ]
  if (search.refines && !isAsked)
    searching.push({
      kind: 'item',
      id: 'add',
      text: t('rail.menu.add'),
      icon: ListPlus,
      run: () => search.refine(query),
    })
  if (!isAsked)
    searching.push({
      kind: 'item',
      id: 'without',
      text: t('rail.menu.without'),
      icon: ListX,
      run: () => search.refine(`-${query}`),
    })
  const own = ownEntries(branch)
  return own.length === 0 ? searching : [...searching, { kind: 'separator', id: 'own' }, ...own]
}

function ownEntries({ of }: Pick<Branch, 'of'>): readonly MenuEntry[] {
  if ('folder' in of)
    return folderActs(of.folder)
      .filter(({ possible }) => possible)
      .map(({ id, icon, run }) => ({
        kind: 'item',
        id,
        text: t(`folders.act.${id}`),
        icon,
        danger: id === 'remove',
        run,
      }))
  const { term, label, kind } = of.facet
  const pins = usePinnedThings()
  const isPinned = pins.isPinned(term)
  const pinning: MenuEntry = {
    kind: 'item',
    id: 'pin',
    text: isPinned ? t('things.unpin') : t('things.pin'),
    icon: isPinned ? PinOff : Pin,
    run: () => {
      if (isPinned) pins.unpin(term)
      else pins.pin(term)
    },
  }
  if (kind !== 'own') return [pinning]
  const keeping: readonly MenuEntry[] = canKeepLabel(label)
    ? [
        {
          kind: 'item',
          id: 'keep-all',
          text: t('teach.keepAllOf', { name: label }),
          icon: BookmarkPlus,
          run: () => {
            keepLabel(label)
          },
        },
      ]
    : []
  return [
    pinning,
    ...keeping,
    {
      kind: 'item',
      id: 'rename',
      text: t('label.rename', { name: label }),
      icon: Pencil,
      run: () => useScreens().open({ kind: 'rename-label', term, name: label, back: null }),
    },
    {
      kind: 'item',
      id: 'delete',
      text: t('label.delete', { name: label }),
      icon: Trash2,
      danger: true,
      run: () => void useDecisions().removeLabel(term, label),
    },
  ]
}
