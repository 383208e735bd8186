import { describe, expect, it } from 'vitest'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { ensureFolder } from '../../../electron/core/library/roots/folders.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { claimMoved, goneOfSize, reunite } from '../../../electron/core/library/moves.ts'
import {
  addFiles,
  changeFiles,
  keepAsIs,
  knownFiles,
  markPresence,
  photoIdAt,
  queueAgain,
  setCompanions,
} from '../../../electron/core/library/files/files.ts'
import { queueCounts, takePending } from '../../../electron/core/library/files/queue.ts'
import { addRoot, listRoots } from '../../../electron/core/library/roots/roots.ts'
import {
  addFile,
  addPhoto,
  countFaults,
  findingsOf,
  hashOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

const facts = (name: string, size = 1000, time = 1000) => ({ name, size, mtime: time, ctime: time })

function folderOf(library: Library, path: string): number {
  if (listRoots(library).length === 0) addRoot(library, '/photos')
  return ensureFolder(library, path)
}

const breathe = (): Promise<void> => Promise.resolve()

describe('files found by a scan', () => {
  it('are queued, and known at the next scan as they were', () => {
    const library = tempLibrary()
    const folder = folderOf(library, '/photos')
    const ids = addFiles(library, folder, [facts('a.jpg'), facts('b.jpg', 2000, 5)])
    expect(knownFiles(library, folder)).toEqual([
      { id: ids[0], ...facts('a.jpg'), state: 'pending', kind: null, here: true, companionOf: null },
      { id: ids[1], ...facts('b.jpg', 2000, 5), state: 'pending', kind: null, here: true, companionOf: null },
    ])
    expect(queueCounts(library).pending).toBe(2)
  })

  it('keep names apart that look alike: bytes decide', () => {
    const library = tempLibrary()
    const names = [
      'caf\u00e9.jpg',
      'cafe\u0301.jpg',
      'Caf\u00e9.jpg',
      '\u{10ffff}.jpg',
      'a\nb.jpg',
      '🐶 "dog".jpg',
    ]
    const folder = folderOf(library, '/photos')
    expect(
      new Set(
        addFiles(
          library,
          folder,
          names.map((name) => facts(name)),
        ),
      ).size,
    ).toBe(names.length)
    expect(
      knownFiles(library, folder)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(names.toSorted())
    expect(photoIdAt(library, '/photos', 'cafe\u0301.jpg')).toBe(2)
  })

  it('can be recorded as problems without being read', () => {
    const library = tempLibrary()
    const problem = { kind: 'not-downloaded', reason: 'The file is only in the cloud.' } as const
    const [id] = addFiles(library, folderOf(library, '/photos'), [{ ...facts('a.jpg'), problem }])
    expect(readPhoto(library, id ?? 0)).toMatchObject({ state: 'failed', kind: 'not-downloaded' })
    expect(takePending(library, 1)).toEqual([])
  })

  it('that changed are queued again and keep their tags meanwhile', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    changeFiles(library, [{ id, file: facts('a.jpg', 2000, 2000) }])
    expect(readPhoto(library, id)).toMatchObject({ state: 'pending', size: 2000 })
    expect(Object.keys(findingsOf(library, id))).toHaveLength(5)
    expect(takePending(library, 1)).toMatchObject([{ photoId: id, contentHash: hashOf(1) }])
    keepAsIs(library, [id])
    expect(readPhoto(library, id)?.state).toBe('done')
  })

  it('that are gone are hidden, and show again when they are back', () => {
    const library = tempLibrary()
    const id = addPhoto(library, {
      path: '/photos/a.jpg',
      reading: { metadata: { takenAt: '2019-07-14T18:03:22' } },
    })
    const found = findingsOf(library, id)
    markPresence(library, [id], 'missing')
    expect(readPhoto(library, id)?.presence).toBe('missing')
    expect(findingsOf(library, id)).toEqual({})
    expect(knownFiles(library, 1)).toMatchObject([{ here: false, state: 'done' }])
    expect(countFaults(library)).toEqual([])
    markPresence(library, [id], 'here')
    expect(findingsOf(library, id)).toEqual(found)
    expect(countFaults(library)).toEqual([])
  })

  it('beside another one of the same picture are shown with it', () => {
    const library = tempLibrary()
    const jpeg = addPhoto(library, { path: '/photos/a.jpg' })
    const raw = addPhoto(library, {
      path: '/photos/a.nef',
      reading: { contentHash: hashOf(2), format: 'raw' },
    })
    setCompanions(library, [{ id: raw, companionOf: jpeg }])
    expect(findingsOf(library, raw)).toEqual({})
    expect(knownFiles(library, 1)[1]).toMatchObject({ id: raw, companionOf: jpeg })
    expect(countFaults(library)).toEqual([])
    setCompanions(library, [{ id: raw, companionOf: null }])
    expect(Object.keys(findingsOf(library, raw))).toHaveLength(5)
    expect(countFaults(library)).toEqual([])
  })
})

describe('a photo that moved', () => {
  it('is known again by its content and keeps tags and decisions', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg', size: 777 })
    decide(library, [id], 151, 'confirmed')
    const before = findingsOf(library, id)
    markPresence(library, [id], 'missing')
    const appeared = addFile(library, '/photos/elsewhere/new name.jpg', 777)

    expect(goneOfSize(library, 777)).toEqual([hashOf(1)])
    expect(goneOfSize(library, 778)).toEqual([])
    expect(claimMoved(library, appeared, hashOf(1))).toBe(id)
    expect(readPhoto(library, id)).toMatchObject({
      path: '/photos/elsewhere/new name.jpg',
      presence: 'here',
      state: 'done',
    })
    expect(readPhoto(library, appeared)).toBeNull()
    expect(findingsOf(library, id)).toEqual(before)
    expect(takePending(library, 9)).toEqual([])
    expect(countFaults(library)).toEqual([])
  })

  it('onto another one leaves that one missing, with what it had', () => {
    const library = tempLibrary()
    const moved = addPhoto(library, { path: '/photos/a.jpg' })
    const covered = addPhoto(library, { path: '/photos/b.jpg', reading: { contentHash: hashOf(2) } })
    decide(library, [covered], 7, 'added')
    markPresence(library, [moved], 'missing')
    changeFiles(library, [{ id: covered, file: facts('b.jpg', 1000, 9) }])
    expect(claimMoved(library, covered, hashOf(1))).toBe(moved)
    expect(readPhoto(library, moved)).toMatchObject({ path: '/photos/b.jpg', presence: 'here' })
    expect(readPhoto(library, covered)).toMatchObject({ presence: 'missing' })
    // Nobody ever saw it under the name that the other one left.
    expect(knownFiles(library, 1).map(({ name }) => name)).not.toContain('a.jpg')
    expect(readPhoto(library, covered)?.decisions).toHaveLength(1)
  })

  it('is not claimed from a copy that is still there', () => {
    const library = tempLibrary()
    const original = addPhoto(library, { path: '/photos/a.jpg' })
    const copy = addFile(library, '/photos/b.jpg')
    expect(claimMoved(library, copy, hashOf(1))).toBeNull()
    expect(readPhoto(library, original)?.path).toBe('/photos/a.jpg')
  })

  it('and was found at its new place first keeps its decisions all the same', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    decide(library, [id], 151, 'confirmed')
    const twin = addPhoto(library, { path: '/photos/later/a.jpg' })
    markPresence(library, [id], 'missing')
    reunite(library, [id])
    expect(readPhoto(library, id)).toMatchObject({
      path: '/photos/later/a.jpg',
      presence: 'here',
      state: 'done',
    })
    expect(readPhoto(library, twin)).toBeNull()
    expect(countFaults(library)).toEqual([])
  })
})

