import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { IndexingState, Notice } from '../../../electron/core/contract/states.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { createIndexer } from '../../../electron/core/indexing/indexer.ts'
import { scanTargetsFor } from '../../../electron/core/indexing/scan-targets.ts'
import type { LostDevice } from '../../../electron/core/indexing/worker-protocol.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { searchPage } from '../../../electron/core/search/search.ts'
import { threadEntries } from '../../../electron/worker/entries.ts'
import { index, indexingOptions, numbered, filesIn, scratch, start, testLibrary } from './index-photos.ts'

const entries = { ...threadEntries, photo: new URL('../../fixtures/failing-worker.ts', import.meta.url) }

/** Files that only have a name: the stand-in worker does not read them. */
function putFiles(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, name)
  }
}

describe('a file that brings a worker down', () => {
  it('is named after two tries, and everything else is indexed', async () => {
    const folder = scratch()
    putFiles(folder, [...numbered(20), 'poison.jpg', ...numbered(20, 'more/')])
    const library = testLibrary()
    const summary = await index(library, { folders: [folder], options: { entries } })
    expect(summary).toMatchObject({ indexed: 40, failed: 1, queued: 0 })
    const photos = filesIn(library)
    expect(photos.find(({ name }) => name === 'poison.jpg')).toMatchObject({
      state: 'failed',
      problem: 'crashed',
    })
    expect(photos.filter(({ state }) => state === 'done')).toHaveLength(40)
    expect(photos.filter(({ problem }) => problem === 'crashed')).toHaveLength(1)
    expect(await index(library, { options: { entries } })).toMatchObject({ unchanged: 41, indexed: 0 })
  })

  it('is told from its neighbours even if there are several', async () => {
    const folder = scratch()
    putFiles(folder, ['a.jpg', 'poison-1.jpg', 'b.jpg', 'poison-2.jpg', 'c.jpg', 'poison-3.jpg'])
    const library = testLibrary()
    await index(library, { folders: [folder], options: { entries } })
    expect(filesIn(library).map(({ name, problem }) => [name, problem])).toEqual([
      ['a.jpg', null],
      ['b.jpg', null],
      ['c.jpg', null],
      ['poison-1.jpg', 'crashed'],
      ['poison-2.jpg', 'crashed'],
      ['poison-3.jpg', 'crashed'],
    ])
  })
})

describe('a worker that dies', () => {
  it('before it is up ends the run with the reason; no photo is blamed, and the next run has them', async () => {
    const folder = scratch()
    const broken = new URL('data:text/javascript,throw new Error("The decoder is not there.")')
    putFiles(folder, numbered(1))
    const library = testLibrary()
    await index(library, { folders: [folder], options: { entries } })
    // Of a library that has something the queue is full before the first worker is up.
    putFiles(folder, numbered(5, 'more/'))
    for (const again of [false, true]) {
      const run = index(library, {
        ...(again ? {} : { folders: [folder] }),
        options: { entries: { ...entries, photo: broken } },
      })
      await expect(run).rejects.toMatchObject({ message: 'The decoder is not there.' })
      expect(filesIn(library).filter(({ state }) => state === 'pending')).toHaveLength(5)
    }
    expect(await index(library, { options: { entries } })).toMatchObject({ indexed: 5, failed: 0 })
  })

  it('while the library cannot be written ends the run, and its photos are looked at by the next one', async () => {
    const folder = scratch()
    putFiles(folder, ['poison.jpg', ...numbered(5)])
    const library = testLibrary()
    const log = (): void => {
      library.db.pragma('query_only = ON')
    }
    const run = index(library, { folders: [folder], options: { entries, log } })
    await expect(run).rejects.toMatchObject({ code: 'library-unusable' })
    library.db.pragma('query_only = OFF')
    await index(library, { options: { entries } })
    expect(filesIn(library).filter(({ state }) => state === 'done')).toHaveLength(5)
    expect(filesIn(library).find(({ name }) => name === 'poison.jpg')).toMatchObject({ problem: 'crashed' })
  })
})

describe('a file that is forgotten while it is read', () => {
  it('costs nothing but itself', async () => {
    const folder = scratch()
    // More than are read between two reports.
    putFiles(folder, numbered(1000))
    const library = testLibrary()
    let forgets = true
    const onState = ({ current }: IndexingState): void => {
      if (!forgets || current === null) return
      forgets = false
      library.db.exec("DELETE FROM file WHERE state = 'running'")
    }
    const { indexed } = await index(library, { folders: [folder], options: { entries, onState } })
    expect(indexed).toBe(filesIn(library).length)
    expect(indexed).toBeLessThan(1000)
    expect(filesIn(library).every(({ state }) => state === 'done')).toBe(true)
  })
})

describe('a file that hangs a worker', () => {
  // Above the watchdog's allowance for each of two tries.
  it('is given up twice and named; its thread is ended and replaced', async () => {
    const folder = scratch()
    putFiles(folder, [...numbered(4), 'hang.jpg'])
    const library = testLibrary()
    const limits = { ...standardLimits, timeout: 100 }
    const { indexed, failed } = await index(library, { folders: [folder], options: { entries, limits } })
    expect({ indexed, failed }).toEqual({ indexed: 4, failed: 1 })
    expect(filesIn(library).find(({ name }) => name === 'hang.jpg')).toMatchObject({ problem: 'timed-out' })
  })
})

