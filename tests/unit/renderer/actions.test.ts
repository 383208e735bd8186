import { describe, expect, it } from 'vitest'
import { nextTick, ref } from 'vue'
import { detailsOf, wallPhoto } from '../../fixtures/contract-values.ts'
import { scriptedList } from '../../fixtures/scripted-list.ts'
import { inComponent, openWindow, settled, type Answers } from '../../fixtures/scripted-shell.ts'
import type { Action, ActionContext, ActionPlace } from '../../../renderer/src/actions/action.ts'
import { actions } from '../../../renderer/src/actions/table.ts'
import { perform, useActionKeys } from '../../../renderer/src/actions/use-action-keys.ts'
import { useWallReach } from '../../../renderer/src/actions/wall-reach.ts'
import { useLibrary } from '../../../renderer/src/app/library.ts'
import { useScreens } from '../../../renderer/src/app/screens.ts'
import { en } from '../../../renderer/src/i18n/messages-en.ts'
import { useLabelChooser } from '../../../renderer/src/labels/label-chooser.ts'
import { usePhotoList } from '../../../renderer/src/photos/photo-list.ts'
import { useToasts } from '../../../renderer/src/notices/toasts.ts'
import { useSearch } from '../../../renderer/src/search/search.ts'
import { useSelection } from '../../../renderer/src/selection/selection.ts'

const desktop = { kind: 'electron', chooseFolders: true, showInFolder: true, trash: true } as const
const browser = { kind: 'browser', chooseFolders: false, showInFolder: false, trash: false } as const

/** A wall of ten photos, 101 to 110, with the keys on one of them. */
async function wallOf(
  active: number | null,
  answers: Answers = {},
  shell: typeof desktop | typeof browser = desktop,
) {
  const scripted = openWindow({
    ...scriptedList(Array.from({ length: 10 }, (_, at) => 101 + at)).answers,
    ...answers,
  })
  await useSearch().load()
  usePhotoList().want(0, 10)
  await settled()
  useLibrary().shell = shell
  const at = ref(active)
  const { value: reach } = inComponent(() => {
    const reached = useWallReach(at)
    useActionKeys('wall', reached, () => !useScreens().covered)
    return reached
  })
  return { scripted, reach, at, selection: useSelection() }
}

/** Whether something was done about the key. */
async function press(key: string, held: KeyboardEventInit = {}): Promise<boolean> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held })
  document.body.dispatchEvent(event)
  await settled()
  return event.defaultPrevented
}

const possible = (context: Partial<ActionContext>): readonly string[] =>
  actions
    .filter((action) =>
      action.available({
        source: 'selection',
        count: 1,
        index: null,
        photo: null,
        shell: desktop,
        ...context,
      }),
    )
    .map(({ id }) => id)

describe('photos like one', () => {
  it('are a search of their own, also from the viewer', async () => {
    await wallOf(3)
    useSearch().ask('dog')
    useScreens().viewed = 3
    const similar = actions.find(({ id }) => id === 'similar')
    await similar?.run({ photoIds: [104], source: 'viewer', index: 3 })
    expect(useSearch().text).toBe('similar:104')
    expect(useScreens().viewed).toBeNull()
  })

  it('are asked for with S on the wall', async () => {
    await wallOf(3)
    expect(await press('s')).toBe(true)
    expect(useSearch().text).toBe('similar:104')
  })
})

/** Ctrl-A on a wall of 5,000 photos, which come when the test lets them. */
async function selectingAll() {
  const waiting: (() => void)[] = []
  const ids = Array.from({ length: 5000 }, (_, at) => 101 + at)
  const wall = await wallOf(3, {
    ...scriptedList(ids).answers,
    getIds: ({ offset, limit }) =>
      new Promise((resolve) => waiting.push(() => resolve(ids.slice(offset, offset + limit)))),
    say: ({ photoIds }) => ({ changed: photoIds.length }),
  })
  const all = actions.find(({ id }) => id === 'select-all')
  if (all === undefined) throw new Error('There is no such act')
  void perform(all, wall.reach)
  await settled()
  const come = async () => {
    for (const send of waiting) send()
    await settled()
  }
  return { ...wall, come }
}

