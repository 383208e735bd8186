import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CallName } from '../../../electron/core/contract/contract.ts'
import { KartotekaError, type FailureCode } from '../../../electron/core/contract/failure.ts'
import type { Notice } from '../../../electron/core/contract/states.ts'
import { indexingOf, settingsOf, statusOf } from '../../fixtures/contract-values.ts'
import { openWindow, settled, type Answers, type ScriptedShell } from '../../fixtures/scripted-shell.ts'
import { useLibrary } from '../../../renderer/src/app/library.ts'
import { useRefresh } from '../../../renderer/src/app/refresh.ts'
import { speak } from '../../../renderer/src/i18n/i18n.ts'
import { useIndexing } from '../../../renderer/src/indexing/indexing.ts'
import { useToasts } from '../../../renderer/src/notices/toasts.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const answers: Answers = {
  getStatus: () => statusOf(),
  getSettings: () => settingsOf(),
  getShell: () => ({ kind: 'browser', chooseFolders: false, showInFolder: false, trash: false }),
  getFolders: () => [],
  getFacets: () => [],
}

const failing = (code: FailureCode) => () => {
  throw new KartotekaError(code, `Because of ${code}.`)
}

async function loaded(more: Answers = {}) {
  const shell = openWindow({ ...answers, ...more })
  const library = useLibrary()
  await library.load()
  await settled()
  return { shell, library }
}

const times = (shell: ScriptedShell, ...names: readonly CallName[]) =>
  names.map((name) => shell.asked(name).length)

describe('what the library is', () => {
  it('is known with one look: what it holds, what is being done, what can be done', async () => {
    const indexing = indexingOf({ phase: 'indexing', done: 3 })
    const { library } = await loaded({ getStatus: () => statusOf({ photos: 7, indexing }) })
    expect([library.status?.photos, library.shell?.kind, useIndexing().state?.done]).toEqual([
      7,
      'browser',
      3,
    ])
    expect([library.isEmpty, library.blocked, library.notices]).toEqual([false, null, []])
  })

  it('is empty only when that is known', async () => {
    openWindow(answers)
    expect(useLibrary().isEmpty).toBeNull()
    const { library } = await loaded({ getStatus: () => statusOf({ folders: 0 }) })
    expect(library.isEmpty).toBe(true)
  })
})

describe('the whole window', () => {
  it.each([
    ['library-newer', true],
    ['library-damaged', true],
    ['disk-full', true],
    // It is being started again.
    ['service-down', false],
  ] as const)('says so when nothing is known because of %s: %s', async (code, isBlocked) => {
    const { library } = await loaded({ getStatus: failing(code) })
    expect(library.blocked?.code ?? null).toBe(isBlocked ? code : null)
  })

  it.each([
    ['library-damaged', true],
    ['internal', false],
    ['service-down', false],
  ] as const)(
    'goes on showing what is known although %s, unless there is no library: %s',
    async (code, isBlocked) => {
      const { shell, library } = await loaded()
      shell.answer({ getStatus: failing(code) })
      await library.load()
      expect(library.blocked?.code ?? null).toBe(isBlocked ? code : null)
    },
  )

  it('says why the service was given up on, and tries again when it is asked to', async () => {
    const { shell, library } = await loaded({ restartService: () => null })
    shell.answer({ getStatus: failing('library-locked') })
    shell.emit('service', { state: 'failed', message: 'It would not start.' })
    await settled()
    expect(library.blocked?.code).toBe('library-locked')
    await library.tryAgain()
    expect(times(shell, 'restartService')).toEqual([1])
    // Until the service says something else it has failed; by itself it knows no better reason.
    expect(library.blocked).toEqual({ code: 'service-down', message: 'It would not start.' })
    shell.answer(answers)
    shell.emit('service', { state: 'running', message: null })
    await settled()
    expect(library.blocked).toBeNull()
  })

  it('looks again when it is asked to and the service is there', async () => {
    const { shell, library } = await loaded({ getStatus: failing('library-damaged') })
    shell.answer(answers)
    await library.tryAgain()
    expect([library.blocked, times(shell, 'restartService')]).toEqual([null, [0]])
  })
})

