import { describe, expect, it } from 'vitest'
import { decide, decisionsOf } from '../../../electron/core/library/decisions/decisions.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import {
  addFiles,
  changeFiles,
  dropOthers,
  fileAt,
  knownFiles,
  markMissing,
  queueAgain,
  rejectFiles,
  setPresence,
} from '../../../electron/core/library/files/files.ts'
import { queueCounts, takePending } from '../../../electron/core/library/files/queue.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { photoFiles } from '../../../electron/core/library/photos/best-file.ts'
import { readFile, readPhoto } from '../../../electron/core/library/photos/details.ts'
import { settleFormerPhotos } from '../../../electron/core/library/photos/former.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { ensureFolder } from '../../../electron/core/library/roots/folders.ts'
import { markAway } from '../../../electron/core/library/roots/offline.ts'
import { addRoot, listRoots } from '../../../electron/core/library/roots/roots.ts'
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

const facts = (name: string, size = 1000, time = 1000) => ({ name, size, mtime: time, ctime: time })

function folderOf(library: Library, path: string): number {
  if (listRoots(library).length === 0) addRoot(library, '/photos')
  return ensureFolder(library, path)
}

const betweenBatches = (): Promise<void> => Promise.resolve()

/** The file at a path was read, and has the content with this number. */
function read(library: Library, path: string, content: number): void {
  const fileId = fileIdAt(library, path)
  const reading = readingOf({ contentHash: hashOf(content) })
  storeResults(library, [{ kind: 'read', fileId, reading, tagging: taggingOf() }], someModel)
}

