import { describe, expect, it } from 'vitest'
import { KartotekaError } from '../../../electron/core/contract/failure.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { ensureFolder, folderTree } from '../../../electron/core/library/roots/folders.ts'
import { markAway, markBack } from '../../../electron/core/library/roots/offline.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { queueCounts, takePending } from '../../../electron/core/library/files/queue.ts'
import {
  addRoot,
  listRoots,
  removeRoot,
  settleForgotten,
  settleRoots,
} from '../../../electron/core/library/roots/roots.ts'
import {
  addFile,
  addPhoto,
  derivedFaults,
  findingsOf,
  hashOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

const counts = (library: Library): Record<string, number> =>
  Object.fromEntries(folderTree(library).map(({ path, photos }) => [path, photos]))

function rootAt(library: Library, path: string): { id: number; folderId: number } {
  const root = listRoots(library).find((root) => root.path === path)
  if (root === undefined) throw new Error(`${path} is no root`)
  return root
}

describe('folders', () => {
  it('count their photos all the way down', () => {
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg', reading: { contentHash: hashOf(1) } })
    addPhoto(library, { path: '/photos/2019/b.jpg', reading: { contentHash: hashOf(2) } })
    addPhoto(library, { path: '/photos/2019/summer/c.jpg', reading: { contentHash: hashOf(3) } })
    addPhoto(library, { path: '/photos/2019-x/d.jpg', reading: { contentHash: hashOf(4) } })
    addFile(library, '/photos/2019/not read yet.jpg')
    expect(counts(library)).toEqual({
      '/photos': 4,
      '/photos/2019': 2,
      '/photos/2019/summer': 1,
      '/photos/2019-x': 1,
    })
    expect(derivedFaults(library)).toEqual([])
  })

  it('count a photo once, in whichever of the folders below its copies lie', () => {
    const library = tempLibrary()
    const copies = (content: number, ...paths: string[]): void => {
      for (const path of paths) addPhoto(library, { path, reading: { contentHash: hashOf(content) } })
    }
    copies(1, '/photos/a.jpg', '/photos/2019/a.jpg', '/photos/2019/summer/a.jpg', '/photos/2019/summer/b.jpg')
    copies(2, '/photos/2019/summer/c.jpg', '/photos/2020/c.jpg')
    copies(3, '/photos/2019/summer/d.jpg', '/photos/2020/d.jpg')
    copies(4, '/photos/2020/e.jpg')
    expect(counts(library)).toEqual({
      '/photos': 4,
      '/photos/2019': 3,
      '/photos/2019/summer': 3,
      '/photos/2020': 3,
    })
  })

  it('without photos are not shown, except roots', () => {
    const library = tempLibrary()
    addRoot(library, '/photos')
    ensureFolder(library, '/photos/empty/emptier')
    expect(counts(library)).toEqual({ '/photos': 0 })
  })

  it('outside all roots are refused by name', () => {
    const library = tempLibrary()
    addRoot(library, '/photos')
    expect(() => ensureFolder(library, '/elsewhere')).toThrow(KartotekaError)
    expect(() => ensureFolder(library, '/elsewhere')).toThrow('/elsewhere')
    expect(counts(library)).toEqual({ '/photos': 0 })
  })
})

describe('adding a folder', () => {
  it('that is in the library already is refused, by itself or inside another', () => {
    const library = tempLibrary()
    addRoot(library, '/photos')
    expect(() => addRoot(library, '/photos')).toThrow('already in the library.')
    expect(() => addRoot(library, '/photos/2019')).toThrow('as part of /photos')
    addRoot(library, '/photos2')
    expect(listRoots(library).map(({ path }) => path)).toEqual(['/photos', '/photos2'])
  })

  it('around others takes them over with their photos', async () => {
    const library = tempLibrary()
    addRoot(library, '/home/me/pictures')
    addRoot(library, '/home/me/camera')
    const id = addPhoto(library, { path: '/home/me/pictures/trip/a.jpg' })
    addRoot(library, '/home')
    expect(listRoots(library).map(({ path }) => path)).toEqual(['/home'])
    expect(counts(library)).toEqual({
      '/home': 1,
      '/home/me': 1,
      '/home/me/pictures': 1,
      '/home/me/pictures/trip': 1,
    })
    expect(readPhoto(library, id)?.tags).toHaveLength(5)
  })

  it('works for the root of a disk', () => {
    const library = tempLibrary()
    addRoot(library, '/')
    ensureFolder(library, '/some/where')
    expect(() => addRoot(library, '/some/where')).toThrow('as part of /')
  })
})

describe('adding a folder around others', () => {
  it('while one of them is scanned: what the scan finds belongs to the outer one', async () => {
    const library = tempLibrary()
    addRoot(library, '/photos/inner')
    const inner = ensureFolder(library, '/photos/inner')
    addRoot(library, '/photos')
    await settleRoots(library)
    ensureFolder(library, '/photos/inner/new')
    addFile(library, '/photos/inner/new/a.jpg')
    expect(listRoots(library).map(({ path }) => path)).toEqual(['/photos'])
    expect(ensureFolder(library, '/photos/inner')).toBe(inner)
    expect(library.db.pragma('foreign_key_check')).toEqual([])
  })

  it('that was removed before takes those in that came meanwhile', async () => {
    const library = tempLibrary()
    const inside = addPhoto(library, { path: '/photos/2019/a.jpg' })
    const outside = addPhoto(library, { path: '/photos/2020/b.jpg', reading: { contentHash: hashOf(2) } })
    decide(library, [inside], 151, 'confirmed')
    removeRoot(library, rootAt(library, '/photos').id, true)
    await settleRoots(library)
    addRoot(library, '/photos/2019')
    await settleRoots(library)
    addRoot(library, '/photos')
    await settleRoots(library)
    expect(listRoots(library).map(({ path }) => path)).toEqual(['/photos'])
    expect(counts(library)).toEqual({ '/photos': 2, '/photos/2019': 1, '/photos/2020': 1 })
    expect([inside, outside].map((id) => readPhoto(library, id)?.presence)).toEqual(['offline', 'offline'])
    expect(derivedFaults(library)).toEqual([])
    // Taken out again it takes the inner one with it.
    removeRoot(library, rootAt(library, '/photos').id, true)
    await settleRoots(library)
    expect(readPhoto(library, inside)?.presence).toBe('removed')
  })

  it.each(['/elsewhere', '/photos2', '/photos 2', '/photo'])(
    '%s does not wait for folders elsewhere that are being forgotten',
    (path) => {
      const library = tempLibrary()
      addPhoto(library, { path: '/photos/a.jpg' })
      removeRoot(library, rootAt(library, '/photos').id, false)
      addRoot(library, path)
      expect(library.db.prepare('SELECT count(*) FROM file').pluck().get()).toBe(1)
    },
  )

  it.each(['/photos', '/photos/2019', '/'])(
    '%s waits until what is forgotten in its way is',
    async (path) => {
      const library = tempLibrary()
      for (let number = 0; number < 250; number++) addFile(library, `/photos/2019/${number}.jpg`)
      removeRoot(library, rootAt(library, '/photos').id, false)
      const left: unknown[] = []
      await settleForgotten(library, path, () => {
        left.push(library.db.prepare('SELECT count(*) FROM file').pluck().get())
        return Promise.resolve()
      })
      expect(left.slice(0, 3)).toEqual([150, 50, 0])
      addRoot(library, path)
      expect(listRoots(library).map((root) => root.path)).toEqual([path])
    },
  )
})

describe('removing a folder', () => {
  it('hides its photos and keeps all they have, for when it comes back', async () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    decide(library, [id], 151, 'confirmed')
    const found = findingsOf(library, id)
    const { id: rootId, folderId } = rootAt(library, '/photos')

    removeRoot(library, rootId, true)
    expect(folderTree(library)).toEqual([])
    await settleRoots(library)
    expect(findingsOf(library, id)).toEqual({})
    expect(derivedFaults(library)).toEqual([])

    addRoot(library, '/photos')
    await settleRoots(library)
    expect(readPhoto(library, id)).toMatchObject({ state: 'done', presence: 'offline' })
    await markBack(library, folderId)
    expect(readPhoto(library, id)).toMatchObject({ state: 'done', presence: 'here' })
    expect(findingsOf(library, id)).toEqual(found)
    expect(derivedFaults(library)).toEqual([])
  })

  it('without keeping tags forgets it entirely', async () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/deep/er/a.jpg' })
    const other = addPhoto(library, { path: '/photos/b.jpg' })
    decide(library, [id], 151, 'confirmed')
    removeRoot(library, rootAt(library, '/photos').id, false)
    expect(await settleRoots(library)).toBe(2)
    for (const table of [
      'file',
      'photo',
      'tag',
      'classification',
      'decision',
      'index_entry',
      'folder_photo',
      'folder',
      'root',
      'day_count',
    ]) {
      expect([table, library.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]).toEqual([table, 0])
    }
    expect(derivedFaults(library)).toEqual([])
    // Ids are not given away again.
    expect(addPhoto(library, { path: '/photos/c.jpg' })).toBeGreaterThan(other)
  })

  it('goes on after a restart where it was interrupted', async () => {
    const library = tempLibrary()
    for (let number = 0; number < 250; number++) addFile(library, `/photos/${number}.jpg`)
    removeRoot(library, rootAt(library, '/photos').id, false)
    await settleRoots(library, () => {
      closeLibrary(library)
      return Promise.resolve()
    })
    const again = tempLibrary({}, library.folder)
    expect(again.db.prepare('SELECT count(*) FROM file').pluck().get()).toBe(150)
    await settleRoots(again)
    expect(again.db.prepare('SELECT count(*) FROM root').pluck().get()).toBe(0)
  })

  it('can be followed at once by adding it again', async () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    const { id: rootId } = rootAt(library, '/photos')
    removeRoot(library, rootId, true)
    addRoot(library, '/photos')
    await settleRoots(library)
    expect(readPhoto(library, id)?.presence).toBe('offline')
    removeRoot(library, rootId, false)
    const fresh = addRoot(library, '/photos')
    await settleRoots(library)
    expect(readPhoto(library, id)).toBeNull()
    expect(counts(library)).toEqual({ '/photos': 0 })
    expect(fresh.offline).toBe(false)
  })

  it('that was removed lets a folder inside it be added by itself', async () => {
    const library = tempLibrary()
    const inside = addPhoto(library, { path: '/photos/2019/a.jpg' })
    const outside = addPhoto(library, { path: '/photos/2020/b.jpg', reading: { contentHash: hashOf(2) } })
    removeRoot(library, rootAt(library, '/photos').id, true)
    await settleRoots(library)
    addRoot(library, '/photos/2019')
    await settleRoots(library)
    expect(readPhoto(library, inside)?.presence).toBe('offline')
    expect(readPhoto(library, outside)?.presence).toBe('removed')
    expect(counts(library)).toEqual({ '/photos/2019': 1 })
  })

  it('that is unknown says so', () => {
    expect(() => {
      removeRoot(tempLibrary(), 7, true)
    }).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})

