import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFile, readPhoto } from '../../../electron/core/library/photos/details.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { changeFiles, knownFiles } from '../../../electron/core/library/files/files.ts'
import { listProblems, retryProblems } from '../../../electron/core/library/files/problems.ts'
import {
  putBack,
  queueCounts,
  recoverQueue,
  takePending,
} from '../../../electron/core/library/files/queue.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { ensureFolder } from '../../../electron/core/library/roots/folders.ts'
import { diffFolder } from '../../../electron/core/scan/diff.ts'
import {
  addFile,
  addPhoto,
  derivedFaults,
  fileIdAt,
  findingsOf,
  hashOf,
  photoAt,
  readingOf,
  someModel,
  taggingOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

/** The process is gone: nothing is put back, the lock falls. */
function crash(library: Library): string {
  library.db.close()
  library.thumbnails.close()
  library.release()
  return library.folder
}

let names = 0

const idsTaken = (library: Library, limit: number): number[] =>
  takePending(library, limit).map(({ fileId }) => fileId)

describe('the queue', () => {
  it('gives each photo once, in the order they were found', () => {
    const library = tempLibrary()
    const ids = ['c', 'a', 'b'].map((name) => addFile(library, `/photos/${name}.jpg`))
    expect(idsTaken(library, 2)).toEqual(ids.slice(0, 2))
    expect(idsTaken(library, 2)).toEqual(ids.slice(2))
    expect(idsTaken(library, 2)).toEqual([])
    expect(queueCounts(library)).toEqual({ pending: 0, running: 3, failed: 0, offline: 0 })
  })

  it('gives as many as are asked for, and leaves none out, however many at a time', () => {
    const limits = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 })
    const library = tempLibrary()
    fc.assert(
      fc.property(limits, fc.nat(30), (asked, count) => {
        const ids = Array.from({ length: count }, () => addFile(library, `/photos/${(names += 1)}.jpg`))
        const taken = asked.map((limit) => idsTaken(library, limit))
        let from = 0
        expect(taken).toEqual(asked.map((limit) => ids.slice(from, (from += limit))))
        expect(queueCounts(library).pending).toBe(Math.max(0, count - from))
        idsTaken(library, count)
      }),
      { numRuns: 40 },
    )
  })

  it('tells where the file is', () => {
    const library = tempLibrary()
    addFile(library, '/photos/a.jpg')
    expect(takePending(library, 1)).toEqual([
      { fileId: 1, path: '/photos/a.jpg', sidecars: [], size: 1000, mtime: 1000, suspect: false },
    ])
  })

  it('takes back photos that nobody looked at, on request and when the library is closed', () => {
    const library = tempLibrary()
    const ids = ['a', 'b'].map((name) => addFile(library, `/photos/${name}.jpg`))
    const [first] = idsTaken(library, 2)
    putBack(library, [first ?? 0])
    closeLibrary(library)
    const again = tempLibrary({}, library.folder)
    const taken = takePending(again, 9)
    expect(taken.map(({ fileId }) => fileId)).toEqual(ids)
    expect(taken.some(({ suspect }) => suspect)).toBe(false)
  })
})

describe('after the program went down', () => {
  it('what was running is suspect: it comes last, one by one, and only while nothing else runs', () => {
    const library = tempLibrary()
    const ids = ['a', 'b', 'c', 'd'].map((name) => addFile(library, `/photos/${name}.jpg`))
    idsTaken(library, 2)
    const again = tempLibrary({}, crash(library))

    expect(idsTaken(again, 9)).toEqual(ids.slice(2))
    expect(idsTaken(again, 9)).toEqual([])
    for (const fileId of ids.slice(2)) {
      storeResults(again, [{ kind: 'read', fileId, reading: readingOf(), tagging: taggingOf() }], someModel)
    }
    expect(takePending(again, 9)).toMatchObject([{ fileId: ids[0], suspect: true }])
    expect(takePending(again, 9)).toEqual([])
  })

  it('a second time with the same photo, that photo is set aside by name', () => {
    const library = tempLibrary()
    const id = addFile(library, '/photos/bad.jpg')
    idsTaken(library, 1)
    const second = tempLibrary({}, crash(library))
    idsTaken(second, 1)
    const third = tempLibrary({}, crash(second))

    expect(idsTaken(third, 1)).toEqual([])
    expect(listProblems(third, { offset: 0, limit: 9 })).toMatchObject({
      total: 1,
      problems: [{ id, path: '/photos/bad.jpg', kind: 'crashed', attempts: 2 }],
    })
  })

  it('an innocent photo is no longer suspect once it was read', () => {
    const library = tempLibrary()
    const fileId = addFile(library, '/photos/a.jpg')
    idsTaken(library, 1)
    const again = tempLibrary({}, crash(library))
    idsTaken(again, 1)
    storeResults(again, [{ kind: 'read', fileId, reading: readingOf(), tagging: taggingOf() }], someModel)
    expect(recoverQueue(again)).toEqual({ back: 0, quarantined: 0 })
    expect(readFile(again, fileId)?.state).toBe('done')
  })

  it('when only one worker died, the photos of the others keep running', () => {
    const library = tempLibrary()
    const ids = ['a', 'b'].map((name) => addFile(library, `/photos/${name}.jpg`))
    idsTaken(library, 2)
    expect(recoverQueue(library, ids.slice(0, 1))).toEqual({ back: 1, quarantined: 0 })
    expect(queueCounts(library)).toMatchObject({ pending: 1, running: 1 })
  })
})