describe('files found by a scan', () => {
  it('are queued, and known at the next scan as they were', () => {
    const library = tempLibrary()
    const folder = folderOf(library, '/photos')
    const ids = addFiles(library, folder, [facts('a.jpg'), facts('b.jpg', 2000, 5)])
    const asNew = { kind: 'photo', state: 'pending', problem: null, here: true }
    expect(knownFiles(library, folder)).toEqual([
      { id: ids[0], ...facts('a.jpg'), ...asNew },
      { id: ids[1], ...facts('b.jpg', 2000, 5), ...asNew },
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
    const ids = addFiles(
      library,
      folder,
      names.map((name) => facts(name)),
    )
    expect(new Set(ids).size).toBe(names.length)
    expect(
      knownFiles(library, folder)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(names.toSorted())
    expect(fileAt(library, '/photos', 'cafe\u0301.jpg')?.id).toBe(2)
  })

  it('can be recorded as problems without being read', () => {
    const library = tempLibrary()
    const problem = { kind: 'not-downloaded', reason: 'The file is only in the cloud.' } as const
    const [id] = addFiles(library, folderOf(library, '/photos'), [{ ...facts('a.jpg'), problem }])
    expect(readFile(library, id ?? 0)).toMatchObject({ state: 'failed', problem: 'not-downloaded' })
    expect(takePending(library, 1)).toEqual([])
  })

  it('that changed are queued again; their photo keeps its tags meanwhile', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    const fileId = fileIdAt(library, '/photos/a.jpg')
    changeFiles(library, [{ id: fileId, file: facts('a.jpg', 2000, 2000) }])
    expect(readPhoto(library, id)).toMatchObject({ state: 'pending', size: 2000 })
    expect(Object.keys(findingsOf(library, id))).toHaveLength(5)
    expect(takePending(library, 1)).toMatchObject([{ fileId, path: '/photos/a.jpg' }])
  })

  it('that are gone are hidden, and show again when they are back', () => {
    const library = tempLibrary()
    const id = addPhoto(library, {
      path: '/photos/a.jpg',
      reading: { metadata: { takenAt: '2019-07-14T18:03:22' } },
    })
    const fileId = fileIdAt(library, '/photos/a.jpg')
    const found = findingsOf(library, id)
    markMissing(library, [fileId])
    expect(readPhoto(library, id)?.presence).toBe('missing')
    expect(findingsOf(library, id)).toEqual({})
    expect(knownFiles(library, 1)).toMatchObject([{ here: false, state: 'done' }])
    expect(derivedFaults(library)).toEqual([])
    setPresence(library, [fileId], 'here')
    expect(findingsOf(library, id)).toEqual(found)
    expect(derivedFaults(library)).toEqual([])
  })

  it('that are gone and lead to nothing are forgotten: never read ones, and copies', () => {
    const library = tempLibrary()
    const unread = addFile(library, '/photos/unread.jpg')
    addPhoto(library, { path: '/photos/a.jpg' })
    const id = addPhoto(library, { path: '/photos/copy.jpg' })
    markMissing(library, [unread, fileIdAt(library, '/photos/copy.jpg')])
    expect(knownFiles(library, 1).map(({ name }) => name)).toEqual(['a.jpg'])
    expect(readPhoto(library, id)).toMatchObject({ path: '/photos/a.jpg', copies: 0 })
    expect(derivedFaults(library)).toEqual([])
  })

  it('that are no photos are remembered as long as they stay as they are, and queued should they become one', () => {
    const library = tempLibrary()
    const folder = folderOf(library, '/photos')
    rejectFiles(library, folder, [facts('notes'), facts('more')])
    expect(knownFiles(library, folder)).toMatchObject([{ kind: 'rejected' }, { kind: 'rejected' }])
    expect(takePending(library, 9)).toEqual([])
    const [more, notes] = knownFiles(library, folder).map(({ id }) => id)
    expect(addFiles(library, folder, [facts('notes', 2000)])).toEqual([notes])
    dropOthers(library, [notes ?? 0, more ?? 0])
    expect(knownFiles(library, folder)).toMatchObject([{ name: 'notes', kind: 'photo', state: 'pending' }])
  })
})

describe('a file whose photo is known by its content', () => {
  it('was moved when the photo had no file left: nothing is lost, and nothing waits', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    decide(library, [id], 151, 'confirmed')
    const before = findingsOf(library, id)
    markMissing(library, [fileIdAt(library, '/photos/a.jpg')])
    const fileId = addFile(library, '/photos/elsewhere/new name.jpg')
    expect(
      storeResults(library, [{ kind: 'known', fileId, contentHash: hashOf(1), facts: null }], null),
    ).toMatchObject({
      moved: 1,
      indexed: 0,
      foundAgain: 1,
    })
    expect(readPhoto(library, id)).toMatchObject({
      path: '/photos/elsewhere/new name.jpg',
      presence: 'here',
      state: 'done',
      files: [{ id: fileId }],
    })
    expect(findingsOf(library, id)).toEqual(before)
    expect(takePending(library, 9)).toEqual([])
    expect(derivedFaults(library)).toEqual([])
  })

  it('was moved also when it is found at its new place before it is missed at the old one', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    decide(library, [id], 151, 'confirmed')
    addPhoto(library, { path: '/photos/later/a.jpg' })
    markMissing(library, [fileIdAt(library, '/photos/a.jpg')])
    expect(readPhoto(library, id)).toMatchObject({ path: '/photos/later/a.jpg', copies: 0 })
    expect(readPhoto(library, id)?.decisions).toHaveLength(1)
    expect(derivedFaults(library)).toEqual([])
  })

  it('is a copy when another file holds it: one photo, shown in both folders', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    expect(addPhoto(library, { path: '/photos/b/a.jpg' })).toBe(id)
    addPhoto(library, { path: '/photos/c.jpg', reading: { contentHash: hashOf(3) } })
    expect(photoFiles(library, id).map(({ path }) => path)).toEqual(['/photos/a.jpg', '/photos/b/a.jpg'])
    expect(readPhoto(library, id)?.copies).toBe(1)
    expect(library.db.prepare('SELECT photo_id FROM folder_photo ORDER BY 1').pluck().all()).toEqual([
      id,
      id,
      photoAt(library, '/photos/c.jpg'),
    ])
    expect(derivedFaults(library)).toEqual([])
  })

  it('overwritten by it holds it now; what was decided about what it held goes along, and can be taken back', async () => {
    const library = tempLibrary()
    const kept = addPhoto(library, { path: '/photos/a.jpg' })
    const covered = addPhoto(library, { path: '/photos/b.jpg', reading: { contentHash: hashOf(2) } })
    decide(library, [covered], 7, 'added')
    read(library, '/photos/b.jpg', 1)
    expect(photoAt(library, '/photos/b.jpg')).toBe(kept)
    expect(decisionsOf(library, kept)).toEqual([])
    await settleFormerPhotos(library, betweenBatches)
    expect(decisionsOf(library, kept)).toEqual([{ term: 7, verdict: 'added' }])
    expect(undo(library)).toBe(1)
    expect(decisionsOf(library, kept)).toEqual([])
    expect(derivedFaults(library)).toEqual([])
  })

  it('exchanged with another: each photo keeps its decisions, under its new name', async () => {
    const library = tempLibrary()
    const first = addPhoto(library, { path: '/photos/a.jpg' })
    const second = addPhoto(library, { path: '/photos/b.jpg', reading: { contentHash: hashOf(2) } })
    decide(library, [first], 7, 'added')
    read(library, '/photos/a.jpg', 2)
    read(library, '/photos/b.jpg', 1)
    await settleFormerPhotos(library, betweenBatches)
    expect([photoAt(library, '/photos/a.jpg'), photoAt(library, '/photos/b.jpg')]).toEqual([second, first])
    expect([first, second].map((id) => decisionsOf(library, id).length)).toEqual([1, 0])
    expect(derivedFaults(library)).toEqual([])
  })
})

