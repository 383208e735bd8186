import { describe, expect, it } from 'vitest'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { flushDeferred } from '../../../electron/core/library/decisions/deferred-index.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { addFiles } from '../../../electron/core/library/files/files.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { addRoot } from '../../../electron/core/library/roots/roots.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import {
  derivedFaults,
  hashOf,
  readingOf,
  someModel,
  taggingOf,
  tempFolder,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

const many = 1000

function libraryOf(folder = tempFolder()): { library: Library; ids: number[] } {
  const library = tempLibrary({}, folder)
  const { folderId } = addRoot(library, '/photos')
  const files = Array.from({ length: many }, (_, at) => ({ name: `${at}.jpg`, size: 1, mtime: 1, ctime: 1 }))
  const ids = addFiles(library, folderId, files)
  const results = ids.map((fileId) => ({
    kind: 'read' as const,
    fileId,
    reading: readingOf({ contentHash: hashOf(fileId) }),
    tagging: taggingOf(151),
  }))
  storeResults(library, results, someModel)
  return { library, ids }
}

const found = (library: Library, term: number): number =>
  Number(library.db.prepare('SELECT count(*) FROM index_entry WHERE term = ?').pluck().get(term))
const decided = (library: Library): number =>
  Number(library.db.prepare('SELECT count(*) FROM decision').pluck().get())
const down = (): Promise<void> => Promise.reject(new Error('down'))

describe('a decision about many photos', () => {
  it('is kept at once, found step by step, and taken back as one', async () => {
    const { library, ids } = libraryOf()
    expect(decide(library, ids, 7, 'added')).toBe(many)
    expect([decided(library), found(library, 7)]).toEqual([many, 0])
    const steps: number[] = []
    await flushDeferred(library, () => {
      steps.push(found(library, 7))
      return Promise.resolve()
    })
    expect(steps.slice(0, 3)).toEqual([300, 600, 900])
    expect(undo(library)).toBe(many)
    await flushDeferred(library)
    expect([decided(library), found(library, 7)]).toEqual([0, 0])
    expect(derivedFaults(library)).toEqual([])
  })

  it('about few is found at once', () => {
    const { library, ids } = libraryOf()
    decide(library, ids.slice(0, 300), 7, 'added')
    expect(found(library, 7)).toBe(300)
  })

  it('is whole for whoever opens the library after the program went down between two steps', async () => {
    const folder = tempFolder()
    const { library, ids } = libraryOf(folder)
    decide(library, ids, 7, 'added')
    await expect(flushDeferred(library, down)).rejects.toThrow('down')
    expect(found(library, 7)).toBe(300)
    library.db.close()
    library.thumbnails.close()
    library.release()
    const again = openLibrary(folder, { mode: 'write' })
    expect([decided(again), found(again, 7)]).toEqual([many, many])
    expect(derivedFaults(again)).toEqual([])
    expect(undo(again)).toBe(many)
    await flushDeferred(again)
    expect([decided(again), found(again, 7)]).toEqual([0, 0])
    again.db.close()
    again.thumbnails.close()
    again.release()
  })

  it('that is taken back before all are found by it leaves no trace', async () => {
    const { library, ids } = libraryOf()
    decide(library, ids, 7, 'added')
    let steps = 0
    await flushDeferred(library, async () => {
      steps += 1
      if (steps === 2) undo(library)
      return Promise.resolve()
    })
    expect([decided(library), found(library, 7)]).toEqual([0, 0])
    expect(derivedFaults(library)).toEqual([])
  })

  it('goes on after it was told to stop', async () => {
    const { library, ids } = libraryOf()
    decide(library, ids, 7, 'added')
    await flushDeferred(library, undefined, AbortSignal.abort())
    expect(found(library, 7)).toBe(0)
    await flushDeferred(library)
    expect(found(library, 7)).toBe(many)
  })
})
