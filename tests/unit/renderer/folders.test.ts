import { describe, expect, it } from 'vitest'
import { KartotekaError } from '../../../electron/core/contract/failure.ts'
import type { CallOutput } from '../../../electron/core/contract/contract.ts'
import type { FolderNode } from '../../../electron/core/contract/values.ts'
import { settingsOf, statusOf } from '../../fixtures/contract-values.ts'
import { openWindow, settled, type Answers } from '../../fixtures/scripted-shell.ts'
import { useLibrary } from '../../../renderer/src/app/library.ts'
import { useScreens } from '../../../renderer/src/app/screens.ts'
import { useFolders } from '../../../renderer/src/folders/folders.ts'
import { useDecisions } from '../../../renderer/src/labels/decisions.ts'
import { useToasts } from '../../../renderer/src/notices/toasts.ts'

const nodeOf = (path: string, id: number): FolderNode => ({
  id,
  parentId: null,
  path,
  name: path,
  photos: 0,
  state: 'online',
  root: true,
})

/** A service that takes every folder but those of this name. */
const taking = (refused = '/known'): Answers => ({
  addFolders: ({ paths }) => ({
    added: paths.filter((path) => path !== refused).map((path, at) => nodeOf(path, at + 1)),
    refused: paths
      .filter((path) => path === refused)
      .map((path) => ({ path, failure: { code: 'folder-known', message: `${path} is known.` } })),
  }),
  startIndexing: () => null,
  getSettings: () => settingsOf(),
  getStatus: () => statusOf(),
  getShell: () => ({ kind: 'browser', chooseFolders: false, showInFolder: false, trash: false }),
})

async function windowWith(more: Answers = {}) {
  const shell = openWindow({ ...taking(), ...more })
  await useLibrary().load()
  return { shell, folders: useFolders(), toasts: useToasts() }
}

const firstRun: Answers = { getStatus: () => statusOf({ folders: 0 }) }

describe('folders that are added', () => {
  it('are looked through: one by itself, several as a whole', async () => {
    const { shell, folders } = await windowWith()
    folders.receive(['/a'])
    await settled()
    folders.receive(['/b', '/c'])
    await settled()
    expect(shell.asked('startIndexing')).toEqual([
      { folderId: 1, again: false },
      { folderId: null, again: false },
    ])
  })

  it('are named when they are refused, and the others are taken all the same', async () => {
    const { shell, folders, toasts } = await windowWith()
    folders.receive(['/known', '/a'])
    await settled()
    expect(toasts.toasts.map(({ tone, detail }) => [tone, detail])).toEqual([
      ['error', '/known is known.'],
      ['plain', ''],
    ])
    expect(toasts.toasts[0]?.text).toContain('/known')
    expect(shell.asked('startIndexing')).toHaveLength(1)
    folders.receive(['/known'])
    await settled()
    expect(shell.asked('startIndexing')).toHaveLength(1)
  })

  it('on the first run are gathered, each once, and added together', async () => {
    const { shell, folders } = await windowWith(firstRun)
    folders.receive(['/a', '/b'])
    folders.receive(['/b', '/c'])
    expect(shell.asked('addFolders')).toEqual([])
    await folders.start()
    expect(shell.asked('addFolders')).toEqual([{ paths: ['/a', '/b', '/c'] }])
    expect(folders.gathered).toEqual([])
  })

  it('stay gathered when none of them could be added', async () => {
    const { folders } = await windowWith({
      ...firstRun,
      ...taking('/a'),
      getStatus: () => statusOf({ folders: 0 }),
    })
    folders.receive(['/a'])
    await folders.start()
    expect(folders.gathered).toEqual(['/a'])
  })

  it('are chosen in the system’s dialog where there is one, else in the window’s own', async () => {
    const { shell, folders } = await windowWith()
    await folders.add()
    expect([useScreens().dialog, shell.asked('chooseFolders')]).toEqual([{ kind: 'browse' }, []])
    const desktop = await windowWith({
      getShell: () => ({ kind: 'electron', chooseFolders: true, showInFolder: true, trash: true }),
      chooseFolders: () => ['/a'],
    })
    await desktop.folders.add()
    await settled()
    expect(desktop.shell.asked('addFolders')).toEqual([{ paths: ['/a'] }])
    desktop.shell.answer({ chooseFolders: () => [] })
    await desktop.folders.add()
    await settled()
    expect(desktop.shell.asked('addFolders')).toHaveLength(1)
  })

  it('may be dropped where the shell knows their paths; else it is said what to do', async () => {
    const { shell, folders, toasts } = await windowWith()
    folders.drop([new File([], 'Pictures')])
    await settled()
    expect(shell.asked('addFolders')).toEqual([{ paths: ['/Pictures'] }])
    folders.drop([])
    toasts.toasts.at(-1)?.action?.run()
    await settled()
    expect(useScreens().dialog).toEqual({ kind: 'browse' })
  })
})

