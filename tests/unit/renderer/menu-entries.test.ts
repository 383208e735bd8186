import { describe, expect, it } from 'vitest'
import { settingsOf } from '../../fixtures/contract-values.ts'
import { settled, openWindow } from '../../fixtures/scripted-shell.ts'
import type { Settings } from '../../../electron/core/contract/states.ts'
import type { FolderNode, Facet } from '../../../electron/core/contract/values.ts'
import type { Action, ActionContext, ActionTarget } from '../../../renderer/src/actions/action.ts'
import { actionEntries } from '../../../renderer/src/actions/menu-entries.ts'
import { useScreens } from '../../../renderer/src/app/screens.ts'
import { useContextMenu } from '../../../renderer/src/menu/context-menu.ts'
import type { MenuEntry } from '../../../renderer/src/menu/menu-entry.ts'
import { branchEntries } from '../../../renderer/src/rail/branch-menu.ts'
import { facetBranches, folderBranches } from '../../../renderer/src/rail/rail-branches.ts'
import { useSettings } from '../../../renderer/src/settings/settings.ts'

/** The lines of a menu: `-` between groups, those of a menu within it in brackets. */
const lines = (entries: readonly MenuEntry[]): unknown[] =>
  entries.map((entry) =>
    entry.kind === 'separator'
      ? '-'
      : entry.kind === 'submenu'
        ? [entry.text, lines(entry.entries)]
        : entry.text,
  )

const here: ActionContext = { source: 'selection', count: 1, index: null, photo: null, shell: null }
const target: ActionTarget = { source: 'selection', photoIds: [7], index: null }
const reach = { context: () => here, target: () => target }
const icon = {}
const more = { words: 'labels', icon }

function act(id: string, group: string, given: Partial<Action> = {}): Action {
  return { id, words: 'open', icon, group, available: () => true, run: () => {}, ...given }
}

describe('the menu of what can be done with photos', () => {
  it('has lines between groups, and within it the acts that ask for it', () => {
    openWindow()
    const entries = actionEntries('wall', reach, [
      act('a', 'one'),
      act('b', 'one', { words: 'trash' }),
      act('c', 'two', { submenu: { ...more, words: 'addLabel' } }),
      act('d', 'three'),
    ])
    expect(lines(entries)).toEqual(['Open', 'Move to trash', '-', ['Add label', ['Open']], '-', 'Open'])
  })

  it('puts neighbours into one menu within it, and leaves out what is not possible, with its line', () => {
    openWindow()
    const submenu = { words: 'addLabel', icon }
    const entries = actionEntries('wall', reach, [
      act('a', 'one', { available: () => false }),
      act('b', 'two', { submenu }),
      act('c', 'two', { submenu, available: () => false }),
      act('d', 'two', { submenu, words: 'trash' }),
      act('e', 'three', { available: ({ count }) => count > 1 }),
    ])
    expect(lines(entries)).toEqual([['Add label', ['Open', 'Move to trash']]])
  })

  it('shows the first key of the place, and whether something is on; chosen, it is done with what is there', async () => {
    openWindow()
    const done: ActionTarget[] = []
    const [entry] = actionEntries('viewer', reach, [
      act('a', 'one', {
        keys: { wall: ['A'], viewer: ['B', 'C'] },
        checked: ({ count }) => count === 1,
        run: (on) => {
          done.push(on)
        },
      }),
    ])
    expect(entry).toMatchObject({ combo: 'B', checked: true })
    if (entry?.kind === 'item') entry.run()
    await settled()
    expect(done).toEqual([target])
  })
})

const folder = (given: Partial<FolderNode>): FolderNode => {
  return {
    id: 1,
    parentId: null,
    path: '/p/Rome',
    name: 'Rome',
    photos: 3,
    state: 'online',
    root: true,
    ...given,
  }
}
const facet = (given: Partial<Facet>): Facet => {
  return { term: 'category:dog', label: 'dog', kind: 'category', count: 2, parent: null, ...given }
}

