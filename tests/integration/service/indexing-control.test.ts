import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi, type Mock } from 'vitest'
import { isAgain } from '../../../electron/core/indexing/again.ts'
import { createIndexer, type Indexer } from '../../../electron/core/indexing/indexer.ts'
import { allScanTargets } from '../../../electron/core/indexing/scan-targets.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { addRoot } from '../../../electron/core/library/roots/roots.ts'
import { createIndexingControl, type IndexingControl } from '../../../electron/service/indexing-control.ts'
import { threadEntries } from '../../../electron/worker/entries.ts'
import { exactModel, index, filesIn, scratch, testLibrary } from '../indexing/index-photos.ts'
import { eventually } from '../../fixtures/eventually.ts'

const entries = { ...threadEntries, photo: new URL('../../fixtures/failing-worker.ts', import.meta.url) }

/** A folder of files that only have a name: the stand-in worker does not read them. */
function folderOf(count: number): string {
  const folder = scratch()
  mkdirSync(folder, { recursive: true })
  for (let at = 0; at < count; at++) writeFileSync(join(folder, `${at}.jpg`), `${at}`)
  return folder
}

interface Controlled {
  readonly control: IndexingControl
  readonly indexer: Indexer
  readonly onStored: Mock<() => void>
  readonly onDone: Mock<() => void>
  /** Photos that were looked at, without those that turned out to be as they were. */
  readonly indexed: () => number
}

function controlled(library: Library): Controlled {
  const onStored = vi.fn<() => void>()
  const onDone = vi.fn<() => void>()
  let before = 0
  let now = 0
  const indexer = createIndexer(
    {
      library,
      categories: [],
      entries,
      chooseModel: exactModel,
      workers: () => 2,
      onState: ({ phase }, { indexed }) => {
        now = indexed
        if (phase !== 'idle') return
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
  return { control, indexer, onStored, onDone, indexed: () => before + now }
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