describe('a file with a new content', () => {
  it('is its photo, edited, if it was the only one: id and decisions stay', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    decide(library, [id], 7, 'added')
    read(library, '/photos/a.jpg', 2)
    expect(photoAt(library, '/photos/a.jpg')).toBe(id)
    expect(decisionsOf(library, id)).toEqual([{ term: 7, verdict: 'added' }])
    expect(derivedFaults(library)).toEqual([])
  })

  it('is a photo of its own with the same decisions if there are copies of what it was', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    addPhoto(library, { path: '/photos/b.jpg' })
    decide(library, [id], 7, 'added')
    read(library, '/photos/b.jpg', 2)
    const edited = photoAt(library, '/photos/b.jpg') ?? 0
    expect(edited).not.toBe(id)
    expect([id, edited].map((each) => decisionsOf(library, each))).toEqual([
      [{ term: 7, verdict: 'added' }],
      [{ term: 7, verdict: 'added' }],
    ])
    expect(derivedFaults(library)).toEqual([])
  })

  it('that goes back to what it was has what was decided before, and what was decided about the edited one', async () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    decide(library, [id], 7, 'added')
    read(library, '/photos/a.jpg', 2)
    decide(library, [id], 8, 'added')
    read(library, '/photos/a.jpg', 1)
    await settleFormerPhotos(library, betweenBatches)
    const now = photoAt(library, '/photos/a.jpg') ?? 0
    expect(readPhoto(library, now)?.contentHash).toBe(hashOf(1))
    expect(decisionsOf(library, now).map(({ term }) => term)).toEqual([7, 8])
    expect(derivedFaults(library)).toEqual([])
  })

  it('that was taken back from a decision, edited and restored has no decision; one cleared later does not come back by itself', async () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    decide(library, [id], 7, 'added')
    read(library, '/photos/a.jpg', 2)
    decide(library, [id], 7, 'clear')
    read(library, '/photos/a.jpg', 1)
    await settleFormerPhotos(library, betweenBatches)
    // What was decided about the old content was never taken back from it.
    expect(decisionsOf(library, photoAt(library, '/photos/a.jpg') ?? 0)).toEqual([
      { term: 7, verdict: 'added' },
    ])
    expect(derivedFaults(library)).toEqual([])
  })
})

describe('of several files of a photo', () => {
  it('one that is there speaks for it, before those that are away or missing; then the folder that was added first', async () => {
    const library = tempLibrary()
    addRoot(library, '/photos')
    addRoot(library, '/archive')
    const paths = ['/archive/a.jpg', '/photos/usb/b.jpg', '/photos/d.jpg', '/photos/c.jpg']
    const [id = 0] = paths.map((path) => addPhoto(library, { path }))
    const files = (): string[] => photoFiles(library, id).map(({ path, presence }) => `${presence} ${path}`)
    const here = ['/photos/c.jpg', '/photos/d.jpg', '/photos/usb/b.jpg', '/archive/a.jpg']
    expect(files()).toEqual(here.map((path) => `here ${path}`))

    await markAway(library, [ensureFolder(library, '/photos/usb')])
    setPresence(library, [fileIdAt(library, '/photos/c.jpg')], 'missing')
    expect(files()).toEqual([
      'here /photos/d.jpg',
      'here /archive/a.jpg',
      'offline /photos/usb/b.jpg',
      'missing /photos/c.jpg',
    ])
    for (const path of ['/photos/d.jpg', '/archive/a.jpg']) {
      expect(readPhoto(library, id)?.path).toBe(path)
      setPresence(library, [fileIdAt(library, path)], 'missing')
    }
    expect(readPhoto(library, id)).toMatchObject({ path: '/photos/usb/b.jpg', presence: 'offline' })
  })
})

describe('classifying again', () => {
  it('queues what was done, in all folders or one, each photo once', async () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    addPhoto(library, { path: '/photos/copy.jpg' })
    addFile(library, '/photos/waiting.jpg')
    expect(await queueAgain(library, { folder: '/elsewhere' }, betweenBatches)).toBe(0)
    expect(await queueAgain(library, 'all', betweenBatches)).toBe(1)
    expect(readPhoto(library, id)).toMatchObject({ state: 'pending' })
    expect(Object.keys(findingsOf(library, id))).toHaveLength(5)
  })

  it('can be for those only that were read without a model', async () => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg' })
    addPhoto(library, { path: '/photos/b.jpg', reading: { contentHash: hashOf(2) }, tagging: null })
    expect(await queueAgain(library, 'untagged', betweenBatches)).toBe(1)
    expect(takePending(library, 9).map(({ path }) => path)).toEqual(['/photos/b.jpg'])
  })

  it('in a folder leaves its neighbours alone whose names begin alike', async () => {
    const library = tempLibrary()
    for (const [at, path] of ['2019/a', '2019b/b', '2019 x/c', '2019.1/d', '2019/deep/e'].entries()) {
      addPhoto(library, { path: `/photos/${path}.jpg`, reading: { contentHash: hashOf(at + 1) } })
    }
    expect(await queueAgain(library, { folder: '/photos/2019' }, betweenBatches)).toBe(2)
    expect(takePending(library, 9).map(({ path }) => path)).toEqual([
      '/photos/2019/a.jpg',
      '/photos/2019/deep/e.jpg',
    ])
  })
})