describe('the menu of a line of the rail', () => {
  const asked: string[] = []
  const menuOf = (
    [branch]: ReturnType<typeof facetBranches>,
    refines = false,
    chosen: readonly string[] = [],
  ) =>
    branch === undefined
      ? []
      : branchEntries(branch, {
          refines,
          chosen: new Set(chosen),
          ask: (query) => asked.push(`ask ${query}`),
          refine: (query) => asked.push(`refine ${query}`),
        })

  it('searches with it', () => {
    openWindow()
    const dog = facetBranches([facet({})])
    const kept = ['-', 'Keep in the sidebar']
    expect(lines(menuOf(dog))).toEqual(['Only this', 'Leave out of the search', ...kept])
    const all = ['Only this', 'Add to the search', 'Leave out of the search', ...kept]
    expect(lines(menuOf(dog, true))).toEqual(all)
    expect(lines(menuOf(dog, true, ['category:dog']))).toEqual(['Only this', ...kept])
    for (const entry of menuOf(dog, true)) if (entry.kind === 'item' && entry.id !== 'pin') entry.run()
    expect(asked).toEqual(['ask category:dog', 'refine category:dog', 'refine -category:dog'])
  })

  it.each([
    [{}, ['Its photos have moved…', 'Scan again', 'Remove from the library…']],
    [{ root: false }, []],
    [{ state: 'offline' }, ['Its photos have moved…', 'Its photos are gone…', 'Remove from the library…']],
    [{ state: 'untrusted', photos: 0 }, ['Look for photos', 'Remove from the library…']],
  ] as const)('does with a folder what its card does: %o', (given, acts) => {
    openWindow()
    const entries = menuOf(folderBranches([folder(given)]))
    expect(lines(entries).slice(2)).toEqual(acts.length === 0 ? [] : ['-', ...acts])
  })

  it('keeps a thing in the sidebar, and takes it out again', async () => {
    let kept = settingsOf()
    openWindow({
      getSettings: () => kept,
      setSettings: (change) => (kept = { ...kept, ...(change as Partial<Settings>) }),
    })
    await useSettings().load()
    const dog = facetBranches([facet({})])
    const press = async () => {
      for (const entry of menuOf(dog)) if (entry.kind === 'item' && entry.id === 'pin') entry.run()
      await settled()
    }
    await press()
    expect(kept.pinnedThings).toEqual(['category:dog'])
    expect(lines(menuOf(dog)).at(-1)).toBe('Remove from the sidebar')
    await press()
    expect(kept.pinnedThings).toEqual([])
  })

  it('renames and deletes a label of one’s own', () => {
    openWindow()
    const entries = menuOf(facetBranches([facet({ term: 'own:1', label: 'Rex', kind: 'own' })]))
    expect(lines(entries).slice(2)).toEqual([
      '-',
      'Keep in the sidebar',
      'Save a search for all “Rex”',
      'Rename “Rex”',
      'Delete “Rex”',
    ])
    for (const entry of entries) if (entry.kind === 'item' && entry.id === 'rename') entry.run()
    expect(useScreens().dialog).toEqual({ kind: 'rename-label', term: 'own:1', name: 'Rex', back: null })
  })
})

describe('the one menu that may be open', () => {
  it('does not open empty, and gives the focus back where it was before the first of several', () => {
    openWindow()
    const menu = useContextMenu()
    menu.open({ label: 'x', entries: [], at: { x: 1, y: 1 } })
    expect(menu.opened).toBeNull()
    const button = document.createElement('button')
    document.body.append(button)
    button.focus()
    const entries: MenuEntry[] = [{ kind: 'separator', id: 'a' }]
    menu.open({ label: 'x', entries, at: { x: 1, y: 1 } })
    button.blur()
    menu.open({ label: 'y', entries, at: { x: 2, y: 2 } })
    expect(menu.opened?.back).toBe(button)
    button.remove()
  })
})
