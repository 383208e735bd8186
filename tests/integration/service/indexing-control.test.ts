import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi, type Mock } from 'vitest'
import { isAgain } from '../../../electron/core/indexing/again.ts'
import { createIndexer, type Indexer } from '../../../electron/core/indexing/indexer.ts'
import { allScanTargets } from '../../../electron/core/indexing/scan-targets.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { addRoot, removeRoot } from '../../../electron/core/library/roots/roots.ts'
import { createIndexingControl, type IndexingControl } from '../../../electron/service/indexing-control.ts'
import { threadEntries } from '../../../electron/worker/entries.ts'
import { usualModel, index, filesIn, scratch, testLibrary } from '../indexing/index-photos.ts'
import { eventually } from '../../fixtures/eventually.ts'

const entries = { ...threadEntries, photo: new URL('../../fixtures/failing-worker.ts', import.meta.url) }

/** A folder of files that only have a name: the stand-in worker does not read them. */
function folderOf(count: number, folder = scratch()): string {
  mkdirSync(folder, { recursive: true })
  for (let at = 0; at < count; at++) writeFileSync(join(folder, `${at}.jpg`), `${at}`)
  return folder
}

function addTo(folder: string): void {
  writeFileSync(join(folder, 'came.jpg'), 'came')
}

interface Controlled {
  readonly control: IndexingControl
  readonly indexer: Indexer
  readonly onStored: Mock<() => void>
  readonly onDone: Mock<() => void>
  /** Photos that were looked at, without those that turned out to be as they were. */
  readonly indexed: () => number
  /** How often the folders were looked through, or only the queue was worked off. */
  readonly runs: () => number
}

function controlled(library: Library): Controlled {
  const onStored = vi.fn<() => void>()
  const onDone = vi.fn<() => void>()
  let before = 0
  let now = 0
  let runs = 0
  const indexer = createIndexer(
    {
      library,
      categories: [],
      entries,
      chooseModel: usualModel,
      workers: () => 2,
      onState: ({ phase }, { indexed }) => {
        now = indexed
        if (phase !== 'idle') return
        runs += 1
        before += now
        now = 0
      },
      onStored,
      onNotice: () => {},
      log: () => {},
    },
    () => control.held(),
  )
  const control = createIndexingControl({
    library,
    indexer,
    pausesOnBattery: () => false,
    onDone,
    log: () => {},
  })
  return { control, indexer, onStored, onDone, indexed: () => before + now, runs: () => runs }
}

const statesIn = (library: Library): string[] => [...new Set(filesIn(library).map(({ state }) => state))]

const indexedLibrary = async (): Promise<Library> => {
  const library = testLibrary()
  await index(library, { folders: [folderOf(5)], options: { entries } })
  return library
}

describe('the end of the program while photos are indexed', () => {
  it('is not the end of the work: the next start goes on without being asked', async () => {
    const folder = folderOf(300)
    const library = testLibrary()
    addRoot(library, folder)
    const first = controlled(library)
    first.onStored.mockImplementationOnce(() => void first.control.end())
    first.control.start(allScanTargets(library), false)
    await eventually(() => expect(first.onStored).toHaveBeenCalled())
    await first.control.end()
    expect(statesIn(library)).toContain('pending')
    expect(first.onDone).not.toHaveBeenCalled()
    closeLibrary(library)

    const again = testLibrary(library.folder)
    const second = controlled(again)
    second.control.begin(false)
    await eventually(() => expect(second.onDone).toHaveBeenCalled())
    expect(statesIn(again)).toEqual(['done'])
    expect(filesIn(again)).toHaveLength(300)
    await second.control.end()
  })

  it('takes no new work on', async () => {
    const library = testLibrary()
    addRoot(library, folderOf(3))
    const { control, onStored } = controlled(library)
    await control.end()
    control.start(allScanTargets(library), false)
    control.rescan(allScanTargets(library))
    await control.end()
    expect(onStored).not.toHaveBeenCalled()
    expect(filesIn(library)).toEqual([])
  })
})

describe('a pause', () => {
  it('holds from the moment it is asked for, across the end of the program, until it is taken back', async () => {
    const library = testLibrary()
    addRoot(library, folderOf(300))
    const first = controlled(library)
    first.onStored.mockImplementationOnce(() => {
      first.control.pause()
    })
    first.control.start(allScanTargets(library), false)
    await eventually(() => expect(first.indexer.state().phase).toBe('paused'))
    await first.control.end()
    expect(statesIn(library)).toContain('pending')
    closeLibrary(library)

    const again = testLibrary(library.folder)
    const second = controlled(again)
    second.control.begin(false)
    await eventually(() => expect(second.indexer.state().phase).toBe('paused'))
    expect(second.onStored).not.toHaveBeenCalled()
    second.control.resume()
    await eventually(() => expect(second.onDone).toHaveBeenCalled())
    expect(statesIn(again)).toEqual(['done'])
    await second.control.end()
  })
})