describe('changes of the library', () => {
  it('are asked for as far as they concern it', async () => {
    const { shell } = await loaded()
    const before = times(shell, 'getStatus', 'getFolders', 'getFacets')
    const after = async (...what: ('photos' | 'tags' | 'decisions' | 'folders' | 'problems')[]) => {
      shell.emit('libraryChanged', { revision: useRefresh().revision + 1, what })
      await settled()
      return times(shell, 'getStatus', 'getFolders', 'getFacets').map(
        (count, at) => count - (before[at] ?? 0),
      )
    }
    expect(await after('problems')).toEqual([1, 0, 0])
    expect(await after('folders')).toEqual([2, 1, 0])
    expect(await after('photos')).toEqual([3, 1, 0])
    expect(await after('tags')).toEqual([4, 1, 1])
    expect(await after('decisions')).toEqual([5, 1, 2])
    expect(await after('photos', 'tags', 'decisions', 'folders')).toEqual([6, 2, 3])
  })

  it('that come fast are followed round by round, and none is forgotten', async () => {
    const { shell } = await loaded()
    const waiting: (() => void)[] = []
    shell.answer({
      getStatus: () =>
        new Promise((resolve) => {
          waiting.push(() => resolve(statusOf()))
        }),
    })
    const before = times(shell, 'getStatus', 'getFolders')
    const since = () => times(shell, 'getStatus', 'getFolders').map((count, at) => count - (before[at] ?? 0))
    for (let change = 0; change < 100; change++) {
      shell.emit('libraryChanged', { revision: change, what: change === 1 ? ['folders'] : ['problems'] })
      await settled()
    }
    expect(since()).toEqual([1, 0])
    waiting[0]?.()
    await settled()
    expect(since()).toEqual([2, 1])
    waiting[1]?.()
    await settled()
    expect(since()).toEqual([2, 1])
    expect(useRefresh().revision).toBe(100)
  })

  it('are all there is when the service has come back: everything is asked for', async () => {
    const { shell } = await loaded()
    const { revision } = useRefresh()
    shell.emit('service', { state: 'restarting', message: null })
    await settled()
    const before = times(shell, 'getStatus', 'getSettings', 'getShell', 'getFolders', 'getFacets')
    shell.emit('service', { state: 'running', message: null })
    await settled()
    expect(times(shell, 'getStatus', 'getSettings', 'getShell', 'getFolders', 'getFacets')).toEqual(
      before.map((count) => count + 1),
    )
    expect(useRefresh().revision).toBeGreaterThan(revision)
    // Nothing has happened when it says so once more.
    shell.emit('service', { state: 'running', message: null })
    await settled()
    expect(times(shell, 'getStatus')).toEqual([(before[0] ?? 0) + 1])
  })

  it('in the language of the window has the rail named anew', async () => {
    const { shell } = await loaded()
    speak('ru')
    await settled()
    expect(shell.asked('getFacets')).toEqual([{ language: 'ru' }])
  })

  it('leave what is shown where they cannot be had', async () => {
    const folder = {
      id: 1,
      parentId: null,
      path: '/a',
      name: 'a',
      photos: 1,
      state: 'online',
      root: true,
    } as const
    const { shell, library } = await loaded({ getFolders: () => [folder] })
    await library.loadRail()
    shell.answer({ getFolders: failing('internal') })
    await library.loadRail()
    expect(library.folders).toEqual([folder])
  })
})

const offline = (message: string): Notice => ({ code: 'folder-offline', message })

describe('notices', () => {
  it('that were sent away are not told again, unless they are told anew', async () => {
    const { shell, library } = await loaded({
      getStatus: () => statusOf({ notices: [offline('a'), offline('b')] }),
    })
    const [first] = library.notices
    if (first === undefined) throw new Error('No notice')
    library.dismiss(first)
    expect(library.notices.map(({ message }) => message)).toEqual(['b'])
    await library.load()
    expect(library.notices.map(({ message }) => message)).toEqual(['b'])
    shell.emit('notice', offline('a'))
    expect(library.notices.map(({ message }) => message)).toEqual(['a'])
    await library.load()
    expect(library.notices.map(({ message }) => message)).toEqual(['a', 'b'])
  })

  it('of the shell stay until they are sent away, whatever the service knows', async () => {
    const { shell, library } = await loaded()
    shell.emit('notice', { code: 'service-restarted', message: 'It went down.' })
    await library.load()
    expect(library.notices.map(({ code }) => code)).toEqual(['service-restarted'])
    const [first] = library.notices
    if (first === undefined) throw new Error('No notice')
    library.dismiss(first)
    expect(library.notices).toEqual([])
  })

  it('of another library are told, although the same was sent away in this one', async () => {
    const { library } = await loaded({
      getStatus: () => statusOf({ notices: [offline('a')] }),
      restoreBackup: () => null,
    })
    const [first] = library.notices
    if (first === undefined) throw new Error('No notice')
    library.dismiss(first)
    await library.restore('yesterday')
    expect(library.notices.map(({ message }) => message)).toEqual(['a'])
  })
})

describe('another library in the place of this one', () => {
  it.each([
    ['a backup', (library: ReturnType<typeof useLibrary>) => library.restore('yesterday')],
    ['a new one', (library: ReturnType<typeof useLibrary>) => library.startAfresh()],
  ])('is shown as it is, or why it is not there: %s', async (_, exchange) => {
    const { shell, library } = await loaded({ restoreBackup: () => null, startAfresh: () => null })
    shell.answer({ getStatus: () => statusOf({ photos: 5 }) })
    await exchange(library)
    expect(library.status?.photos).toBe(5)
    expect(times(shell, 'getFolders', 'getFacets')).toEqual([1, 1])
    shell.answer({ restoreBackup: failing('library-damaged'), startAfresh: failing('library-damaged') })
    await exchange(library)
    expect(useToasts().toasts.map(({ tone }) => tone)).toEqual(['plain', 'error'])
  })
})