/** Two folders of a disk, each with more waiting photos than a step takes, and one beside. */
function waitingLibrary(): { library: Library; disk: number[] } {
  const library = tempLibrary()
  for (const folder of ['disk/one', 'disk/other', 'beside']) {
    for (let number = 0; number < 600; number++) addFile(library, `/photos/${folder}/${number}.jpg`)
  }
  return { library, disk: ['one', 'other'].map((name) => ensureFolder(library, `/photos/disk/${name}`)) }
}

describe('a disk that is away', () => {
  it('takes its photos out of the queue step by step; interrupted, the next call does the rest', async () => {
    const { library, disk } = waitingLibrary()
    const steps: number[] = []
    const interrupted = markAway(library, disk, () => {
      steps.push(queueCounts(library).offline)
      return steps.length === 3 ? Promise.reject(new Error('down')) : Promise.resolve()
    })
    await expect(interrupted).rejects.toThrow('down')
    expect(steps).toEqual([0, 500, 1000])
    expect(queueCounts(library)).toMatchObject({ pending: 800, offline: 1000 })
    await markAway(library, disk)
    expect(queueCounts(library)).toMatchObject({ pending: 600, offline: 1200 })
  })

  it.each([1, 2, 3, 4])(
    'that is back before that was done, after %s steps, has all of its photos read',
    async (last) => {
      const { library, disk } = waitingLibrary()
      let steps = 0
      const interrupted = markAway(library, disk, () => {
        steps += 1
        return steps === last ? Promise.reject(new Error('down')) : Promise.resolve()
      })
      await expect(interrupted).rejects.toThrow('down')
      for (const folder of disk) await markBack(library, folder)
      expect(queueCounts(library)).toMatchObject({ pending: 1800, offline: 0 })
    },
  )

  it('is away until all of its photos are back in the queue', async () => {
    const { library, disk } = waitingLibrary()
    await markAway(library, disk)
    const whole = ensureFolder(library, '/photos/disk')
    await markAway(library, [whole])
    const interrupted = markBack(library, whole, () => Promise.reject(new Error('down')))
    await expect(interrupted).rejects.toThrow('down')
    await markBack(library, whole)
    expect(queueCounts(library)).toMatchObject({ pending: 1800, offline: 0 })
    expect(folderTree(library).every(({ state }) => state === 'online')).toBe(true)
  })

  it('leaves its photos where they are, greyed, and takes the waiting ones out of the queue', async () => {
    const library = tempLibrary()
    const done = addPhoto(library, { path: '/photos/usb/a.jpg' })
    const waiting = addFile(library, '/photos/usb/deep/b.jpg')
    const elsewhere = addFile(library, '/photos/c.jpg')
    const usb = ensureFolder(library, '/photos/usb')

    await markAway(library, [usb])
    await markAway(library, [usb])
    expect(readPhoto(library, done)).toMatchObject({ presence: 'offline' })
    expect(findingsOf(library, done)).not.toEqual({})
    expect(queueCounts(library)).toMatchObject({ pending: 1, offline: 1 })
    expect(takePending(library, 9).map(({ fileId }) => fileId)).toEqual([elsewhere])
    expect(folderTree(library).find(({ path }) => path === '/photos/usb')?.state).toBe('offline')

    await markBack(library, usb)
    expect(takePending(library, 9).map(({ fileId }) => fileId)).toEqual([waiting])
  })
})