describe('copies', () => {
  it('know of each other', () => {
    const library = tempLibrary()
    const first = addPhoto(library, { path: '/photos/a.jpg' })
    const second = addPhoto(library, { path: '/photos/b/a.jpg' })
    addPhoto(library, { path: '/photos/c.jpg', reading: { contentHash: hashOf(3) } })
    expect(readPhoto(library, first)?.copies).toEqual(['/photos/b/a.jpg'])
    expect(readPhoto(library, second)?.copies).toEqual(['/photos/a.jpg'])
  })
})

describe('classifying again', () => {
  it('queues what was done, in all folders or one', async () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    addFile(library, '/photos/waiting.jpg')
    expect(await queueAgain(library, { folder: '/elsewhere' }, breathe)).toBe(0)
    expect(await queueAgain(library, 'all', breathe)).toBe(1)
    expect(readPhoto(library, id)).toMatchObject({ state: 'pending' })
    expect(Object.keys(findingsOf(library, id))).toHaveLength(5)
  })

  it('can be for those only that were read without a model', async () => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg' })
    const untagged = addPhoto(library, { path: '/photos/b.jpg', tagging: null })
    expect(await queueAgain(library, 'untagged', breathe)).toBe(1)
    expect(takePending(library, 9).map(({ photoId }) => photoId)).toEqual([untagged])
  })
})