describe('folders that change', () => {
  it('while a run is paused are looked through when it goes on', async () => {
    const library = testLibrary()
    const folder = folderOf(300)
    addRoot(library, folder)
    const { control, indexer, onStored, onDone } = controlled(library)
    onStored.mockImplementationOnce(() => {
      control.pause()
    })
    control.start(allScanTargets(library), false)
    await eventually(() => expect(indexer.state().phase).toBe('paused'))
    addTo(folder)
    control.rescan(allScanTargets(library))
    control.resume()
    await eventually(() => expect(onDone).toHaveBeenCalled())
    expect(filesIn(library)).toHaveLength(301)
    await control.end()
  })

  it('after indexing was stopped are looked through with the next that is started, whatever that is', async () => {
    const library = await indexedLibrary()
    const other = folderOf(2)
    addRoot(library, other)
    const { control, onDone } = controlled(library)
    await control.stop()
    const [changed, started] = allScanTargets(library).toSorted((one) => (one.path === other ? 1 : -1))
    if (changed === undefined || started === undefined) throw new Error('There are two folders')
    addTo(changed.path)
    control.rescan([changed])
    control.start([started], false)
    await eventually(() => expect(onDone).toHaveBeenCalled())
    expect(filesIn(library)).toHaveLength(5 + 1 + 2)
    await control.end()
  })

  it('often while something is indexed are looked through once afterwards', async () => {
    const library = testLibrary()
    const folder = folderOf(300)
    addRoot(library, folder)
    const { control, onStored, onDone, runs } = controlled(library)
    onStored.mockImplementationOnce(() => {
      addTo(folder)
      for (let time = 0; time < 50; time++) control.rescan(allScanTargets(library))
    })
    control.start(allScanTargets(library), false)
    await eventually(() => expect(onDone).toHaveBeenCalled())
    expect(filesIn(library)).toHaveLength(301)
    expect(runs()).toBe(2)
    await control.end()
  })

  it('are not looked through when they were taken out of the library before their turn', async () => {
    const library = testLibrary()
    const folder = folderOf(3)
    const root = addRoot(library, folder)
    addRoot(library, folderOf(2))
    const { control, onDone } = controlled(library)
    await control.runExclusive(() => {
      control.rescan(allScanTargets(library))
      removeRoot(library, root.id, true)
    })
    await eventually(() => expect(onDone).toHaveBeenCalled())
    expect(filesIn(library)).toHaveLength(2)
    await control.end()
  })
})

describe('classifying again', () => {
  it('is done although something else went first while folders were looked through', async () => {
    const library = await indexedLibrary()
    const { control, onDone, indexed } = controlled(library)
    control.start(allScanTargets(library), true)
    await control.runExclusive(() => {})
    await eventually(() => expect(onDone).toHaveBeenCalled())
    expect(indexed()).toBe(5)
    expect(isAgain(library)).toBe(false)
    await control.end()
  })

  it('is done by the next start of the program if this one ends before', async () => {
    const library = await indexedLibrary()
    const first = controlled(library)
    first.control.start(allScanTargets(library), true)
    await first.control.end()
    expect(first.indexed()).toBe(0)
    closeLibrary(library)

    const next = testLibrary(library.folder)
    const second = controlled(next)
    second.control.begin(false)
    await eventually(() => expect(second.onDone).toHaveBeenCalled())
    expect(second.indexed()).toBe(5)
    await second.control.end()
  })

  it('that is asked for while a run goes on is done for every photo, also those that were done before', async () => {
    const library = testLibrary()
    addRoot(library, folderOf(20))
    const { control, onStored, onDone, indexed } = controlled(library)
    let doneBefore = 0
    onStored.mockImplementationOnce(() => {
      doneBefore = filesIn(library).filter(({ state }) => state === 'done').length
      control.start(allScanTargets(library), true)
    })
    control.start(allScanTargets(library), false)
    await eventually(() => expect(onDone).toHaveBeenCalled())
    expect(doneBefore).toBeGreaterThan(0)
    // A run that still looks for files does it by itself, for what it has not read yet with the first reading.
    expect(indexed() - doneBefore).toBeGreaterThanOrEqual(20)
    await control.end()
  })
})

describe('a work that indexing makes way for', () => {
  it('has the library to itself: a run that is asked for meanwhile follows', async () => {
    const library = testLibrary()
    addRoot(library, folderOf(3))
    const { control, indexer, onDone } = controlled(library)
    const { promise: finish, resolve } = Promise.withResolvers<undefined>()
    const phases: string[] = []
    const aside = control.runExclusive(async () => {
      control.rescan(allScanTargets(library))
      await new Promise((resolve) => setTimeout(resolve, 300))
      phases.push(indexer.state().phase, String(filesIn(library).length))
      await finish
    })
    resolve(undefined)
    await aside
    expect(phases).toEqual(['idle', '0'])
    await eventually(() => expect(onDone).toHaveBeenCalled())
    expect(filesIn(library)).toHaveLength(3)
    await control.end()
  })

  it('is finished before the program ends', async () => {
    const library = testLibrary()
    const { control } = controlled(library)
    let isFinished = false
    void control.runExclusive(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      isFinished = true
    })
    await control.end()
    expect(isFinished).toBe(true)
  })
})