describe('a device that is lost', () => {
  it('ends the run with a failure; no photo is lost or blamed', async () => {
    const folder = scratch()
    putFiles(folder, ['a.jpg', 'lost.jpg'])
    const library = testLibrary()
    const lostDevices: LostDevice[] = []
    const options = { entries, onDeviceLost: (lost: LostDevice) => lostDevices.push(lost) }
    await expect(index(library, { folders: [folder], options })).rejects.toThrow('The device is lost.')
    expect(lostDevices).toContainEqual({ provider: 'cuda', reason: 'It broke.' })
    const lost = filesIn(library).find(({ name }) => name === 'lost.jpg')
    expect(lost).toMatchObject({ state: 'pending', attempts: 0, problem: null })
  })

  it('never leaves tags that cannot be', async () => {
    const folder = scratch()
    putFiles(folder, ['nonsense.jpg'])
    const library = testLibrary()
    await index(library, { folders: [folder], options: { entries } })
    expect(filesIn(library)[0]).toMatchObject({ state: 'done', tags: 0 })
  })
})

describe('people', () => {
  it('stop a run: the photos in work are finished, the rest stays queued and is done by the next run', async () => {
    const folder = scratch()
    putFiles(folder, numbered(300))
    const library = testLibrary()
    let stop: (() => void) | null = null
    const run = await start(library, {
      folders: [folder],
      options: { entries, onStored: () => stop?.() },
    })
    stop = run.stop
    const first = await run.finished
    expect(filesIn(library).filter(({ state }) => state === 'running')).toEqual([])
    const second = await index(library, { options: { entries } })
    expect(first.indexed + second.indexed).toBe(300)
    expect(filesIn(library).every(({ state, tags }) => state === 'done' && tags === 5)).toBe(true)
  })

  it('pause and resume it', async () => {
    const folder = scratch()
    putFiles(folder, numbered(50))
    const library = testLibrary()
    const phases: string[] = []
    const { promise: paused, resolve } = Promise.withResolvers<undefined>()
    const run = await start(library, {
      folders: [folder],
      options: {
        entries,
        onState: ({ phase, because, queued }) => {
          phases.push(phase)
          if (phase === 'paused' && because?.message === 'tea' && queued > 0) resolve(undefined)
        },
      },
    })
    run.pause({ code: 'on-battery', message: 'tea' })
    await paused
    const waiting = filesIn(library).filter(({ state }) => state === 'pending').length
    expect(waiting).toBeGreaterThan(0)
    run.resume()
    expect(await run.finished).toMatchObject({ indexed: 50, queued: 0 })
    expect(phases.at(-1)).toBe('idle')
  })

  it('ask for a second run while one goes on: it follows', async () => {
    const one = scratch()
    const other = scratch()
    putFiles(one, numbered(30))
    putFiles(other, numbered(30))
    const library = testLibrary()
    const indexer = indexerOf(library)
    const runs = await Promise.all([
      indexer.start({ targets: await scanTargetsFor(library, [one]), again: false }),
      indexer.start({ targets: await scanTargetsFor(library, [other]), again: false }),
    ])
    expect(runs.reduce((total, { indexed }) => total + indexed, 0)).toBe(60)
    expect(indexer.state().phase).toBe('idle')
  })
})

describe('a full disk', () => {
  it('pauses the run with the amount needed, searches go on, and nothing is lost when there is room again', async () => {
    const folder = scratch()
    putFiles(folder, numbered(400))
    const library = testLibrary()
    const pages = library.db.pragma('page_count', { simple: true }) as number
    library.db.pragma(`max_page_count = ${pages + 20}`)
    const notices: Notice[] = []
    const { promise: full, resolve } = Promise.withResolvers<IndexingState>()
    const indexer = indexerOf(library, {
      onNotice: (notice) => notices.push(notice),
      onState: (state) => {
        if (state.phase === 'paused') resolve(state)
      },
    })
    const targets = await scanTargetsFor(library, [folder])
    const run = indexer.start({ targets, again: false })
    expect((await full).because?.message).toMatch(/full: about \d+ MB more are needed/)
    expect(notices.map(({ code }) => code)).toContain('disk-full')
    const stored = filesIn(library).filter(({ state }) => state === 'done').length
    expect(stored).toBeLessThan(400)
    const everything = { text: '', sort: 'date', minConfidence: null, language: 'en' } as const
    expect(searchPage(library, loadLexicon(), everything, 0).total).toBe(stored)
    library.db.pragma('max_page_count = 1000000')
    indexer.followHold()
    await run
    const photos = filesIn(library)
    expect(photos).toHaveLength(400)
    expect(photos.every(({ state, tags }) => state === 'done' && tags === 5)).toBe(true)
  })

  it('ends the run that nobody would wait with, and what was in work is in the queue', async () => {
    const folder = scratch()
    putFiles(folder, numbered(400))
    const library = testLibrary()
    const pages = library.db.pragma('page_count', { simple: true }) as number
    library.db.pragma(`max_page_count = ${pages + 20}`)
    const indexer = indexerOf(library, { onFullDisk: 'end' })
    const targets = await scanTargetsFor(library, [folder])
    await expect(indexer.start({ targets, again: false })).rejects.toMatchObject({ code: 'disk-full' })
    expect(indexer.state()).toMatchObject({ phase: 'idle', because: { code: 'disk-full' } })
    library.db.pragma('max_page_count = 1000000')
    const { indexed, unchanged } = await indexer.start({ targets, again: false })
    expect(indexed + unchanged).toBe(400)
  })
})

function indexerOf(
  library: ReturnType<typeof testLibrary>,
  listeners: Parameters<typeof indexingOptions>[1] = {},
): ReturnType<typeof createIndexer> {
  return createIndexer(indexingOptions(library, { entries, ...listeners }), () => null)
}