describe('while all photos are being selected', () => {
  it('a key means all of them, and not the photo that the keys stand on', async () => {
    const { scripted, selection, come } = await selectingAll()
    await press('h')
    expect(scripted.asked('say')).toEqual([])
    await come()
    expect(scripted.asked('say').map(({ photoIds }) => photoIds.length)).toEqual([5000])
    expect(selection.size).toBe(5000)
  })

  it('Escape takes that back, and what a key wanted with them', async () => {
    const { scripted, selection, come } = await selectingAll()
    await press('h')
    await press('d')
    expect(await press('Escape')).toBe(true)
    await come()
    expect([selection.size, useScreens().dialog, scripted.asked('say')]).toEqual([0, null, []])
  })
})

describe('the table of what can be done with photos', () => {
  it('names each act once, and has words for it', () => {
    const ids = actions.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)])
    const words: Readonly<Record<string, string>> = en.act
    for (const action of actions)
      for (const each of [action.words, ...(action.submenu === undefined ? [] : [action.submenu.words])])
        expect([action.id, each, typeof words[each]]).toEqual([action.id, each, 'string'])
  })

  it.each(['wall', 'viewer'] satisfies ActionPlace[])('gives no key twice at a time: %s', async (place) => {
    await wallOf(null)
    for (const hidden of [false, true]) {
      const at = possible({ photo: { ...wallPhoto(1), hidden } })
      const combos = actions.filter(({ id }) => at.includes(id)).flatMap(({ keys }) => keys?.[place] ?? [])
      expect(combos).toEqual([...new Set(combos)])
    }
  })

  it('keeps groups together, and what lies in a menu of its own', () => {
    const kinds: ((one: Action) => string | undefined)[] = [
      ({ group }) => group,
      ({ submenu }) => submenu?.words,
    ]
    for (const kind of kinds) {
      const runs = actions.map(kind).filter((each, at, all) => each !== undefined && each !== all[at - 1])
      expect(runs).toEqual([...new Set(runs)])
    }
  })

  it('offers what the shell can do, and what one photo or many allow', async () => {
    await wallOf(null)
    expect(possible({ count: 1 })).toContain('show-in-folder')
    expect(possible({ count: 2 })).not.toContain('show-in-folder')
    expect(possible({ count: 2 })).not.toContain('copy-path')
    expect(possible({ count: 2 })).toContain('trash')
    expect(possible({ shell: browser })).not.toContain('trash')
    expect(possible({ shell: null })).not.toContain('show-in-folder')
    expect(possible({ source: 'viewer' })).toEqual([
      'similar',
      'stars-5',
      'stars-4',
      'stars-3',
      'stars-2',
      'stars-1',
      'stars-0',
      'stars-in-file',
      'favourite',
      'confirm-label',
      'remove-label',
      'add-label',
      'teach-word',
      'add-to-album',
      'turn-left',
      'turn-right',
      'change-date',
      'change-place',
      'show-on-map',
      'save-copies',
      'copy-picture',
      'open-photo',
      'hide',
      'show-in-folder',
      'copy-path',
    ])
  })
})