describe('a folder', () => {
  it('that is taken out says how many photos went with it', async () => {
    const { shell, folders, toasts } = await windowWith({ removeFolder: () => ({ changed: 41 }) })
    expect(await folders.remove(3, true)).toBe(true)
    expect(shell.asked('removeFolder')).toEqual([{ id: 3, keepTags: true }])
    expect(toasts.toasts[0]?.text).toContain('41')
  })

  it('whose disk is gone for good can be hidden, with a way back', async () => {
    const { shell, folders, toasts } = await windowWith({
      hideAway: () => ({ changed: 5 }),
      undo: () => ({ changed: 5 }),
    })
    expect(await folders.hideAway(3)).toBe(true)
    expect(useDecisions().made).toBe(1)
    toasts.toasts[0]?.action?.run()
    await settled()
    expect(shell.asked('undo')).toHaveLength(1)
  })

  it('that could not be taken out or hidden stays, and it is said why', async () => {
    const { folders, toasts } = await windowWith()
    expect([await folders.remove(3, true), await folders.hideAway(3)]).toEqual([false, false])
    expect(toasts.toasts.map(({ tone }) => tone)).toEqual(['error', 'error'])
  })
})

describe('folders that are asked about', () => {
  const why = '/home/anna holds all that people keep.'
  const unusual: Answers = {
    addFolders: ({ paths, sure }) =>
      sure === true
        ? { added: paths.map((path, at) => nodeOf(path, at + 1)), refused: [] }
        : {
            added: [],
            refused: paths.map((path) => ({ path, failure: { code: 'folder-unusual', message: why } })),
          },
  }

  it('are added after the question why', async () => {
    const { shell, folders, toasts } = await windowWith(unusual)
    folders.receive(['/home/anna'])
    await settled()
    expect(useScreens().dialog).toEqual({ kind: 'unusual-folders', folders: [{ path: '/home/anna', why }] })
    expect(toasts.toasts).toEqual([])
    await folders.addUnusual(['/home/anna'])
    expect(shell.asked('addFolders')).toEqual([
      { paths: ['/home/anna'] },
      { paths: ['/home/anna'], sure: true },
    ])
    expect(shell.asked('startIndexing')).toHaveLength(1)
  })

  it('stay gathered on the first run until they are added', async () => {
    const { folders } = await windowWith({ ...unusual, ...firstRun })
    folders.receive(['/home/anna'])
    await folders.start()
    expect(folders.gathered).toEqual(['/home/anna'])
    await folders.addUnusual(['/home/anna'])
    expect(folders.gathered).toEqual([])
  })

  it('are those that came with the library: all of them, or one', async () => {
    const tree = ['/theirs', '/more', '/ours'].map((path, at) => ({
      ...nodeOf(path, at + 1),
      state: path === '/ours' ? ('online' as const) : ('untrusted' as const),
    }))
    const below = { ...nodeOf('/theirs/a', 9), root: false, state: 'untrusted' as const }
    const { shell, folders } = await windowWith({
      getFolders: () => [...tree, below],
      getFacets: () => [],
      trustFolders: () => null,
    })
    await folders.trust()
    await folders.trust(2)
    expect(shell.asked('trustFolders')).toEqual([{ ids: [1, 2] }, { ids: [2] }])
  })
})