describe('a stale file, which is not as the scan found it,', () => {
  it('is forgotten until it is found again, if it was never read', () => {
    const library = tempLibrary()
    addFile(library, '/photos/a.jpg')
    const fileId = idsTaken(library, 1)[0] ?? 0
    const stored = storeResults(library, [{ kind: 'stale', fileId }], null)
    expect(stored).toMatchObject({ stale: 1, failed: 0, indexed: 0 })
    expect(readFile(library, fileId)).toBeNull()
    expect(queueCounts(library)).toEqual({ pending: 0, running: 0, failed: 0, offline: 0 })
  })

  it('holds what it held, and is read when it is found again, whatever its size and times are then', () => {
    const library = tempLibrary()
    const photo = addPhoto(library, { path: '/photos/a.jpg' })
    const fileId = fileIdAt(library, '/photos/a.jpg')
    const folder = ensureFolder(library, '/photos')
    const found = { name: 'a.jpg', size: 1000, mtime: 2000, ctime: 2000 }
    changeFiles(library, [{ id: fileId, file: found }])
    expect(idsTaken(library, 1)).toEqual([fileId])
    storeResults(library, [{ kind: 'stale', fileId }], null)
    expect(readPhoto(library, photo)).toMatchObject({ state: 'done', presence: 'here', problem: null })
    expect(idsTaken(library, 1)).toEqual([])
    const seen = { ...found, kind: 'photo', elsewhere: false } as const
    const { changed } = diffFolder([seen], knownFiles(library, folder), () => false)
    expect(changed).toEqual([{ id: fileId, file: found }])
    expect(derivedFaults(library)).toEqual([])
  })
})

describe('problems', () => {
  it('are listed with kind and reason, a page at a time', () => {
    const library = tempLibrary()
    const ids = ['a', 'b', 'c'].map((name) => addFile(library, `/photos/${name}.jpg`))
    idsTaken(library, 3)
    storeResults(
      library,
      ids.map((fileId) => ({
        kind: 'problem',
        fileId,
        problem: { kind: 'empty', reason: 'The file is empty.' },
      })),
      null,
    )
    const page = listProblems(library, { offset: 1, limit: 1 })
    expect(page).toEqual({
      total: 3,
      problems: [
        { id: ids[1], path: '/photos/b.jpg', kind: 'empty', reason: 'The file is empty.', attempts: 1 },
      ],
    })
  })

  it('can be tried again, one or all', () => {
    const library = tempLibrary()
    const ids = ['a', 'b', 'c'].map((name) => addFile(library, `/photos/${name}.jpg`))
    idsTaken(library, 3)
    const problem = { kind: 'in-use', reason: 'Another program holds the file.' } as const
    storeResults(
      library,
      ids.map((fileId) => ({ kind: 'problem', fileId, problem })),
      null,
    )
    expect(retryProblems(library, ids.slice(0, 1))).toBe(1)
    expect(retryProblems(library, null)).toBe(2)
    expect(takePending(library, 9).map(({ suspect }) => suspect)).toEqual([false, false, false])
  })

  it('of content take the photo off the wall; passing ones leave it as it was', () => {
    const library = tempLibrary()
    const replaced = addPhoto(library, { path: '/photos/a.jpg' })
    const busy = addPhoto(library, { path: '/photos/b.jpg', reading: { contentHash: hashOf(2) } })
    const [first, second] = ['a', 'b'].map((name) => fileIdAt(library, `/photos/${name}.jpg`))
    storeResults(
      library,
      [
        { kind: 'problem', fileId: first ?? 0, problem: { kind: 'not-an-image', reason: 'It is a text.' } },
        {
          kind: 'problem',
          fileId: second ?? 0,
          problem: { kind: 'in-use', reason: 'Another program holds the file.' },
        },
      ],
      null,
    )
    expect(readFile(library, first ?? 0)).toMatchObject({ state: 'failed', problem: 'not-an-image' })
    expect(photoAt(library, '/photos/a.jpg')).toBeNull()
    expect(findingsOf(library, replaced)).toEqual({})
    expect(readPhoto(library, busy)).toMatchObject({ state: 'failed', problem: 'in-use', width: 400 })
    expect(derivedFaults(library)).toEqual([])
    expect(readPhoto(library, busy)?.tags).toHaveLength(5)
  })
})