describe('an act on the wall', () => {
  it('is done with the selected photos, else with the one the keys stand on', async () => {
    const { reach, selection, at } = await wallOf(3)
    expect(await reach.target()).toEqual({ source: 'wall cell', photoIds: [104], index: 3 })
    expect(reach.context()).toMatchObject({ source: 'wall cell', count: 1, photo: { id: 104 } })
    await selection.addBetween(5, 8)
    expect(await reach.target()).toEqual({ source: 'selection', photoIds: [106, 107, 108], index: 3 })
    expect(reach.context()).toMatchObject({ source: 'selection', count: 3, photo: null })
    selection.clear()
    at.value = null
    expect(await reach.target()).toEqual({ source: 'wall cell', photoIds: [], index: null })
  })

  it('has its key wherever the focus is, unless something lies over the wall', async () => {
    const { scripted, selection } = await wallOf(null, {
      trashPhotos: ({ photoIds }) => ({ trashed: photoIds, files: photoIds.length }),
    })
    await selection.addBetween(0, 2)
    useScreens().viewed = 0
    expect(await press('Delete')).toBe(false)
    useScreens().viewed = null
    expect(await press('Delete')).toBe(true)
    expect(scripted.asked('trashPhotos')).toEqual([{ photoIds: [101, 102] }])
    expect(selection.size).toBe(0)
  })

  it('says where only a copy of a photo went to the trash, which stays selected', async () => {
    const { selection } = await wallOf(3, { trashPhotos: () => ({ trashed: [], files: 1 }) })
    await selection.addBetween(0, 1)
    await press('Delete')
    expect(useToasts().toasts.map(({ text }) => text)).toEqual([
      '1 file is in the trash. A copy of the photo stays.',
    ])
    expect(selection.size).toBe(1)
  })

  it('leaves keys alone that mean something elsewhere on the page', async () => {
    await wallOf(3)
    expect(await press('Enter')).toBe(false)
    expect(await press('a', { ctrlKey: true })).toBe(false)
  })

  it('lets go of the selection with Escape, which is free otherwise', async () => {
    const { selection } = await wallOf(3)
    await selection.addBetween(0, 2)
    expect(await press('Escape')).toBe(true)
    expect(selection.size).toBe(0)
    expect(await press('Escape')).toBe(false)
  })

  it('that asks for a label selects the photo it is for, and asks in the place that came last', async () => {
    const { selection } = await wallOf(3)
    const asked: string[] = []
    inComponent(() => useLabelChooser().offer((verdict) => asked.push(`bar ${verdict}`)))
    await press('l')
    await nextTick()
    expect(await selection.ids()).toEqual([104])
    const viewer = inComponent(() => useLabelChooser().offer((verdict) => asked.push(`viewer ${verdict}`)))
    await press('c')
    viewer.leave()
    await press('x')
    expect(asked).toEqual(['bar added', 'viewer confirmed', 'bar removed'])
  })

  it('gives stars, favourites and hides by key, and takes them back where all photos have them', async () => {
    const said: unknown[] = []
    let favourites = 0
    const { scripted, selection } = await wallOf(3, {
      say: ({ photoIds, fact }) => {
        said.push(fact)
        if (fact.field !== 'favourite') return { changed: photoIds.length }
        const changed = fact.value === null ? favourites : photoIds.length - favourites
        favourites = fact.value === null ? 0 : photoIds.length
        return { changed }
      },
    })
    await selection.addBetween(0, 2)
    for (const key of ['4', '0', 'f', 'f', 'h']) await press(key)
    expect(scripted.asked('say')[0]).toMatchObject({ photoIds: [101, 102] })
    expect(said).toEqual([
      { field: 'rating', value: 4 },
      { field: 'rating', value: 0 },
      { field: 'favourite', value: true },
      { field: 'favourite', value: true },
      { field: 'favourite', value: null },
      { field: 'hidden', value: true },
    ])
    expect(useToasts().toasts.map(({ text }) => text)).toEqual(['2 photos are hidden.'])
  })

  it('of hiding is that of showing again where the photo is hidden, or the search asks for hidden ones', async () => {
    await wallOf(null)
    const hidden = { ...wallPhoto(1), hidden: true }
    expect(possible({ photo: hidden })).toContain('show-again')
    expect(possible({ photo: hidden })).not.toContain('hide')
    expect(possible({ count: 5 })).toContain('hide')
    const search = useSearch()
    if (search.summary !== null) search.summary = { ...search.summary, withHidden: true }
    expect(possible({ count: 5 })).toContain('show-again')
    expect(possible({ count: 5, photo: wallPhoto(1) })).toContain('hide')
  })

  it('shows the file and copies the path of one photo', async () => {
    const { reach, scripted } = await wallOf(3, {
      showInFolder: () => null,
      getPhoto: ({ id }) => detailsOf(id),
    })
    for (const id of ['show-in-folder', 'copy-path']) {
      const action = actions.find((one) => one.id === id)
      if (action !== undefined) await perform(action, reach)
    }
    expect(scripted.asked('showInFolder')).toEqual([{ kind: 'photo', id: 104 }])
    expect(scripted.asked('getPhoto')).toMatchObject([{ id: 104 }])
  })
})