describe('a folder that looks like one that is away', () => {
  const from = { ...nodeOf('/before', 3), photos: 4, state: 'offline' as const }
  const moved: Answers = {
    addFolders: ({ paths, sure, asCopies }) => ({
      added: paths
        .filter((path) => asCopies === true || (path !== '/now' && (path !== '/' || sure === true)))
        .map((path, at) => nodeOf(path, at + 1)),
      refused: paths.flatMap((path): CallOutput<'addFolders'>['refused'] => {
        if (path === '/now' && asCopies !== true)
          return [{ path, failure: { code: 'folder-moved', message: 'It seems so.' }, movedFrom: from }]
        if (path !== '/' || sure === true) return []
        return [{ path, failure: { code: 'folder-unusual', message: 'It is all.' } }]
      }),
    }),
    relocateFolder: ({ id, path }) => nodeOf(path, id),
  }
  const question = { path: '/now', from, others: [] }

  it('is asked about before it is added, and takes its place when the person says so', async () => {
    const { shell, folders, toasts } = await windowWith(moved)
    folders.receive(['/now'])
    await settled()
    expect(useScreens().dialog).toEqual({ kind: 'moved-folder', moved: question })
    expect([shell.asked('startIndexing'), toasts.toasts]).toEqual([[], []])
    await folders.answerMoved(question, 'same')
    expect(shell.asked('relocateFolder')).toEqual([{ id: 3, path: '/now' }])
    expect(toasts.toasts[0]?.text).toContain('/now')
  })

  it('is added as a copy, or not at all, when the person says so', async () => {
    const { shell, folders } = await windowWith(moved)
    await folders.answerMoved(question, 'copy')
    expect(shell.asked('addFolders')).toEqual([{ paths: ['/now'], asCopies: true }])
    expect(shell.asked('startIndexing')).toHaveLength(1)
    await folders.answerMoved(question, null)
    expect([shell.asked('addFolders').length, shell.asked('relocateFolder').length]).toEqual([1, 0])
  })

  it('is asked about alone: other questions come after the answer, folders without one are added at once', async () => {
    const { shell, folders } = await windowWith(moved)
    folders.receive(['/now', '/', '/a'])
    await settled()
    expect(useScreens().dialog).toEqual({ kind: 'moved-folder', moved: { ...question, others: ['/'] } })
    expect(shell.asked('startIndexing')).toHaveLength(1)
    await folders.answerMoved({ ...question, others: ['/'] }, null)
    expect(useScreens().dialog).toMatchObject({ kind: 'unusual-folders', folders: [{ path: '/' }] })
  })

  it('can be named by hand, in the system’s dialog where there is one; that it is not is said', async () => {
    const { folders } = await windowWith()
    await folders.findMoved(from)
    expect(useScreens().dialog).toEqual({ kind: 'browse', movedFrom: from })
    const desktop = await windowWith({
      getShell: () => ({ kind: 'electron', chooseFolders: true, showInFolder: true, trash: true }),
      chooseFolders: () => ['/now'],
      relocateFolder: () => {
        throw new KartotekaError('folder-differs', '/now does not hold the photos of /before.')
      },
    })
    await desktop.folders.findMoved(from)
    expect(desktop.shell.asked('relocateFolder')).toEqual([{ id: 3, path: '/now' }])
    expect(desktop.toasts.toasts).toMatchObject([
      { tone: 'error', detail: '/now does not hold the photos of /before.' },
    ])
  })
})
